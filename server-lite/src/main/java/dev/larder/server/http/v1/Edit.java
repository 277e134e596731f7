package dev.larder.server.http.v1;

import dev.larder.Life;
import dev.larder.spi.Payload;
import dev.larder.spi.Remainder;
import org.jspecify.annotations.Nullable;

/**
 * One change of one entry, as data.
 *
 * @param kind what to do
 * @param condition when to do it
 * @param value what to write, where something is written
 * @param life of what is written, in milliseconds; {@link Life#UNCHANGED} for the rule of the cache
 * @param number the fill token, or what to add
 * @param initial what a number begins with
 * @param left what was left of the life of a value that is put back
 * @param previous whether the entry before is wanted
 */
record Edit(
    Kind kind,
    Condition condition,
    @Nullable Payload value,
    long life,
    long number,
    long initial,
    @Nullable Remainder left,
    boolean previous) {

  /** What can be done. */
  enum Kind {
    /** Write the value. */
    WRITE,
    /** Remove the entry. */
    REMOVE,
    /** Count as read. */
    TOUCH,
    /** Set what is left of the life. */
    TOUCH_UNTIL,
    /** Take the fill token back; if it holds, write the value, where there is one. */
    FILL,
    /** Write the value where there is none, with what was left of its life. */
    PUT_BACK,
    /** Add to a decimal number. */
    INCREMENT
  }

  /** Writes a value. */
  static Edit write(Payload value, long life, Condition condition, boolean previous) {
    return new Edit(Kind.WRITE, condition, value, life, 0, 0, null, previous);
  }

  /** Removes the entry. */
  static Edit remove(Condition condition, boolean previous) {
    return new Edit(Kind.REMOVE, condition, null, Life.UNCHANGED, 0, 0, null, previous);
  }

  /** Counts as read. */
  static Edit touch(Condition condition) {
    return new Edit(Kind.TOUCH, condition, null, Life.UNCHANGED, 0, 0, null, false);
  }

  /** Sets what is left of the life. */
  static Edit touchUntil(long life, Condition condition) {
    return new Edit(Kind.TOUCH_UNTIL, condition, null, life, 0, 0, null, false);
  }

  /** Gives a fill token back, with what was loaded. */
  static Edit fill(@Nullable Payload value, long life, long token) {
    return new Edit(Kind.FILL, Condition.NONE, value, life, token, 0, null, false);
  }

  /** Puts a value back. */
  static Edit putBack(Payload value, Remainder left) {
    return new Edit(Kind.PUT_BACK, Condition.ABSENT, value, Life.UNCHANGED, 0, 0, left, false);
  }

  /**
   * Adds to a number.
   *
   * @param model whose content type a new number gets
   */
  static Edit increment(Payload model, long by, long initial, long life, Condition condition) {
    return new Edit(Kind.INCREMENT, condition, model, life, by, initial, null, false);
  }
}
