package dev.larder.remote;

import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Threads without bound, and a way to wait until none is at work. */
final class CountingExecutor implements Executor {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private int working;

  /** So many were still at work when patience last ran out; they are not waited for again. */
  private int held;

  @Override
  public void execute(Runnable task) {
    count(1);
    try {
      threads.execute(
          () -> {
            try {
              task.run();
            } finally {
              count(-1);
            }
          });
    } catch (RuntimeException e) {
      count(-1);
      throw e;
    }
  }

  private synchronized void count(int more) {
    working += more;
    held = Math.min(held, working);
    notifyAll();
  }

  /** Waits until nothing is at work, but for what was waited for in vain before. */
  synchronized void awaitIdle(int millis) {
    for (int turn = 0; turn < millis && working > held; turn++) {
      pause();
    }
    held = working;
  }

  /** Waits a moment, or until something begins or ends. */
  synchronized void pause() {
    try {
      TimeUnit.MILLISECONDS.timedWait(this, 1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for what is under way", e);
    }
  }

  void shutdownNow() {
    threads.shutdownNow();
  }
}
