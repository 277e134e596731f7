package dev.larder.server.http.v1;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Quick tasks that may lead to further ones, run one after the other instead of one inside the
 * other: a line of thousands must not become a stack of thousands. Safe for all threads.
 */
final class Errands {
  private final Queue<Runnable> due = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean running = new AtomicBoolean();

  /** Runs it on this thread, or has the one that runs others do it too. */
  void run(Runnable errand) {
    due.add(errand);
    while (!due.isEmpty() && running.compareAndSet(false, true)) {
      try {
        for (var task = due.poll(); task != null; task = due.poll()) {
          task.run();
        }
      } finally {
        running.set(false);
      }
    }
  }
}
