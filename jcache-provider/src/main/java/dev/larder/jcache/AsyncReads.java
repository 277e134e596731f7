package dev.larder.jcache;

import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * The reads of a JCache cache of Larder without waiting: {@code cache.unwrap(AsyncReads.class)}.
 * Unlike the stages of the {@link dev.larder.Cache} beneath they follow the rules of JCache: copies
 * where the cache stores by value, and its exceptions. Safe for all threads.
 */
@FunctionalInterface
public interface AsyncReads<K, V> {

  /**
   * As {@link javax.cache.Cache#get}, as a stage: complete at once where entries are in this
   * process's memory. May complete on a thread of the store, so dependants must not block.
   *
   * @throws NullPointerException when the key is null
   * @throws ClassCastException when the key is not of the configured type
   * @throws IllegalStateException when the cache is closed
   */
  CompletionStage<@Nullable V> later(K key);
}
