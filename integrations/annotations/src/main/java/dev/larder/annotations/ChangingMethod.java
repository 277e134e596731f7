package dev.larder.annotations;

import java.lang.annotation.Annotation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A method that changes a cache, before or after it runs; where it returns a stage, after that has
 * come.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever called the method gets it, as an Object
abstract sealed class ChangingMethod<A extends Annotation> extends Plan<A>
    permits PutMethod, RemoveMethod, RemoveAllMethod {

  ChangingMethod(Details<A> details, List<String> families, Source source) {
    super(details, families, source);
  }

  abstract void change(Invocation<A> invocation);

  @Override
  public final @Nullable Object invoke(Call call) throws Throwable {
    var invocation = new Invocation<>(details(), call);
    if (!details().attributes().after()) {
      change(invocation);
      return call.proceed();
    }
    Object result;
    try {
      result = call.proceed();
    } catch (Throwable e) {
      changeFor(e, invocation);
      throw e;
    }
    if (details().form().stage() && result instanceof CompletionStage<?> stage) {
      return changed(stage, invocation);
    }
    change(invocation);
    return result;
  }

  /** What the method threw is told in any case. */
  private void changeFor(Throwable thrown, Invocation<A> invocation) {
    if (!details().attributes().rule().covers(thrown)) {
      return;
    }
    try {
      change(invocation);
    } catch (RuntimeException e) {
      thrown.addSuppressed(e);
    }
  }

  /** The stage, done when the cache is changed. */
  private CompletableFuture<@Nullable Object> changed(
      CompletionStage<?> stage, Invocation<A> invocation) {
    var result = new CompletableFuture<@Nullable Object>();
    var unused =
        stage.whenComplete(
            (value, thrown) -> {
              if (thrown != null) {
                var cause = Work.cause(thrown);
                changeFor(cause, invocation);
                result.completeExceptionally(cause);
                return;
              }
              try {
                change(invocation);
                result.complete(value);
              } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
              }
            });
    return result;
  }
}
