package dev.larder.jcache;

import dev.larder.Clock;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long gets, puts and removals took, measured only while statistics are on.
 *
 * <p>Reading the clock twice costs more than a read of the cache, so beyond the first {@value
 * #ALL_OF_FIRST} operations of a kind only one in about {@value #ONE_IN} is timed: averages are
 * those of a sample. Which one comes next is decided by a count in a cell that few threads share,
 * with steps of changing length, so that a pattern in the operations does not meet the same one of
 * them every time.
 */
final class Timings {
  /** So many operations of a kind are all timed (a few more, when threads race). */
  static final int ALL_OF_FIRST = 100;

  /** The mean step from one timed operation to the next. */
  static final int ONE_IN = 128;

  private static final long OFF = Long.MIN_VALUE;

  /** A power of two; threads share a cell when their ids agree in the last bits. */
  private static final int CELLS = 16;

  /** Ints from one cell to the next, so that two do not share a line of the processor's cache. */
  private static final int APART = 32;

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

    /**
     * Operations that each cell still lets pass untimed. Counts that two threads lose to each other
     * only move the sample, so they are plain.
     */
    private final int[] untimed = new int[(CELLS + 1) * APART];

    private volatile boolean sampling;

    /** What to give back to {@link #took}. */
    long start() {
      return on ? due() : OFF;
    }

    private long due() {
      var cell = ((int) Thread.currentThread().getId() & (CELLS - 1)) * APART + APART;
      var left = untimed[cell];
      if (left > 0) {
        untimed[cell] = left - 1;
        return OFF;
      }
      return begin(cell);
    }

    private long begin(int cell) {
      var now = clock.ticks();
      if (sampling || count.sum() >= ALL_OF_FIRST) {
        sampling = true;
        untimed[cell] = step(now);
      }
      return now;
    }

    /** The last bits of the clock may be constant, so they are spread first. */
    private static int step(long now) {
      return (int) ((now * 0x9E3779B97F4A7C15L) >>> 32 & (2 * ONE_IN - 1));
    }

    void took(long start) {
      if (start != OFF) {
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
      Arrays.fill(untimed, 0);
      sampling = false;
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
