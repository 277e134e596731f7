package dev.larder.disk;

import dev.larder.RemovalCause;
import dev.larder.spi.Payload;
import dev.larder.spi.Remainder;

/** What a verb asked of its slot. */
sealed interface Op {

  /** Nothing. */
  record Keep() implements Op {}

  /** A value under the rule of the cache. */
  record Write(Payload payload) implements Op {}

  /** A value with a deadline of its own. */
  record WriteUntil(Payload payload, long deadline) implements Op {}

  /** A value with what was left of its life. */
  record PutBack(Payload payload, Remainder left) implements Op {}

  /** What a read does to the deadline. */
  record Touch() implements Op {}

  /** Another deadline. */
  record TouchUntil(long deadline) implements Op {}

  /** No entry. */
  record Remove(RemovalCause cause) implements Op {}

  /** Nothing. */
  Op KEEP = new Keep();

  /** What a read does to the deadline. */
  Op TOUCH = new Touch();
}
