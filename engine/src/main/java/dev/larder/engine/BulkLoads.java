package dev.larder.engine;

import dev.larder.CacheLoadException;
import dev.larder.CacheLoader;
import dev.larder.spi.Touch;
import dev.larder.spi.WaitingStore;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads several keys with one call of the loader, each of them a single flight that other callers
 * may join.
 */
final class BulkLoads<K, V> {
  private final CacheFront<K, V> front;
  private final Loads<K, V> loads;

  BulkLoads(CacheFront<K, V> front, Loads<K, V> loads) {
    this.front = front;
    this.loads = loads;
  }

  /**
   * Loads the keys and returns what was found.
   *
   * @param anew whether entries that are there are loaded anew and replaced
   */
  Map<K, V> load(
      Collection<? extends K> keys, CacheLoader<? super K, ? extends V> loader, boolean anew) {
    var mine = new LinkedHashMap<K, Load<V>>();
    var others = new LinkedHashMap<K, Load<V>>();
    for (K key : keys) {
      var load = new Load<V>();
      var flight = loads.claim(key, load);
      (flight == load ? mine : others).put(key, flight);
    }
    var found = new HashMap<K, V>();
    lead(mine, loader, anew, found);
    for (var other : others.entrySet()) {
      loads.guardAgainstCircle(other.getKey(), other.getValue());
      var value = WaitingStore.join(other.getValue());
      if (value != null) {
        found.put(other.getKey(), value);
      }
    }
    Load.goesOn();
    return found;
  }

  private void lead(
      Map<K, Load<V>> mine,
      CacheLoader<? super K, ? extends V> loader,
      boolean anew,
      Map<K, V> found) {
    if (mine.isEmpty()) {
      return;
    }
    var tokens = new LinkedHashMap<K, Long>();
    try {
      announce(mine, anew, tokens, found);
      if (!tokens.isEmpty()) {
        mine.values().iterator().next().run(() -> found.putAll(call(tokens, loader)));
      }
      tokens.forEach((key, token) -> front.fill(key, found.get(key), token));
      mine.forEach((key, load) -> loads.land(key, load, found.get(key), null));
    } catch (RuntimeException | Error e) {
      tokens.forEach((key, token) -> front.fill(key, null, token));
      mine.forEach((key, load) -> loads.land(key, load, null, e));
      throw e;
    }
  }

  private void announce(Map<K, Load<V>> mine, boolean anew, Map<K, Long> tokens, Map<K, V> found) {
    for (K key : mine.keySet()) {
      var look = WaitingStore.join(front.store().find(key, anew ? Touch.REFRESH : Touch.FILL));
      var value = look.entry() == null ? null : look.entry().value();
      if (value == null || anew) {
        tokens.put(key, look.fillToken());
      } else {
        found.put(key, value);
      }
    }
  }

  private Map<K, V> call(Map<K, Long> tokens, CacheLoader<? super K, ? extends V> loader) {
    var start = front.context().clock().ticks();
    boolean successful = false;
    try {
      var loaded = asked(tokens, loader);
      successful = true;
      return loaded;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw loads.failed(tokens.keySet(), e);
    } catch (Exception | Error e) {
      throw loads.failed(tokens.keySet(), e);
    } finally {
      front.counters().loaded(successful, front.context().clock().ticks() - start);
    }
  }

  /** Keeps what was asked for and has a value. */
  private Map<K, V> asked(Map<K, Long> tokens, CacheLoader<? super K, ? extends V> loader)
      throws Exception {
    @Nullable Map<? super K, ? extends V> loaded = loadAll(loader, tokens);
    if (loaded == null) {
      throw new CacheLoadException(
          "cache '"
              + front.name()
              + "': loadAll returned null; it returns a map, empty when nothing was found");
    }
    var kept = new HashMap<K, V>();
    for (K key : tokens.keySet()) {
      V value = loaded.get(key);
      if (value != null) {
        kept.put(key, value);
      }
    }
    return kept;
  }

  private static <K, V> @Nullable Map<? super K, ? extends V> loadAll(
      CacheLoader<? super K, ? extends V> loader, Map<K, Long> tokens) throws Exception {
    return loader.loadAll(tokens.keySet());
  }
}
