package dev.larder.annotations;

import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheResolverFactory;
import org.jspecify.annotations.Nullable;

/**
 * What holds in a container where annotations say nothing, so that their entries can be shared with
 * other ways in which it caches. Safe for all threads.
 */
public interface Conventions {

  /** Gives the caches of methods that name no factory. Asked once for each of them. */
  CacheResolverFactory caches();

  /**
   * The key of a call of a method that names no generator. Where methods of a class would collide,
   * keys of their names and this are taken instead.
   *
   * @return null for a key of the values of the key parameters
   */
  default @Nullable Object key(CacheKeyInvocationContext<?> call) {
    return null;
  }

  /**
   * What a cache holds for an empty {@link java.util.Optional}. Immutable, and equal to what it is
   * once it was read back from where entries are bytes.
   */
  default Object nothing() {
    return Form.Absent.VALUE;
  }

  /** Whether {@link #nothing} is held for null too, so that it is remembered. */
  default boolean keepsNull() {
    return false;
  }
}
