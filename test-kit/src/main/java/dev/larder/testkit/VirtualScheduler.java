package dev.larder.testkit;

import dev.larder.Checks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler that lives by a {@link VirtualClock}: tasks run when a test calls {@link #advance},
 * on the thread that calls it, in the order of their times and, for one time, in the order they
 * came. Tasks given to {@code execute} or {@code submit} are due at once, and run with the next
 * {@code advance} too, be it by zero. Safe for all threads; a task may itself schedule, and even
 * advance.
 */
public final class VirtualScheduler extends AbstractExecutorService
    implements ScheduledExecutorService {
  private final VirtualClock clock;
  private final PriorityQueue<Task<?>> tasks =
      new PriorityQueue<>(
          Comparator.<Task<?>>comparingLong(task -> task.due).thenComparing(task -> task.order));
  private long orders;
  private boolean shutdown;

  /** A scheduler on a clock, which it moves. */
  public VirtualScheduler(VirtualClock clock) {
    this.clock = Checks.notNull(clock, "clock");
  }

  /** The clock it moves. */
  public VirtualClock clock() {
    return clock;
  }

  /**
   * Moves the clock by the step, stopping at the time of each task that falls due to run it.
   *
   * @throws IllegalArgumentException when the step is negative
   */
  public void advance(Duration step) {
    var target = clock.ticks() + Checks.notNegative(step, "step").toNanos();
    for (var task = due(target); task != null; task = due(target)) {
      clock.reach(task.due);
      task.run();
    }
    clock.reach(target);
  }

  /** The number of tasks that wait for their time. */
  public synchronized int pending() {
    return tasks.size();
  }

  private synchronized @Nullable Task<?> due(long target) {
    var first = tasks.peek();
    return first != null && first.due <= target ? tasks.poll() : null;
  }

  private <V> Task<V> added(Task<V> task) {
    add(task);
    return task;
  }

  private synchronized void add(Task<?> task) {
    if (shutdown) {
      throw new RejectedExecutionException("the virtual scheduler was shut down");
    }
    task.order = orders++;
    tasks.add(task);
  }

  private synchronized void again(Task<?> task) {
    if (!shutdown) {
      task.due = task.period > 0 ? task.due + task.period : clock.ticks() - task.period;
      task.order = orders++;
      tasks.add(task);
    }
  }

  private synchronized long dueTicks(Task<?> task) {
    return task.due;
  }

  private synchronized boolean drop(Task<?> task) {
    return tasks.remove(task);
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return schedule(Executors.callable(command), delay, unit);
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return added(new Task<>(callable, after(delay, unit), 0));
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    if (period <= 0) {
      throw new IllegalArgumentException("period must be longer than zero but is " + period);
    }
    return added(
        new Task<>(Executors.callable(command), after(initialDelay, unit), unit.toNanos(period)));
  }

  /** The delay counts from where the clock stands when the task has run. */
  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    if (delay <= 0) {
      throw new IllegalArgumentException("delay must be longer than zero but is " + delay);
    }
    return added(
        new Task<>(Executors.callable(command), after(initialDelay, unit), -unit.toNanos(delay)));
  }

  @Override
  public void execute(Runnable command) {
    add(new Task<>(Executors.callable(command), clock.ticks(), 0));
  }

  private long after(long delay, TimeUnit unit) {
    var due = clock.ticks() + Math.max(0, unit.toNanos(delay));
    return due < 0 ? Long.MAX_VALUE : due;
  }

  /** Drops what waits for its time. */
  @Override
  public synchronized void shutdown() {
    shutdown = true;
    tasks.clear();
  }

  @Override
  public List<Runnable> shutdownNow() {
    List<Runnable> left;
    synchronized (this) {
      left = new ArrayList<>(tasks);
    }
    shutdown();
    return left;
  }

  @Override
  public synchronized boolean isShutdown() {
    return shutdown;
  }

  @Override
  public boolean isTerminated() {
    return isShutdown();
  }

  /** Does not wait, since nothing would happen while it did. */
  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return isShutdown();
  }

  private final class Task<V> extends FutureTask<V> implements ScheduledFuture<V> {
    // as in the JDK: positive for a rate, negative for a delay, zero for once
    private final long period;
    private long due;
    private long order;

    Task(Callable<V> callable, long due, long period) {
      super(callable);
      this.due = due;
      this.period = period;
    }

    @Override
    public void run() {
      if (period == 0) {
        super.run();
      } else if (runAndReset()) {
        again(this);
      }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      drop(this);
      return super.cancel(mayInterruptIfRunning);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return unit.convert(dueTicks(this) - clock.ticks(), TimeUnit.NANOSECONDS);
    }

    @Override
    public int compareTo(Delayed other) {
      return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
  }
}
