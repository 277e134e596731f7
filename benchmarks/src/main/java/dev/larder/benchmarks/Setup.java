package dev.larder.benchmarks;

import java.time.Duration;

/**
 * How a cache is configured and which keys it meets.
 *
 * @param universe how many keys there are
 * @param capacity how many entries the cache may hold
 * @param expiry when entries expire; always too late to happen
 * @param statistics whether operations are counted, where the cache leaves a choice
 * @param readThrough whether a missing value is loaded; otherwise all keys are put in beforehand
 * @param values what is stored, and whether by reference
 */
record Setup(
    int universe,
    int capacity,
    Expiry expiry,
    boolean statistics,
    boolean readThrough,
    Values values) {
  /** Half full, and small enough for the processor's caches: the price of the cache itself. */
  static final Setup PLAIN = new Setup(32_768, 65_536, Expiry.NONE, false, false);

  static final Setup EVICTING = new Setup(1_000_000, 100_000, Expiry.NONE, false, true);

  /** Long enough never to happen during a run. */
  static final Duration LIFE = Duration.ofHours(1);

  enum Expiry {
    NONE,
    AFTER_WRITE,
    AFTER_ACCESS
  }

  /** Numbers by reference. */
  Setup(int universe, int capacity, Expiry expiry, boolean statistics, boolean readThrough) {
    this(universe, capacity, expiry, statistics, readThrough, Values.NUMBERS);
  }

  Setup with(Expiry other) {
    return new Setup(universe, capacity, other, statistics, readThrough, values);
  }

  Setup withStatistics() {
    return new Setup(universe, capacity, expiry, true, readThrough, values);
  }

  Setup of(Values other) {
    return new Setup(universe, capacity, expiry, statistics, readThrough, other);
  }

  Setup ofSize(int keys, int entries) {
    return new Setup(keys, entries, expiry, statistics, readThrough, values);
  }

  boolean byReference() {
    return !values.byValue();
  }
}
