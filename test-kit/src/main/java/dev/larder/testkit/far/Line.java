package dev.larder.testkit.far;

import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Runs tasks one after the other, in order, never on the thread that gives them. Threads are
 * daemons and end when they have had nothing to do for a while.
 */
final class Line implements Executor {
  private static final System.Logger LOG = System.getLogger(Line.class.getName());
  private static final AtomicInteger NUMBERS = new AtomicInteger();
  private static final ExecutorService POOL =
      new ThreadPoolExecutor(
          0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), Line::thread);

  // guarded by this
  private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
  private boolean running;
  private boolean paused;

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "larder-far-" + NUMBERS.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public synchronized void execute(Runnable task) {
    tasks.add(task);
    start();
  }

  /** Lets tasks wait from now on; the one that runs goes on to its end. */
  synchronized void pause() {
    paused = true;
  }

  /** Goes on after {@link #pause}. */
  synchronized void resume() {
    paused = false;
    start();
  }

  synchronized boolean paused() {
    return paused;
  }

  /** Whether nothing waits behind the task that runs. */
  synchronized boolean last() {
    return tasks.isEmpty();
  }

  private void start() {
    if (!running && !paused && !tasks.isEmpty()) {
      running = true;
      POOL.execute(this::run);
    }
  }

  private void run() {
    for (var task = next(); task != null; task = next()) {
      attempt(task);
    }
  }

  private static void attempt(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "a task of the far place threw; the next one follows", e);
    }
  }

  private synchronized @Nullable Runnable next() {
    var task = paused ? null : tasks.poll();
    running = task != null;
    return task;
  }
}
