package dev.larder.testkit.disk;

import dev.larder.Checks;
import dev.larder.testkit.Actor;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong with a disk, step by step, when a test says so: a step can be held, so that
 * whoever comes to it waits until it is released, or can fail so many times. Nothing goes wrong
 * until then, and nothing depends on real time: a test waits with {@link #awaitHeld} for the thread
 * that it wants to see waiting. Safe for all threads.
 *
 * <p>The steps of a database pass here when its connections come out of {@link #over}; other code
 * calls {@link #pass} itself before it does what the step names.
 */
public final class DiskFaults {
  private static final int FULL = 13;
  private static final int BROKEN = 10;

  /** The state of one step; guarded by the lock of the faults. */
  private static final class Gate {
    private boolean held;
    private int waiting;
    private long passed;
    private long failures;
    private @Nullable Supplier<? extends SQLException> failure;
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Map<DiskStep, Gate> gates = new EnumMap<>(DiskStep.class);

  /** A disk on which all is well. */
  public DiskFaults() {
    for (var step : DiskStep.values()) {
      gates.put(step, new Gate());
    }
  }

  /** The failure of a full disk, with the code that SQLite gives it. */
  public static SQLException full() {
    return new SQLException("[SQLITE_FULL] database or disk is full (injected)", null, FULL);
  }

  /** The failure of a disk that cannot be read or written, with the code that SQLite gives it. */
  public static SQLException broken() {
    return new SQLException("[SQLITE_IOERR] disk I/O error (injected)", null, BROKEN);
  }

  /** Whoever comes to this step waits from now on. */
  public DiskFaults hold(DiskStep step) {
    return change(() -> gate(step).held = true);
  }

  /** Those who wait at this step go on. */
  public DiskFaults release(DiskStep step) {
    return change(() -> gate(step).held = false);
  }

  /**
   * Fails this step so many times, each with a failure of its own, then no more.
   *
   * @throws IllegalArgumentException when the count is negative
   */
  public DiskFaults fail(DiskStep step, long times, Supplier<? extends SQLException> failure) {
    Checks.notNegative(times, "times");
    Checks.notNull(failure, "failure");
    return change(
        () -> {
          gate(step).failures = times;
          gate(step).failure = failure;
        });
  }

  /** Fails this step until told otherwise. */
  public DiskFaults fail(DiskStep step, Supplier<? extends SQLException> failure) {
    return fail(step, Long.MAX_VALUE, failure);
  }

  /** Nothing is held and nothing fails from now on. */
  public DiskFaults calm() {
    return change(
        () ->
            gates
                .values()
                .forEach(
                    gate -> {
                      gate.held = false;
                      gate.failures = 0;
                    }));
  }

  /**
   * Returns when so many threads wait at this step.
   *
   * @throws AssertionError when that takes longer than {@link Actor#PATIENCE}
   */
  public void awaitHeld(DiskStep step, int threads) {
    lock.lock();
    try {
      var gate = gate(step);
      long left = Actor.PATIENCE.toNanos();
      while (gate.waiting < threads) {
        if (left <= 0) {
          throw new AssertionError(gate.waiting + " threads wait at " + step + ", not " + threads);
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while waiting", e);
    } finally {
      lock.unlock();
    }
  }

  /** How often this step was passed without a failure. */
  public long passed(DiskStep step) {
    lock.lock();
    try {
      return gate(step).passed;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Goes through a step: waits while it is held, whatever interrupts come, as a thread waits for a
   * disk; then fails if it is told to.
   *
   * @throws SQLException the failure asked for; or when nobody releases the step within {@link
   *     Actor#PATIENCE}
   */
  public void pass(DiskStep step) throws SQLException {
    lock.lock();
    try {
      var gate = gate(step);
      gate.waiting++;
      changed.signalAll();
      try {
        awaitRelease(step, gate);
      } finally {
        gate.waiting--;
      }
      if (gate.failures > 0 && gate.failure != null) {
        gate.failures--;
        throw gate.failure.get();
      }
      gate.passed++;
    } finally {
      lock.unlock();
    }
  }

  private void awaitRelease(DiskStep step, Gate gate) throws SQLException {
    boolean interrupted = false;
    long left = Actor.PATIENCE.toNanos();
    try {
      while (gate.held) {
        if (left <= 0) {
          throw new SQLException("nobody released " + step);
        }
        try {
          left = changed.awaitNanos(left);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private DiskFaults change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    return this;
  }

  private Gate gate(DiskStep step) {
    return Checks.notNull(gates.get(Checks.notNull(step, "step")), "gate");
  }

  /** A source whose connections go through these faults; {@code unwrap} leads around them. */
  public DataSource over(DataSource source) {
    return new FaultyJdbc(this).over(Checks.notNull(source, "source"));
  }

  /** A connection that goes through these faults; {@code unwrap} leads around them. */
  public Connection over(Connection connection) {
    return new FaultyJdbc(this).over(Checks.notNull(connection, "connection"));
  }
}
