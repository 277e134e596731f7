package dev.larder.engine;

import dev.larder.CacheLoadException;
import dev.larder.CacheLoader;
import dev.larder.spi.Touch;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
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
    var leader = new Load<V>();
    var mine = new LinkedHashMap<K, Load<V>>();
    var all = new LinkedHashMap<K, Load<V>>();
    try {
      claim(keys, leader, mine, all);
      begin(leader, mine, loader, anew);
    } catch (RuntimeException | Error e) {
      land(mine, Map.of(), e);
      throw e;
    }
    var found = new HashMap<K, V>();
    all.forEach(
        (key, load) -> {
          var value = loads.await(key, load);
          if (value != null) {
            found.put(key, value);
          }
        });
    return found;
  }

  private void claim(
      Collection<? extends K> keys, Load<V> leader, Map<K, Load<V>> mine, Map<K, Load<V>> all) {
    for (K key : keys) {
      var load = new Load<>(leader);
      var flight = loads.claim(key, load);
      all.put(key, flight);
      if (flight == load) {
        mine.put(key, load);
      }
    }
  }

  private void begin(
      Load<V> leader,
      Map<K, Load<V>> mine,
      CacheLoader<? super K, ? extends V> loader,
      boolean anew) {
    if (mine.isEmpty()) {
      return;
    }
    if (loads.timed()) {
      loads.later(leader, () -> lead(leader, mine, loader, anew), () -> giveUp(leader, mine));
    } else {
      lead(leader, mine, loader, anew);
    }
  }

  private void giveUp(Load<V> leader, Map<K, Load<V>> mine) {
    // All of them first: who hears that one is given up must not join another.
    mine.forEach(loads::takeAway);
    mine.forEach(loads::giveUp);
    leader.interrupt();
  }

  private void lead(
      Load<V> leader,
      Map<K, Load<V>> mine,
      CacheLoader<? super K, ? extends V> loader,
      boolean anew) {
    var tokens = new LinkedHashMap<K, Long>();
    var found = new HashMap<K, V>();
    Throwable failure = null;
    try {
      announce(mine, anew, tokens, found);
      if (!tokens.isEmpty()) {
        leader.run(() -> found.putAll(call(tokens, loader)));
      }
    } catch (Throwable e) { // also what is thrown unchecked although it is checked
      failure = e;
    }
    failure = fill(mine, tokens, found, failure);
    land(mine, found, failure);
    leader.complete(null);
  }

  /** Gives every token back, also when something went wrong or filling one fails. */
  private @Nullable Throwable fill(
      Map<K, Load<V>> mine, Map<K, Long> tokens, Map<K, V> found, @Nullable Throwable before) {
    var failure = before;
    for (var token : tokens.entrySet()) {
      var key = token.getKey();
      var load = mine.get(key);
      var late = failure != null || load == null || load.isDone();
      try {
        front.fill(key, late ? null : found.get(key), token.getValue());
      } catch (RuntimeException | Error e) {
        failure = failure == null ? e : failure;
      }
    }
    return failure;
  }

  private void land(Map<K, Load<V>> mine, Map<K, V> found, @Nullable Throwable failure) {
    mine.forEach(
        (key, load) -> loads.land(key, load, failure == null ? found.get(key) : null, failure));
  }

  private void announce(Map<K, Load<V>> mine, boolean anew, Map<K, Long> tokens, Map<K, V> found) {
    for (K key : mine.keySet()) {
      var look = front.reads().announce(key, anew ? Touch.REFRESH : Touch.FILL);
      var value = look.entry() == null ? null : look.entry().value();
      if (value == null || anew) {
        tokens.put(key, look.fillToken());
      } else {
        found.put(key, value);
      }
    }
  }

  private Map<K, V> call(Map<K, Long> tokens, CacheLoader<? super K, ? extends V> loader) {
    var start = loads.began();
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
      loads.ended(successful, start);
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
    return loader.loadAll(Collections.unmodifiableSet(new LinkedHashSet<>(tokens.keySet())));
  }
}
