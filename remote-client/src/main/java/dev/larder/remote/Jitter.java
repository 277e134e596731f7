package dev.larder.remote;

import java.util.SplittableRandom;

/** Spreads pauses, so that many clients that failed together do not come back together. */
final class Jitter {
  private final SplittableRandom random;

  Jitter(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /** From a half of the time to all of it. */
  synchronized long of(long nanos) {
    return nanos - random.nextLong(nanos / 2 + 1);
  }
}
