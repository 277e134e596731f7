package dev.larder.jcache;

import dev.larder.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long gets, puts and removals took, measured only while statistics are on.
 *
 * <p>Reading the clock twice costs more than a read of the cache, and even counting operations to
 * find the next one to be timed is felt. So beyond the first {@value #ALL_OF_FIRST} operations of a
 * kind, only the first one in each tick of the coarse clock is timed: averages are those of a
 * sample.
 */
final class Timings {
  /** So many operations of a kind are all timed (a few more, when threads race). */
  static final int ALL_OF_FIRST = 100;

  /** No time, neither of the day nor in ticks. */
  private static final long NONE = Long.MIN_VALUE;

  private final Timing gets;
  private final Timing puts;
  private final Timing removals;

  Timings(Clock clock) {
    gets = new Timing(clock);
    puts = new Timing(clock);
    removals = new Timing(clock);
  }

  /** The time that operations of one kind took. */
  static final class Timing {
    private final Clock clock;
    private final LongAdder nanos = new LongAdder();
    private final LongAdder count = new LongAdder();

    /**
     * The tick in which an operation was timed last. Plain: threads that see it late time one more.
     */
    private long last = NONE;

    private volatile boolean on;

    private Timing(Clock clock) {
      this.clock = clock;
    }

    /** What to give back to {@link #took}. */
    long start() {
      return on && clock.now() != last ? begin() : NONE;
    }

    private long begin() {
      if (count.sum() >= ALL_OF_FIRST) {
        last = clock.now();
      }
      return clock.ticks();
    }

    void took(long start) {
      if (start != NONE) {
        end(start);
      }
    }

    private void end(long start) {
      nanos.add(clock.ticks() - start);
      count.increment();
    }

    /** The average in microseconds; 0 when nothing was measured. */
    float average() {
      var calls = count.sum();
      return calls == 0 ? 0 : (float) nanos.sum() / calls / TimeUnit.MICROSECONDS.toNanos(1);
    }

    /** The next operations are all timed again. */
    private void reset() {
      nanos.reset();
      count.reset();
      last = NONE;
    }
  }

  void on(boolean now) {
    gets.on = now;
    puts.on = now;
    removals.on = now;
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
