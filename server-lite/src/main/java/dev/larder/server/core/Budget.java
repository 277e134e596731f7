package dev.larder.server.core;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory that requests may take while they come in, of all connections of a protocol together:
 * many clients that each send a long one must not fill the heap. Safe for all threads.
 */
public final class Budget {
  private final AtomicLong left;

  /** Of so many bytes. */
  public Budget(long bytes) {
    this.left = new AtomicLong(bytes);
  }

  /** A quarter of the heap. */
  public static Budget ofHeap() {
    return new Budget(Runtime.getRuntime().maxMemory() / 4);
  }

  /** Takes so much, or nothing, if there is less left. */
  public boolean take(long bytes) {
    if (left.addAndGet(-bytes) >= 0) {
      return true;
    }
    left.addAndGet(bytes);
    return false;
  }

  /** Gives back what was taken. */
  public void give(long bytes) {
    left.addAndGet(bytes);
  }

  /** How much is left. */
  public long left() {
    return left.get();
  }
}
