package dev.larder.annotations;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Iterator;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/** Refuses annotated methods that can never be cached. */
final class MethodChecks {
  /** What can be read once, so that a second caller would get nothing. */
  private static final Set<Class<?>> READ_ONCE =
      Set.of(BaseStream.class, Iterator.class, Flow.Publisher.class, Future.class);

  private static final Set<Class<?>> PRIMITIVE_OPTIONALS =
      Set.of(OptionalInt.class, OptionalLong.class, OptionalDouble.class);

  private MethodChecks() {}

  /** A container can only intercept what it can override. */
  static void checkReachable(Method method) {
    if (!Attributes.anyOn(method)) {
      return;
    }
    var modifiers = method.getModifiers();
    var wrong =
        Modifier.toString(modifiers & (Modifier.PRIVATE | Modifier.STATIC | Modifier.FINAL));
    if (!wrong.isEmpty()) {
      throw Refusal.of(
          method,
          Attributes.name(Attributes.on(method).get(0)),
          "is "
              + wrong
              + ", so calls of it cannot be intercepted; allowed are methods that can be"
              + " overridden: public, protected or package-private ones that are neither static nor"
              + " final");
    }
  }

  static void checkTypes(Details<?> details) {
    checkOwnStage(details);
    if (details.is(CacheResult.class)) {
      checkResult(details);
    } else if (details.is(CachePut.class) && PutMethod.valueForm(details).stage()) {
      throw refusal(details, "has a @CacheValue that is a stage; allowed is the value itself");
    }
  }

  private static void checkOwnStage(Details<?> details) {
    var returned = details.returned();
    if (CompletionStage.class.isAssignableFrom(returned)
        && returned != CompletionStage.class
        && returned != CompletableFuture.class) {
      throw refusal(
          details,
          "returns "
              + returned.getName()
              + "; allowed of stages are CompletionStage and CompletableFuture");
    }
  }

  private static void checkResult(Details<?> details) {
    var content = details.form().content();
    if (content == Void.class) {
      throw refusal(details, "returns nothing that could be cached; allowed is any other type");
    }
    if (isReactive(content)) {
      throw refusal(
          details,
          "returns "
              + content.getName()
              + ", which brings its values later; allowed of such types are CompletionStage and"
              + " CompletableFuture");
    }
    if (READ_ONCE.stream().anyMatch(type -> type.isAssignableFrom(content))) {
      throw refusal(
          details,
          "returns "
              + content.getName()
              + ", which can be read once; allowed are values, such as a List, and CompletionStage"
              + " or CompletableFuture of them");
    }
    if (PRIMITIVE_OPTIONALS.contains(content)) {
      throw refusal(
          details, "returns " + content.getName() + "; allowed is Optional, of the boxed type");
    }
  }

  /** By name, since the library need not be there. */
  private static boolean isReactive(@Nullable Class<?> type) {
    return type != null
        && (type.getName().equals("org.reactivestreams.Publisher")
            || isReactive(type.getSuperclass())
            || Arrays.stream(type.getInterfaces()).anyMatch(MethodChecks::isReactive));
  }

  private static RuntimeException refusal(Details<?> details, String what) {
    return Refusal.of(details.getMethod(), details.attributes().name(), what);
  }
}
