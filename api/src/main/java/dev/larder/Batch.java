package dev.larder;

import java.time.Duration;

/**
 * What {@link Cache#batch} collects. Not for use by several threads, nor after the block has
 * returned ({@link IllegalStateException}). Arguments are checked at the call.
 */
public interface Batch<K, V> {

  /** Adds a put under the cache's own expiry. */
  Batch<K, V> put(K key, V value);

  /**
   * Adds a put with a time to live of its own; throws {@link IllegalArgumentException} when it is
   * zero or negative.
   */
  Batch<K, V> put(K key, V value, Duration timeToLive);

  /** Adds a removal. */
  Batch<K, V> remove(K key);
}
