package dev.larder.server.http;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that bodies of requests may take while they come in, of all connections together: many
 * clients that each send a long one must not fill the heap. Safe for all threads.
 */
final class Budget {
  private final AtomicLong left;

  Budget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  /** A quarter of the heap. */
  static Budget ofHeap() {
    return new Budget(Runtime.getRuntime().maxMemory() / 4);
  }

  /** Takes so much, or nothing, if there is less left. */
  boolean take(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  void give(long bytes) {
    left.addAndGet(bytes);
  }

  /** How much is left. */
  long left() {
    return left.get();
  }
}
