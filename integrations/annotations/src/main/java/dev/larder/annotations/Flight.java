package dev.larder.annotations;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import javax.cache.CacheException;
import org.jspecify.annotations.Nullable;

/** One computation for all who want a key. */
final class Flight {
  /** Whom each waiting thread waits for, to see circles. */
  private static final ConcurrentHashMap<Thread, Flight> WAITING = new ConcurrentHashMap<>();

  private final CompletableFuture<@Nullable Object> result = new CompletableFuture<>();

  /** The thread that computes; null when none does, because a stage does. */
  private volatile @Nullable Thread owner = Thread.currentThread();

  /** Whether the key was changed since the flight began. Guarded by this. */
  private boolean outdated;

  boolean isOwn() {
    return owner == Thread.currentThread();
  }

  /** From now on the result comes from another thread, if at all. */
  void release() {
    owner = null;
  }

  /**
   * Stores what was computed, unless the key was changed meanwhile. Under the lock, so that a
   * change finds it stored, or has it never stored.
   */
  synchronized void store(Work work, @Nullable Object held) {
    if (!outdated) {
      work.put(held);
    }
  }

  synchronized void outdate() {
    outdated = true;
  }

  void land(@Nullable Object held, @Nullable Throwable thrown) {
    owner = null;
    if (thrown == null) {
      result.complete(held);
    } else {
      result.completeExceptionally(thrown);
    }
  }

  /** Completes as the flight does. */
  CompletableFuture<@Nullable Object> result() {
    return result;
  }

  /**
   * Waits for the result.
   *
   * @return false when waiting would never end, since the one who computes waits for this thread
   */
  boolean await() {
    var me = Thread.currentThread();
    var before = WAITING.put(me, this);
    try {
      // Noted before it is looked, so that of two who close a circle at least one sees it.
      return !waitsFor(me) && awaited();
    } finally {
      if (before == null) {
        WAITING.remove(me);
      } else {
        WAITING.put(me, before);
      }
    }
  }

  private boolean waitsFor(Thread thread) {
    var flight = this;
    for (int hops = WAITING.size() + 1; flight != null && hops > 0; hops--) {
      var computing = flight.owner;
      if (computing == thread) {
        return true;
      }
      flight = computing == null ? null : WAITING.get(computing);
    }
    return false;
  }

  /** An interrupt ends the wait of this thread, and nobody else's. */
  private boolean awaited() {
    try {
      result.get();
    } catch (ExecutionException e) {
      return true; // told by held()
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CacheException("interrupted while waiting for a value that another computes", e);
    }
    return true;
  }

  /** The result of a flight that was awaited, or what it failed with. */
  @Nullable Object held() throws Throwable {
    try {
      return result.get();
    } catch (ExecutionException e) {
      throw e.getCause() == null ? e : e.getCause();
    }
  }
}
