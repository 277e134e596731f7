package dev.larder.server.demo;

import java.util.Arrays;

/** How long each of a known number of look-ups took, in nanoseconds. Every one is kept. */
final class Latencies {
  private final int[] nanos;
  private int count;
  private long total;
  private boolean sorted;

  Latencies(int capacity) {
    nanos = new int[capacity];
  }

  /** Keeps one; more than two seconds count as two seconds. */
  void add(long took) {
    nanos[count++] = (int) Math.min(took, Integer.MAX_VALUE);
    total += took;
    sorted = false;
  }

  int count() {
    return count;
  }

  /** The sum of all. */
  long total() {
    return total;
  }

  /**
   * The smallest latency that at least that share of all look-ups did not exceed (the nearest-rank
   * percentile), so it is always one that happened.
   *
   * @param percent above 0, at most 100
   */
  long percentile(double percent) {
    if (count == 0 || !(percent > 0 && percent <= 100)) {
      throw new IllegalArgumentException("percentile " + percent + " of " + count);
    }
    if (!sorted) {
      Arrays.sort(nanos, 0, count);
      sorted = true;
    }
    return nanos[(int) Math.ceil(percent / 100 * count) - 1];
  }
}
