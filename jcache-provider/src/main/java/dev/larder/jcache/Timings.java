package dev.larder.jcache;

import dev.larder.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** How long gets, puts and removals took, measured only while statistics are on. */
final class Timings {
  private static final long OFF = Long.MIN_VALUE;

  private final Clock clock;
  private final Timing gets = new Timing();
  private final Timing puts = new Timing();
  private final Timing removals = new Timing();
  private volatile boolean on;

  Timings(Clock clock) {
    this.clock = clock;
  }

  /** The time that operations of one kind took. */
  final class Timing {
    private final LongAdder nanos = new LongAdder();
    private final LongAdder count = new LongAdder();

    /** What to give back to {@link #took}. */
    long start() {
      return on ? clock.ticks() : OFF;
    }

    void took(long start) {
      if (start != OFF) {
        nanos.add(clock.ticks() - start);
        count.increment();
      }
    }

    /** The average in microseconds; 0 when nothing was measured. */
    float average() {
      var calls = count.sum();
      return calls == 0 ? 0 : (float) nanos.sum() / calls / TimeUnit.MICROSECONDS.toNanos(1);
    }

    private void reset() {
      nanos.reset();
      count.reset();
    }
  }

  void on(boolean now) {
    on = now;
  }

  Timing gets() {
    return gets;
  }

  Timing puts() {
    return puts;
  }

  Timing removals() {
    return removals;
  }

  void reset() {
    gets.reset();
    puts.reset();
    removals.reset();
  }
}
