package dev.larder.engine;

import dev.larder.RecursiveUpdateException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who has user code running on which key, and who waits for whom, so that a wait that could never
 * end is refused instead. A thread says that it waits before it looks for a circle, so of several
 * threads that close one at least the last sees it.
 */
final class Grants<K> {
  private final String cache;
  private final ConcurrentHashMap<K, Thread> holders = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Thread, K> waiting = new ConcurrentHashMap<>();

  Grants(String cache) {
    this.cache = cache;
  }

  void held(K key) {
    holders.put(key, Thread.currentThread());
  }

  void ended(K key) {
    holders.remove(key);
  }

  /** Says that this thread is about to wait for the key; throws when the wait could never end. */
  void beforeWait(K key) {
    var self = Thread.currentThread();
    waiting.put(self, key);
    var holder = holders.get(key);
    for (int step = 0; holder != null && step < 1_000; step++) {
      if (holder == self) {
        waiting.remove(self);
        throw refused(key, step);
      }
      holder = holderOf(waiting.get(holder));
    }
  }

  void afterWait() {
    waiting.remove(Thread.currentThread());
  }

  private @Nullable Thread holderOf(@Nullable K key) {
    return key == null ? null : holders.get(key);
  }

  private RecursiveUpdateException refused(K key, int step) {
    var why =
        step == 0
            ? "an update function or writer used its own key "
            : "update functions or writers wait for each other's keys in a circle, here for key ";
    return new RecursiveUpdateException(
        "cache '"
            + cache
            + "': "
            + why
            + key
            + "; use the entry that the function was given, or another key");
  }
}
