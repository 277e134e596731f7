package dev.larder;

import java.time.Duration;

/**
 * How long entries live, as data: what a store that is far away can be told once, when the cache is
 * opened. All figures are in milliseconds.
 *
 * @param onCreate the life of a new entry; {@link #FOREVER} for no end, 0 for an entry that is
 *     never stored
 * @param onUpdate the life from an update on; {@link #UNCHANGED} to leave the deadline, else as
 *     {@code onCreate}
 * @param onAccess the life from a read on; {@link #UNCHANGED} to leave the deadline, else as {@code
 *     onCreate}
 * @param limit the longest life since the last write whatever the accesses, {@link #FOREVER} for
 *     none
 * @param staleFor for how long before its deadline an entry counts as stale; 0 for never
 */
public record Life(long onCreate, long onUpdate, long onAccess, long limit, long staleFor) {
  /** No end; as a deadline: never. */
  public static final long FOREVER = Long.MAX_VALUE;

  /** Leave the deadline as it is. */
  public static final long UNCHANGED = -1;

  /** Entries do not expire. */
  public static final Life ETERNAL = new Life(FOREVER, UNCHANGED, UNCHANGED, FOREVER, 0);

  /** Checks the figures; throws {@link IllegalArgumentException} naming the one that is wrong. */
  public Life {
    Checks.notNegative(onCreate, "onCreate");
    Checks.notNegative(limit, "limit");
    Checks.notNegative(staleFor, "staleFor");
    if (onUpdate < UNCHANGED || onAccess < UNCHANGED) {
      throw new IllegalArgumentException(
          "onUpdate and onAccess must be 0 or more, or Life.UNCHANGED (-1)");
    }
  }

  /** Entries live for a time from their last write (time to live). */
  public static Life afterWrite(Duration timeToLive) {
    var life = millis(Checks.notNegative(timeToLive, "timeToLive"));
    return new Life(life, life, UNCHANGED, FOREVER, 0);
  }

  /** Entries live for a time from their last read or write (time to idle, sliding). */
  public static Life afterAccess(Duration timeToIdle) {
    var life = millis(Checks.notNegative(timeToIdle, "timeToIdle"));
    return new Life(life, life, life, FOREVER, 0);
  }

  /** Both together: sliding, but never longer than the time to live since the last write. */
  public static Life afterWriteAndAccess(Duration timeToLive, Duration timeToIdle) {
    var limit = millis(Checks.notNegative(timeToLive, "timeToLive"));
    var idle = Math.min(millis(Checks.notNegative(timeToIdle, "timeToIdle")), limit);
    return new Life(idle, idle, idle, limit, 0);
  }

  /** Whether no entry ever expires under this rule. */
  public boolean eternal() {
    return onCreate == FOREVER
        && limit == FOREVER
        && (onUpdate == UNCHANGED || onUpdate == FOREVER)
        && (onAccess == UNCHANGED || onAccess == FOREVER);
  }

  /** Whether a read moves the deadline. */
  public boolean sliding() {
    return onAccess != UNCHANGED;
  }

  /** The milliseconds of a duration, rounded up, {@link #FOREVER} where they do not fit a long. */
  public static long millis(Duration duration) {
    if (duration.toSeconds() >= FOREVER / 1_000 - 1) {
      return FOREVER;
    }
    return duration.plusNanos(999_999).toMillis();
  }

  /**
   * The instant {@code life} milliseconds after {@code now}, {@link #FOREVER} instead of an
   * overflow.
   */
  public static long deadline(long now, long life) {
    var sum = now + life;
    return life == FOREVER || sum < 0 ? FOREVER : sum;
  }
}
