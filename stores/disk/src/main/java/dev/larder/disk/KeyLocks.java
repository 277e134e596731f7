package dev.larder.disk;

import dev.larder.CacheClosedException;
import dev.larder.RecursiveUpdateException;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who may change which entry. A key is held for one look and one change, or as long as a lease. A
 * wait that could never end is refused, for which one graph is kept of who waits for whom, over all
 * disk stores of the process. Safe for all threads.
 */
final class KeyLocks {
  private static final int LONGEST_CIRCLE = 10_000;
  private static final ConcurrentHashMap<Thread, Hold> WAITING = new ConcurrentHashMap<>();

  /** A key in somebody's hands. Its monitor is where others wait for the end. */
  static final class Hold {
    private final Bytes key;
    private final Thread owner = Thread.currentThread();
    private volatile boolean over;

    private Hold(Bytes key) {
      this.key = key;
    }
  }

  private final String cache;
  private final ConcurrentHashMap<Bytes, Hold> holds = new ConcurrentHashMap<>();
  private volatile boolean closed;

  KeyLocks(String cache) {
    this.cache = cache;
  }

  /**
   * Takes the key, as soon as it is free.
   *
   * @throws RecursiveUpdateException when the wait could never end
   * @throws StoreException when the thread is interrupted while it waits
   * @throws CacheClosedException when the store is closed meanwhile
   */
  Hold lock(Bytes key) {
    var mine = new Hold(key);
    for (var other = holds.putIfAbsent(key, mine);
        other != null;
        other = holds.putIfAbsent(key, mine)) {
      await(other);
    }
    return mine;
  }

  /** Takes the key if it is free, else gives null. */
  @Nullable Hold tryLock(Bytes key) {
    var mine = new Hold(key);
    return holds.putIfAbsent(key, mine) == null ? mine : null;
  }

  /** Takes keys in the one order that all take them in. */
  List<Hold> lockAll(Collection<Bytes> keys) {
    var taken = new ArrayList<Hold>(keys.size());
    try {
      keys.stream().sorted(KeyLocks::compare).forEach(key -> taken.add(lock(key)));
      return taken;
    } catch (RuntimeException | Error e) {
      taken.forEach(this::unlock);
      throw e;
    }
  }

  /** The order of keys: that of their bytes without sign. */
  static int compare(Bytes a, Bytes b) {
    return Arrays.compareUnsigned(a.array(), b.array());
  }

  void unlock(Hold hold) {
    holds.remove(hold.key, hold);
    synchronized (hold) {
      hold.over = true;
      hold.notifyAll();
    }
  }

  /** Ends all waits with an error, now and later. */
  void close() {
    closed = true;
    for (var hold : holds.values()) {
      synchronized (hold) {
        hold.notifyAll();
      }
    }
  }

  private void await(Hold hold) {
    var self = Thread.currentThread();
    WAITING.put(self, hold);
    try {
      if (neverEnds(hold, self)) {
        throw refused(hold.owner == self);
      }
      synchronized (hold) {
        while (!hold.over) {
          if (closed) {
            throw new CacheClosedException("cache '" + cache + "' is closed");
          }
          hold.wait();
        }
      }
    } catch (InterruptedException e) {
      self.interrupt();
      throw new StoreException(
          "cache '"
              + cache
              + "': interrupted while another update of the key was running; nothing was changed",
          e);
    } finally {
      WAITING.remove(self);
    }
  }

  /** Each says that it waits before it looks, so of several that close a circle one sees it. */
  private static boolean neverEnds(Hold hold, Thread self) {
    Hold next = hold;
    for (int step = 0; next != null && !next.over && step < LONGEST_CIRCLE; step++) {
      if (next.owner == self) {
        return true;
      }
      next = WAITING.get(next.owner);
    }
    return false;
  }

  private RecursiveUpdateException refused(boolean own) {
    return new RecursiveUpdateException(
        "cache '"
            + cache
            + (own
                ? "': an update function or writer used its own key"
                : "': update functions or writers wait for each other's keys in a circle")
            + "; use the entry that the function was given, or another key");
  }
}
