package dev.larder.server.core;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Where operations on databases that wait are done, so that no event loop waits. Bounded in threads
 * and in line.
 */
public final class Work implements Executor, AutoCloseable {
  private static final int THREADS = 16;

  private final ThreadPoolExecutor threads;

  /** Work of which at most so many wait in line. */
  public Work(int waiting) {
    this.threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(waiting),
            new DefaultThreadFactory("larder-store", true));
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Has it done soon.
   *
   * @throws BusyException when too much waits already; nothing was done
   */
  @Override
  public void execute(Runnable task) {
    try {
      threads.execute(task);
    } catch (RejectedExecutionException e) {
      throw new BusyException(
          threads.isShutdown()
              ? "the server is shutting down"
              : "the store is slow and " + threads.getQueue().size() + " operations wait for it",
          e);
    }
  }

  /** How many operations wait in line. */
  public int waiting() {
    return threads.getQueue().size();
  }

  /** Refuses new work; what was accepted is done. */
  @Override
  public void close() {
    threads.shutdown();
  }

  /** Whether all that was accepted before {@link #close} was done in that time. */
  public boolean ended(long millis) throws InterruptedException {
    return threads.awaitTermination(millis, TimeUnit.MILLISECONDS);
  }
}
