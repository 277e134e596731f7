package dev.larder.engine.policy;

/*
 * A cache that is read much and misses little changes little, so what counts as time is arrivals.
 * Measured in cachefuls, it means the same in a cache of any size, and goes on meaning that while a
 * cache grows or shrinks: each arrival adds the fraction of a cacheful that it is at that moment.
 */
/**
 * Time as a policy sees it: it advances by {@link #CACHEFUL} with as many arrivals as entries are
 * held. Starts at 0.
 */
final class ArrivalClock {
  /**
   * Ticks in a cacheful. Sixteen bits count 64 cachefuls, and a thousandth of one is near enough.
   */
  static final int CACHEFUL = 1024;

  private long now;
  private int fraction;

  /**
   * An entry arrived.
   *
   * @param held how many entries there are, at least 1
   */
  void arrival(int held) {
    // In a cache that has just shrunk, what was less than a tick must not become many.
    fraction = Math.min(fraction, held - 1) + CACHEFUL;
    if (fraction >= held) {
      now += fraction / held;
      fraction %= held;
    }
  }

  long now() {
    return now;
  }
}
