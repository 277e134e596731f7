package dev.larder.engine;

import dev.larder.Clock;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The time of this process, the only reader of the system's clocks. It starts from the wall clock
 * and goes on by the monotonic one, so it never goes back and does not jump when somebody sets the
 * clock. A daemon thread, one for the process, refreshes the coarse reading every {@value
 * #RESOLUTION} ms; exact readings refresh it too.
 */
public final class SystemClock implements Clock {
  static final SystemClock INSTANCE = new SystemClock();
  private static final int RESOLUTION = 5;

  private final long epochMillis = System.currentTimeMillis();
  private final long originNanos = System.nanoTime();
  private final AtomicLong tick = new AtomicLong(epochMillis);

  private SystemClock() {
    var daemon = new Thread(this::run, "larder-clock");
    daemon.setDaemon(true);
    daemon.setContextClassLoader(null);
    daemon.start();
  }

  /** The clock of this process; for command lines and measurements, which have no manager. */
  public static Clock instance() {
    return INSTANCE;
  }

  private void run() {
    while (true) {
      exact();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RESOLUTION));
    }
  }

  @Override
  public long now() {
    return tick.get();
  }

  @Override
  public long exact() {
    var now = epochMillis + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - originNanos);
    var seen = tick.get();
    // Written only when it moves on: a write on every call would have the cores fight over the
    // line.
    while (now > seen && !tick.compareAndSet(seen, now)) {
      seen = tick.get();
    }
    return Math.max(now, seen);
  }

  @Override
  public long ticks() {
    return System.nanoTime();
  }

  @Override
  public long resolutionMillis() {
    return RESOLUTION;
  }
}
