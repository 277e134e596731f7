package dev.larder.engine;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One load under way, which everybody who wants the key shares. The loads of one call of a loader
 * for several keys have one leader.
 */
final class Load<V> extends CompletableFuture<@Nullable V> {
  private final Load<V> leader;
  private volatile @Nullable Thread runner;

  /** A load by itself. */
  Load() {
    leader = this;
  }

  /** A load that comes with another. */
  Load(Load<V> leader) {
    this.leader = leader;
  }

  /** Says that this thread is about to wait for the load; true when it would never end. */
  boolean neverEnds() {
    return Waits.neverEnds(() -> leader.runner);
  }

  /** Whether it is this thread that runs the loader. */
  boolean isRunHere() {
    return leader.runner == Thread.currentThread();
  }

  /** Runs the loader of this load, and of those it leads, on this thread. */
  void run(Runnable loader) {
    synchronized (this) {
      runner = Thread.currentThread();
    }
    try {
      loader.run();
    } finally {
      stopped();
    }
  }

  private synchronized void stopped() {
    runner = null;
  }

  /** Interrupts the loader if it still runs. */
  synchronized void interrupt() {
    var running = runner;
    if (running != null) {
      running.interrupt();
    }
  }
}
