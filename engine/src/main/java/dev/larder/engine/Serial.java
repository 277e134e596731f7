package dev.larder.engine;

import java.util.ArrayDeque;
import java.util.concurrent.Executor;

/**
 * Runs tasks one after the other, in the order given, on an executor. Holds at most {@value #LIMIT}
 * tasks; what comes on top is refused, so that a listener that hangs cannot fill the memory.
 */
final class Serial {
  static final int LIMIT = 1 << 16;
  private static final int TURN = 256;
  private static final System.Logger LOG = System.getLogger("dev.larder");

  private final Executor executor;
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private boolean running;

  Serial(Executor executor) {
    this.executor = executor;
  }

  /** Takes note of a task, without running anything; false when it is full. */
  synchronized boolean offer(Runnable task) {
    return tasks.size() < LIMIT && tasks.add(task);
  }

  /**
   * Sees to it that what was offered gets run. Not to be called under a lock: the executor may run
   * it at once.
   */
  void kick() {
    synchronized (this) {
      if (running || tasks.isEmpty()) {
        return;
      }
      running = true;
    }
    start();
  }

  private void start() {
    try {
      executor.execute(this::turn);
    } catch (RuntimeException e) {
      synchronized (this) {
        running = false;
      }
      throw e;
    }
  }

  /** A task that throws is its own affair; those after it must run. */
  private static void runSafely(Runnable task) {
    try {
      task.run();
    } catch (Throwable e) {
      LOG.log(System.Logger.Level.WARNING, "a task of a listener's queue threw", e);
    }
  }

  /**
   * Gives the thread back after a while, so that one busy listener does not keep it from others.
   */
  private void turn() {
    for (int done = 0; done < TURN; done++) {
      Runnable task;
      synchronized (this) {
        task = tasks.poll();
        if (task == null) {
          running = false;
          return;
        }
      }
      runSafely(task);
    }
    start();
  }
}
