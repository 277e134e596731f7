package dev.larder.server.http.v1;

import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in line for a key: one who wants a lease on it, or one who wants to change it once. Used
 * under the lock of the {@link LeaseTable}, but for its callbacks, which run outside.
 */
abstract class Waiter {
  private @Nullable Future<?> timer;

  /** Its turn has not come in time, or never will. */
  abstract void refused(RuntimeException why);

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

    /** For so many milliseconds. */
    Leaser(long atMost) {
      this.atMost = atMost;
    }

    long atMost() {
      return atMost;
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
