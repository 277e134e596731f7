package dev.larder.server.serve;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How often something took how long, in steps that Prometheus can add up over servers. Adding is a
 * short search and two additions, without a lock; safe for all threads.
 */
final class Latencies {
  /** Upper bounds in microseconds, each included; what took longer is in one more bucket. */
  private static final long[] MICROS = {
    10,
    25,
    50,
    100,
    250,
    500,
    1_000,
    2_500,
    5_000,
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000
  };

  private final LongAdder[] buckets = new LongAdder[MICROS.length + 1];
  private final LongAdder nanos = new LongAdder();

  Latencies() {
    for (var at = 0; at < buckets.length; at++) {
      buckets[at] = new LongAdder();
    }
  }

  /** Adds operations that took so long together; each counts with its share. */
  void add(int count, long together) {
    if (count > 0) {
      buckets[bucket(together / count)].add(count);
      nanos.add(together);
    }
  }

  private static int bucket(long each) {
    var at = 0;
    while (at < MICROS.length && each > TimeUnit.MICROSECONDS.toNanos(MICROS[at])) {
      at++;
    }
    return at;
  }

  /** The upper bounds in seconds, the last one infinite. */
  static double[] bounds() {
    var seconds = new double[MICROS.length + 1];
    for (var at = 0; at < MICROS.length; at++) {
      seconds[at] = MICROS[at] / 1e6;
    }
    seconds[MICROS.length] = Double.POSITIVE_INFINITY;
    return seconds;
  }

  /** How many are in each bucket, not counting those of the buckets before. */
  long[] counts() {
    var counts = new long[buckets.length];
    for (var at = 0; at < counts.length; at++) {
      counts[at] = buckets[at].sum();
    }
    return counts;
  }

  /** How long all of them took, in seconds. */
  double seconds() {
    return nanos.sum() / 1e9;
  }
}
