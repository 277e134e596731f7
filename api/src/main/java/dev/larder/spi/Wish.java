package dev.larder.spi;

import dev.larder.RemovalCause;

/**
 * What a verb asked of its slot: small enough to travel from whoever holds a lease to the owner of
 * the entry.
 *
 * @param <V> the values of the store
 */
public sealed interface Wish<V> {
  /** The entry as it is. */
  record Keep<V>() implements Wish<V> {}

  /**
   * A value under the rule of the cache, which counts from when it is applied.
   *
   * @param value the value
   */
  record Write<V>(V value) implements Wish<V> {}

  /**
   * A value with a deadline; one whose deadline has come is not stored.
   *
   * @param value the value
   * @param deadline its deadline
   * @param meta what it carries
   */
  record WriteUntil<V>(V value, long deadline, Meta meta) implements Wish<V> {}

  /** What a read does to the deadline. */
  record Touch<V>() implements Wish<V> {}

  /**
   * Another deadline.
   *
   * @param deadline the deadline
   */
  record TouchUntil<V>(long deadline) implements Wish<V> {}

  /**
   * No entry.
   *
   * @param cause why
   */
  record Remove<V>(RemovalCause cause) implements Wish<V> {}
}
