package dev.larder.jcache;

import dev.larder.CacheLoader;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A JCache cache of Larder, asked with a loader of the caller's own, or without waiting: {@code
 * cache.unwrap(LoadingCache.class)}. It is what frameworks build "compute if missing" on: callers
 * of one key share one load, also across processes on topology {@code remote}, and nothing runs
 * under a lock, unlike in an entry processor. Keys and values are copied where the cache stores by
 * value, which the {@link dev.larder.Cache} beneath does not do. Exceptions are those of JCache.
 * Safe for all threads.
 */
public interface LoadingCache<K, V> {

  /**
   * The value of the key, loaded and stored first if it is missing. A write or removal of the key
   * during the load wins: what was loaded is then returned and not stored.
   *
   * @throws javax.cache.integration.CacheLoaderException when the loader threw, its cause then, or
   *     returned null; with a {@link dev.larder.RecursiveLoadException} as the cause when loading
   *     the key waits for itself
   * @throws NullPointerException when the key or the loader is null
   * @throws ClassCastException when key or value is not of the configured type
   * @throws IllegalStateException when the cache is closed
   */
  V get(K key, CacheLoader<? super K, ? extends V> loader);

  /**
   * As {@link javax.cache.Cache#get}, as a stage: complete at once where entries are in this
   * process's memory. May complete on a thread of the store.
   */
  CompletionStage<@Nullable V> later(K key);
}
