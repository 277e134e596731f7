package dev.larder.annotations;

import java.util.concurrent.ConcurrentHashMap;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/**
 * Computing once in this process, over caches that cannot do so themselves. There are as many
 * flights as computations under way.
 *
 * <p>A flight is taken away before it lands, and what it computed is stored before that: who finds
 * no flight looks into the cache once more before the method runs.
 */
final class Flights {
  /** Who was told of another's interrupt this often computes alone. */
  static final int JOINS = 100;

  private static final ConcurrentHashMap<Place, Flight> UNDER_WAY = new ConcurrentHashMap<>();

  /** A key in a cache, which is meant as this very object. */
  private record Place(Cache<?, ?> cache, Object key) {}

  private Flights() {}

  /** The flight of the key: the one given when there was none. */
  static Flight claim(Work work, Flight mine) {
    var present = UNDER_WAY.putIfAbsent(new Place(work.cache(), work.key()), mine);
    return present == null ? mine : present;
  }

  static void land(Work work, Flight mine, @Nullable Object held, @Nullable Throwable thrown) {
    UNDER_WAY.remove(new Place(work.cache(), work.key()), mine);
    mine.land(held, thrown);
  }

  /** The key is about to be changed: what was begun before is not stored, and nobody joins it. */
  static void outdate(Cache<?, ?> cache, Object key) {
    if (UNDER_WAY.isEmpty()) {
      return;
    }
    var flight = UNDER_WAY.remove(new Place(cache, key));
    if (flight != null) {
      flight.outdate();
    }
  }

  static void outdateAll(Cache<?, ?> cache) {
    for (var place : UNDER_WAY.keySet()) {
      if (place.cache.equals(cache)) {
        outdate(cache, place.key);
      }
    }
  }

  /** What is held for the key once it was computed, by this call or by another. */
  static @Nullable Object held(Work work) throws Throwable {
    for (int joined = 0; joined < JOINS; joined++) {
      var mine = new Flight();
      var flight = claim(work, mine);
      if (flight == mine) {
        return lead(work, mine);
      }
      if (!flight.await()) {
        return work.compute(); // whoever has the flight waits for this call: a recursion
      }
      try {
        return flight.held();
      } catch (InterruptedException e) {
        // Of the one who computed, and his affair alone: the next one computes.
      }
    }
    return work.compute();
  }

  private static @Nullable Object lead(Work work, Flight mine) throws Throwable {
    Object held = null;
    Throwable failure = null;
    try {
      held = work.cache().get(work.key());
      if (held == null) {
        held = work.compute();
        mine.store(work, held);
      }
      return held;
    } catch (Throwable e) {
      failure = e;
      throw e;
    } finally {
      land(work, mine, held, failure);
    }
  }
}
