package dev.larder.engine;

import dev.larder.CacheLoadException;
import dev.larder.CacheLoader;
import dev.larder.spi.Look;
import dev.larder.spi.Span.Outcome;
import dev.larder.spi.Touch;
import dev.larder.spi.WaitingStore;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Loads several keys with one call of the loader, each of them a single flight that other callers
 * may join.
 */
final class BulkLoads<K, V> {
  /**
   * So many keys are announced before they are loaded: places that share loads remember some 10,000
   * announcements, those of all processes together.
   */
  static final int TOGETHER = 1_000;

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
          var value = loads.await(key, load, mine.containsKey(key));
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
    var task = new Task<>(leader, mine, loader, new HashMap<>());
    var elsewhere = new ArrayList<K>();
    Throwable failure = null;
    var left = new ArrayList<>(mine.keySet());
    for (int from = 0; from < left.size() && failure == null; from += TOGETHER) {
      var some = left.subList(from, Math.min(left.size(), from + TOGETHER));
      failure = lead(task, some, anew, elsewhere);
    }
    if (failure == null) {
      failure = followed(task, elsewhere);
    }
    land(mine, task.found, failure);
    leader.complete(null);
  }

  /**
   * What is loaded by one caller.
   *
   * @param found what was loaded, or was there
   */
  private record Task<K, V>(
      Load<V> leader,
      Map<K, Load<V>> mine,
      CacheLoader<? super K, ? extends V> loader,
      Map<K, V> found) {}

  private @Nullable Throwable lead(Task<K, V> task, List<K> keys, boolean anew, List<K> elsewhere) {
    var tokens = new LinkedHashMap<K, Long>();
    Throwable failure = null;
    try {
      elsewhere.addAll(announce(keys, anew, tokens, task.found));
      if (!tokens.isEmpty()) {
        task.leader.run(() -> task.found.putAll(call(tokens, task.loader)));
      }
    } catch (Throwable e) { // also what is thrown unchecked although it is checked
      failure = e;
    }
    return fill(task.mine, tokens, task.found, failure);
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

  /**
   * Announces the keys together.
   *
   * @return those that another process loads at present
   */
  private List<K> announce(List<K> keys, boolean anew, Map<K, Long> tokens, Map<K, V> found) {
    var elsewhere = new ArrayList<K>();
    if (anew) {
      keys.forEach(
          key -> looked(key, front.reads().announce(key, Touch.REFRESH), true, tokens, found));
      return elsewhere;
    }
    var looks = front.reads().announceAll(keys);
    if (looks == null) {
      keys.forEach(key -> tokens.put(key, 0L));
      return elsewhere;
    }
    for (K key : keys) {
      var look = looks.get(key);
      if (look == null || (look.entry() == null && look.fillToken() == 0)) {
        elsewhere.add(key);
      } else {
        looked(key, look, false, tokens, found);
      }
    }
    return elsewhere;
  }

  private void looked(K key, Look<V> look, boolean anew, Map<K, Long> tokens, Map<K, V> found) {
    var value = look.entry() == null ? null : look.entry().value();
    if (value == null || anew) {
      tokens.put(key, look.fillToken());
    } else {
      found.put(key, value);
    }
  }

  private @Nullable Throwable followed(Task<K, V> task, List<K> elsewhere) {
    try {
      for (K key : elsewhere) {
        follow(task, key);
      }
      return null;
    } catch (RuntimeException | Error e) {
      return e;
    }
  }

  /**
   * Waits for the load of another process, with no token in hand; if it left nothing, loads here.
   */
  private void follow(Task<K, V> task, K key) {
    var tokens = new LinkedHashMap<K, Long>();
    looked(key, front.reads().announce(key, Touch.FILL), false, tokens, task.found);
    if (tokens.isEmpty()) {
      return;
    }
    Throwable failure = null;
    try {
      task.leader.run(() -> task.found.putAll(call(tokens, task.loader)));
    } catch (Throwable e) { // the token goes back in any case
      failure = e;
    }
    failure = fill(task.mine, tokens, task.found, failure);
    if (failure != null) {
      throw failed(failure);
    }
  }

  private static RuntimeException failed(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return WaitingStore.failure(failure);
  }

  private Map<K, V> call(Map<K, Long> tokens, CacheLoader<? super K, ? extends V> loader) {
    var called = loads.began(tokens.size());
    var outcome = Outcome.FAILED;
    try {
      var loaded = asked(tokens, loader);
      outcome = loaded.isEmpty() ? Outcome.NOTHING : Outcome.DONE;
      return loaded;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw loads.failed(tokens.keySet(), e);
    } catch (Exception | Error e) {
      throw loads.failed(tokens.keySet(), e);
    } finally {
      loads.ended(called, outcome);
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
