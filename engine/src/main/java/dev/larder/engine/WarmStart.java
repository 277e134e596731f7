package dev.larder.engine;

import dev.larder.spi.Touch;
import dev.larder.spi.WaitingStore;
import java.lang.System.Logger.Level;
import java.util.concurrent.RejectedExecutionException;

/**
 * Reads again, in the background, what was in memory when the cache was closed: the most wanted
 * first, until the tier is full, which its first eviction tells, or the time is up. No access for
 * expiry or eviction, not counted.
 */
final class WarmStart<K, V> {
  private static final System.Logger LOG = System.getLogger("dev.larder");

  private final TieredStore<K, V> store;
  private final long millis;

  WarmStart(TieredStore<K, V> store, long millis) {
    this.store = store;
    this.millis = millis;
  }

  void begin() {
    try {
      store.context().executor().execute(this::run);
    } catch (RejectedExecutionException e) {
      // Only slower: reads fetch what they need.
      told(e);
    }
  }

  private void run() {
    try {
      var clock = store.context().clock();
      var end = clock.exact() + millis;
      var most = (int) Math.min(Integer.MAX_VALUE, store.copies().capacity());
      for (K key : store.authority().remembered(most)) {
        if (store.closed() || clock.exact() >= end || store.copies().stats().evictions() > 0) {
          return;
        }
        WaitingStore.join(store.filled(key, Touch.PEEK));
      }
    } catch (RuntimeException e) {
      if (!store.closed()) {
        told(e);
      }
    }
  }

  private void told(RuntimeException e) {
    LOG.log(
        Level.WARNING,
        "cache '" + store.cache() + "': the memory tier could not be filled after opening",
        e);
  }
}
