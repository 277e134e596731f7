package dev.larder.testkit.far;

import dev.larder.RemovalCause;
import dev.larder.spi.Payload;

/**
 * What a verb asked of its slot: small enough to travel from whoever holds a lease to the owner.
 */
sealed interface Op {

  /** Nothing. */
  record Keep() implements Op {}

  /** A value under the rule of the cache, which counts from when it is applied. */
  record Write(Payload payload) implements Op {}

  /** A value with a deadline; one whose deadline has come is not stored. */
  record WriteUntil(Payload payload, long deadline) implements Op {}

  /** What a read does to the deadline. */
  record Touch() implements Op {}

  /** Another deadline. */
  record TouchUntil(long deadline) implements Op {}

  /** No entry. */
  record Remove(RemovalCause cause) implements Op {}

  /** Nothing. */
  Op KEEP = new Keep();
}
