package dev.larder.engine;

import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The threads of one manager: daemons, started when first needed, gone when idle. Those that the
 * user brought are used and not closed.
 */
final class Workers implements AutoCloseable {
  /**
   * More user code than this at once is refused: a loader that hangs must not take the process with
   * it.
   */
  static final int MOST_THREADS = 256;

  private static final long IDLE_SECONDS = 30;

  private final @Nullable ThreadPoolExecutor ownExecutor;
  private final @Nullable ScheduledThreadPoolExecutor ownScheduler;
  private final Executor executor;
  private final ScheduledExecutorService scheduler;

  Workers(@Nullable Executor broughtExecutor, @Nullable ScheduledExecutorService broughtScheduler) {
    this.ownExecutor = broughtExecutor == null ? pool() : null;
    this.ownScheduler = broughtScheduler == null ? timer() : null;
    this.executor =
        broughtExecutor == null ? java.util.Objects.requireNonNull(ownExecutor) : broughtExecutor;
    this.scheduler =
        broughtScheduler == null
            ? java.util.Objects.requireNonNull(ownScheduler)
            : broughtScheduler;
  }

  private static ThreadPoolExecutor pool() {
    return new ThreadPoolExecutor(
        0,
        MOST_THREADS,
        IDLE_SECONDS,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        daemons("larder-worker-"));
  }

  private static ScheduledThreadPoolExecutor timer() {
    var timer = new ScheduledThreadPoolExecutor(1, daemons("larder-timer-"));
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }

  private static ThreadFactory daemons(String prefix) {
    var number = new AtomicInteger();
    return task -> {
      var thread = new Thread(task, prefix + number.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }

  Executor executor() {
    return executor;
  }

  ScheduledExecutorService scheduler() {
    return scheduler;
  }

  @Override
  public void close() {
    if (ownScheduler != null) {
      ownScheduler.shutdownNow();
    }
    if (ownExecutor != null) {
      ownExecutor.shutdown();
    }
  }
}
