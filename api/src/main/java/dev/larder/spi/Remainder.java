package dev.larder.spi;

import dev.larder.Checks;
import dev.larder.Life;

/**
 * What is left of the life of an entry, in a form that neither clock nor process matters to.
 *
 * @param life the milliseconds to its deadline, {@link Life#FOREVER} for none
 * @param limit the milliseconds to the instant that no read can move the deadline past, {@link
 *     Life#FOREVER} for none
 * @param own whether the deadline was given with the value, so that reads and the rule of the cache
 *     leave it alone
 * @param hot whether the entry was read since the eviction policy last looked, and is to count as
 *     read once when it is put back
 */
public record Remainder(long life, long limit, boolean own, boolean hot) {

  /** Throws {@link IllegalArgumentException} when a figure is negative. */
  public Remainder {
    Checks.notNegative(life, "life");
    Checks.notNegative(limit, "limit");
  }

  /** Of an entry with this deadline, and nothing else to tell. */
  public static Remainder until(long deadline, long now) {
    return new Remainder(span(deadline, now), Life.FOREVER, false, false);
  }

  /** The milliseconds to an instant, 0 when it has passed. */
  public static long span(long instant, long now) {
    return instant == Life.FOREVER ? Life.FOREVER : Math.max(0, instant - now);
  }

  /** The same after a time, which a life without end does not notice. */
  public Remainder after(long millis) {
    return new Remainder(span(life, millis), span(limit, millis), own, hot);
  }

  /** The same, to count as read once or not. */
  public Remainder hot(boolean asHot) {
    return new Remainder(life, limit, own, asHot);
  }
}
