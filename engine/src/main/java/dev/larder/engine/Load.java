package dev.larder.engine;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One load under way, which everybody who wants the key shares. A load whose loader asks for
 * another key says so in {@link #waitsFor}; a chain that comes back to where it began would never
 * end.
 */
final class Load<V> extends CompletableFuture<@Nullable V> {
  private static final ThreadLocal<@Nullable Load<?>> CURRENT = new ThreadLocal<>();
  private static final int LONGEST_CHAIN = 10_000;

  private volatile @Nullable Load<?> waitsFor;
  private @Nullable Thread runner;

  /**
   * Says that the loader running on this thread, if any, waits for this load; true when the wait
   * would never end.
   */
  boolean closesCircle() {
    var current = CURRENT.get();
    if (current == null) {
      return false;
    }
    current.waitsFor = this;
    Load<?> next = this;
    for (int step = 0; next != null && step < LONGEST_CHAIN; step++) {
      if (next == current) {
        current.waitsFor = null;
        return true;
      }
      next = next.waitsFor;
    }
    return false;
  }

  /** Says that the loader running on this thread goes on. */
  static void goesOn() {
    var current = CURRENT.get();
    if (current != null) {
      current.waitsFor = null;
    }
  }

  /** Runs the loader of this load on this thread. */
  void run(Runnable loader) {
    var outer = CURRENT.get();
    synchronized (this) {
      runner = Thread.currentThread();
    }
    CURRENT.set(this);
    try {
      loader.run();
    } finally {
      CURRENT.set(outer);
      stopped();
    }
  }

  private synchronized void stopped() {
    runner = null;
  }

  /** Interrupts the loader if it still runs. */
  synchronized void interrupt() {
    if (runner != null) {
      runner.interrupt();
    }
  }
}
