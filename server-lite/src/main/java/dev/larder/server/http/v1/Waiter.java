package dev.larder.server.http.v1;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in line for a key: one who wants a lease on it, or one who wants to change it once. Used
 * under the lock of the {@link LeaseTable}, but for its callbacks, which run outside.
 */
abstract class Waiter {
  private @Nullable Future<?> timer;
  private volatile boolean withdrawn;

  /** Its turn has not come in time, or never will. */
  abstract void refused(RuntimeException why);

  /** Whoever asked has gone. Any thread. */
  void withdraw() {
    withdrawn = true;
  }

  /** Whether whoever asked has gone. */
  boolean withdrawn() {
    return withdrawn;
  }

  void timer(Future<?> running) {
    timer = running;
  }

  void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  /** Wants a lease. */
  abstract static class Leaser extends Waiter {
    private final long atMost;
    private volatile @Nullable Grant grant;

    /** For so many milliseconds. */
    Leaser(long atMost) {
      this.atMost = atMost;
    }

    long atMost() {
      return atMost;
    }

    /** Its turn has come; it does not know of it yet. */
    void grant(Grant given) {
      grant = given;
    }

    /** The lease that it was given, null while it waits. */
    @Nullable Grant grant() {
      return grant;
    }

    /** Has it. */
    abstract void granted(Grant grant);
  }

  /** Wants to make a change; the next lease begins when it has. */
  abstract static class Changer extends Waiter {
    /** Makes it, and answers; throws nothing. */
    abstract void change();
  }
}
