package dev.larder.annotations;

import java.io.Serializable;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.cache.Cache;
import javax.cache.configuration.Configuration;
import org.jspecify.annotations.Nullable;

/**
 * How what a method returns, or a parameter holds, becomes what its cache holds: a stage stands for
 * its value, an {@link Optional} for its content or {@link Conventions#nothing}.
 *
 * @param content the class of what the cache holds, never a primitive one
 */
record Form(boolean stage, boolean optional, Class<?> content) {

  /** What a cache holds for an empty Optional. Its name and constant are written into caches. */
  enum Absent implements Serializable {
    VALUE;

    @Override
    public String toString() {
      return "(nothing)";
    }
  }

  static Form ofResult(Method method) {
    return of(method.getGenericReturnType(), method.getReturnType());
  }

  static Form of(Type type, Class<?> raw) {
    if (raw == CompletionStage.class || raw == CompletableFuture.class) {
      var inner = argument(type);
      var value = of(inner, raw(inner));
      return new Form(true, value.optional, value.content);
    }
    if (raw == Optional.class) {
      return new Form(false, true, raw(argument(type)));
    }
    return new Form(false, false, MethodType.methodType(raw).wrap().returnType());
  }

  private static Type argument(Type type) {
    return type instanceof ParameterizedType parameterized
        ? parameterized.getActualTypeArguments()[0]
        : Object.class;
  }

  /** Of type variables and wildcards nothing is known. */
  private static Class<?> raw(Type type) {
    if (type instanceof Class<?> known) {
      return known;
    }
    return type instanceof ParameterizedType parameterized
        ? (Class<?>) parameterized.getRawType()
        : Object.class;
  }

  /** What the cache is to hold; null when that is no entry. */
  @Nullable Object stored(
      @Nullable Object value, Cache<Object, Object> cache, Conventions conventions) {
    var empty = value == null && conventions.keepsNull();
    if (optional && value instanceof Optional<?> some) {
      if (some.isPresent()) {
        return some.get();
      }
      empty = true;
    }
    return empty ? nothing(cache, conventions.nothing()) : value;
  }

  /** A cache with a declared type of values holds no sign that there is none. */
  @SuppressWarnings("unchecked") // nothing is put through it
  private static @Nullable Object nothing(Cache<Object, Object> cache, Object sign) {
    Configuration<?, ?> configuration = cache.getConfiguration(Configuration.class);
    return configuration.getValueType().isInstance(sign) ? sign : null;
  }

  /** Whether this is what the method may return. */
  boolean fits(Object held, Conventions conventions) {
    return content.isInstance(held) || conventions.nothing().equals(held);
  }

  /** What the method returns for what the cache holds. */
  @Nullable Object returned(@Nullable Object held, Conventions conventions) {
    var value = held == null || conventions.nothing().equals(held) ? null : held;
    return optional ? Optional.ofNullable(value) : value;
  }
}
