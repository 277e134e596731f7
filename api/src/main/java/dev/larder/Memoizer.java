package dev.larder;

import java.util.function.Function;

/**
 * A function that remembers its results in a cache, with that cache's size and life. Concurrent
 * calls for one argument compute once. Safe for all threads where the function is.
 */
public final class Memoizer<K, V> implements Function<K, V> {
  private final Cache<K, V> cache;
  private final CacheLoader<K, V> loader;

  private Memoizer(Cache<K, V> cache, Function<? super K, ? extends V> function) {
    this.cache = Checks.notNull(cache, "cache");
    var computed = Checks.notNull(function, "function");
    this.loader = computed::apply;
  }

  /** Remembers the results of the function in the cache. The cache stays the caller's to close. */
  public static <K, V> Memoizer<K, V> of(
      Cache<K, V> cache, Function<? super K, ? extends V> function) {
    return new Memoizer<>(cache, function);
  }

  /**
   * The result for the argument, computed if it is not remembered. A failure of the function is
   * rethrown as the function threw it where that is unchecked, and is not remembered.
   */
  @Override
  public V apply(K argument) {
    try {
      return cache.get(argument, loader);
    } catch (CacheLoadException e) {
      if (e.getCause() instanceof RuntimeException unchecked) {
        throw unchecked;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /** Forgets the result for one argument. */
  public void forget(K argument) {
    cache.remove(argument);
  }

  /** The cache behind it. */
  public Cache<K, V> cache() {
    return cache;
  }
}
