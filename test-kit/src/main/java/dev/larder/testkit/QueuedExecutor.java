package dev.larder.testkit;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * An executor that keeps tasks until a test runs them with {@link #runPending}, on the calling
 * thread, in order. The other simple executor for tests is {@code Runnable::run}, which runs them
 * at once. Safe for all threads.
 */
public final class QueuedExecutor implements Executor {
  private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();

  /** An executor with nothing to run. */
  public QueuedExecutor() {}

  @Override
  public void execute(Runnable command) {
    tasks.add(command);
  }

  /** Runs what waits, also what comes in meanwhile, and tells how many tasks ran. */
  public int runPending() {
    int ran = 0;
    for (var task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
      ran++;
    }
    return ran;
  }

  /** The number of tasks that wait. */
  public int pending() {
    return tasks.size();
  }
}
