package dev.larder.engine;

import dev.larder.CacheEvent;
import java.util.ArrayDeque;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The events of one key that synchronous listeners have not been told of yet, in the order of the
 * changes.
 */
final class KeyQueue<K, V> {

  /** One event on its way. */
  static final class Pending<K, V> {
    final CacheEvent<K, V> event;
    final long version;
    private boolean done;
    private @Nullable Throwable failure;

    Pending(CacheEvent<K, V> event, long version) {
      this.event = event;
      this.version = version;
    }
  }

  private final ArrayDeque<Pending<K, V>> pending = new ArrayDeque<>();
  private @Nullable Thread teller;

  /** Whether somebody left events here without telling them or waiting for them. */
  private boolean abandoned;

  synchronized void add(Pending<K, V> event) {
    pending.add(event);
  }

  synchronized boolean idle() {
    return pending.isEmpty() && teller == null;
  }

  /**
   * Tells the events up to this one, or waits for the thread that is at it. A thread that is
   * telling events already does not wait: its own teller, or the other one, comes to the event in
   * its turn; two tellers waiting for each other would never end.
   */
  void tellUntil(
      Pending<K, V> last, boolean nested, Function<Pending<K, V>, @Nullable Throwable> tell) {
    while (true) {
      Pending<K, V> next;
      synchronized (this) {
        if (last.done && (teller != null || !abandoned || pending.isEmpty())) {
          return;
        }
        if (teller != null) {
          if (nested || teller == Thread.currentThread() || !waited()) {
            // Whoever is telling goes on with what is left here.
            abandoned = true;
            return;
          }
          continue;
        }
        next = pending.poll();
        if (next == null) {
          return;
        }
        abandoned &= !pending.isEmpty();
        teller = Thread.currentThread();
      }
      Throwable failure = null;
      try {
        failure = tell.apply(next);
      } finally {
        told(next, failure);
      }
    }
  }

  private synchronized void told(Pending<K, V> event, @Nullable Throwable failure) {
    event.failure = failure;
    event.done = true;
    teller = null;
    notifyAll();
  }

  /**
   * False when the thread was interrupted: the event is told all the same, by the thread that is at
   * it.
   */
  @SuppressWarnings("WaitNotInLoop") // the only caller is the loop
  private boolean waited() {
    try {
      wait();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** What a listener threw for an event that was told. */
  synchronized @Nullable Throwable failure(Pending<K, V> event) {
    return event.failure;
  }
}
