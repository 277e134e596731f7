package dev.larder.engine;

import dev.larder.RecursiveUpdateException;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who has user code running on which key of one store, so that a wait that could never end is
 * refused instead ({@link Waits}).
 */
final class Grants<K> {
  private final String cache;
  private final ConcurrentHashMap<K, Thread> holders = new ConcurrentHashMap<>();

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
    var own = holders.get(key) == Thread.currentThread();
    if (Waits.neverEnds(() -> holders.get(key))) {
      throw refused(key, own);
    }
  }

  void afterWait() {
    Waits.ended();
  }

  private RecursiveUpdateException refused(K key, boolean own) {
    var why =
        own
            ? "an update function or writer used its own key "
            : "update functions, writers or loaders wait for each other's keys in a circle, here for key ";
    return new RecursiveUpdateException(
        "cache '"
            + cache
            + "': "
            + why
            + key
            + "; use the entry that the function was given, or another key");
  }
}
