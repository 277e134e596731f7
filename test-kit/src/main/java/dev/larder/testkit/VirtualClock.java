package dev.larder.testkit;

import dev.larder.Checks;
import dev.larder.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that stands still until a test moves it. All its readings move together and {@link #now}
 * never lags. Moving the clock alone runs nothing; {@link VirtualScheduler#advance} moves it and
 * runs what falls due on the way. Safe for all threads.
 */
public final class VirtualClock implements Clock {
  private static final long NANOS = 1_000_000;
  private final long start;
  private final AtomicLong elapsed = new AtomicLong();

  /** A clock that starts with the year 2000. */
  public VirtualClock() {
    this(Instant.parse("2000-01-01T00:00:00Z"));
  }

  /** A clock that starts at that instant, cut to milliseconds. */
  public VirtualClock(Instant start) {
    this.start = start.toEpochMilli();
  }

  /** Moves the clock; throws {@link IllegalArgumentException} when the step is negative. */
  public void advance(Duration step) {
    elapsed.addAndGet(Checks.notNegative(step, "step").toNanos());
  }

  /** Moves the clock to that reading of {@link #ticks} unless it is there or past it. */
  void reach(long ticks) {
    elapsed.accumulateAndGet(ticks, Math::max);
  }

  /** Where the clock stands. */
  public Instant instant() {
    return Instant.ofEpochMilli(now());
  }

  @Override
  public long now() {
    return start + elapsed.get() / NANOS;
  }

  @Override
  public long exact() {
    return now();
  }

  @Override
  public long ticks() {
    return elapsed.get();
  }

  @Override
  public long resolutionMillis() {
    return 0;
  }

  @Override
  public String toString() {
    return "virtual clock at " + instant();
  }
}
