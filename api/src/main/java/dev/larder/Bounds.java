package dev.larder;

/**
 * How much a cache may hold. An entry leaves when any bound is passed.
 *
 * @param entries the largest number of entries, at least 0, {@link #NONE} for no such bound
 * @param weight the largest sum of weights as the cache's {@link Weigher} gives them, at least 0,
 *     {@link #NONE} for no such bound
 * @param bytes the largest estimated size in bytes, at least 0, {@link #NONE} for no such bound
 */
public record Bounds(long entries, long weight, long bytes) {
  /** No bound of this kind. */
  public static final long NONE = Long.MAX_VALUE;

  /** The bound of a plain builder: 1,000 entries. */
  public static final Bounds DEFAULT = entries(1_000);

  /** No bound at all; an explicit choice, never a default. */
  public static final Bounds UNBOUNDED = new Bounds(NONE, NONE, NONE);

  /** Checks that nothing is negative; throws {@link IllegalArgumentException} naming what is. */
  public Bounds {
    Checks.notNegative(entries, "maximumEntries");
    Checks.notNegative(weight, "maximumWeight");
    Checks.notNegative(bytes, "maximumBytes");
  }

  /** A bound by count alone. */
  public static Bounds entries(long entries) {
    return new Bounds(entries, NONE, NONE);
  }

  /** A bound by weight alone. */
  public static Bounds weight(long weight) {
    return new Bounds(NONE, weight, NONE);
  }

  /** A bound by estimated bytes alone. */
  public static Bounds bytes(long bytes) {
    return new Bounds(NONE, NONE, bytes);
  }

  /** Whether some bound is set. */
  public boolean bounded() {
    return entries != NONE || weight != NONE || bytes != NONE;
  }
}
