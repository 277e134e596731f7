package dev.larder.server.core;

import java.util.concurrent.locks.StampedLock;

/**
 * What makes several operations one: ordinary work on a database goes through side by side, a
 * transaction alone. Not reentrant: whoever is inside leaves before going in alone. Taken around
 * work on keys, never while waiting for a client.
 */
public final class Gate {
  private final StampedLock lock = new StampedLock();

  /** Goes in beside others; waits for whoever is inside alone. Gives what {@link #leave} takes. */
  public long enter() {
    return lock.readLock();
  }

  /** As {@link #enter} without waiting; 0 when somebody is inside alone, or waits to be. */
  public long tryEnter() {
    return lock.tryReadLock();
  }

  /** Goes in alone, once all others have left. Gives what {@link #leave} takes. */
  public long enterAlone() {
    return lock.writeLock();
  }

  /** Leaves, on any thread. */
  public void leave(long stamp) {
    lock.unlock(stamp);
  }
}
