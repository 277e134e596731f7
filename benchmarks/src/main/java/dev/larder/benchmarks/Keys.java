package dev.larder.benchmarks;

import java.util.Arrays;
import java.util.SplittableRandom;

/** The keys of a run: the same in every process. */
public final class Keys {
  private static final double SKEW = 0.99;
  private static final long SEED = 20_260_101L;

  private Keys() {}

  /** The numbers from 0 on as objects, in an order without meaning. */
  public static Long[] universe(int size) {
    var random = new SplittableRandom(SEED);
    var keys = new Long[size];
    for (var i = 0; i < size; i++) {
      var other = random.nextInt(i + 1);
      keys[i] = keys[other];
      keys[other] = (long) i;
    }
    return keys;
  }

  /**
   * Keys drawn from the universe by Zipf's law with exponent 0.99: the first is asked for most
   * often. The objects are those of the universe, so a cache that compares identity first may.
   *
   * @param length a power of two
   */
  public static Long[] zipf(Long[] universe, int length) {
    var random = new SplittableRandom(SEED + 1);
    var shares = cumulated(universe.length);
    var keys = new Long[length];
    for (var i = 0; i < length; i++) {
      var found = Arrays.binarySearch(shares, random.nextDouble());
      keys[i] = universe[Math.min(found < 0 ? -found - 1 : found, universe.length - 1)];
    }
    return keys;
  }

  private static double[] cumulated(int size) {
    var shares = new double[size];
    var sum = 0.0;
    for (var rank = 1; rank <= size; rank++) {
      sum += Math.pow(rank, -SKEW);
      shares[rank - 1] = sum;
    }
    for (var i = 0; i < size; i++) {
      shares[i] /= sum;
    }
    return shares;
  }
}
