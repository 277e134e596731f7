package dev.larder.disk;

import dev.larder.spi.Bytes;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * When keys were accessed since the table was told, as far as it moves no deadline. Nobody but who
 * evicts asks for the order of accesses, and moving a row in it costs more than reading the row: so
 * accesses stay here, and few go with each commit. When there is no room, new keys are not noted.
 * Safe for all threads; {@link #some} is called by one at a time.
 */
final class Recency {
  /** The room; a key takes a place, and one more for each so many bytes. */
  static final int MOST = 65_536;

  private static final int BYTES_A_PLACE = 128;

  private final ConcurrentHashMap<Bytes, Long> instants = new ConcurrentHashMap<>();
  private final AtomicLong taken = new AtomicLong();
  private @Nullable Iterator<Map.Entry<Bytes, Long>> next;

  /** The key was accessed then, or later as was noted before. */
  void note(Bytes key, long instant) {
    if (instants.computeIfPresent(key, (any, before) -> Math.max(before, instant)) != null) {
      return;
    }
    var places = places(key);
    if (taken.get() + places <= MOST && instants.putIfAbsent(key, instant) == null) {
      taken.addAndGet(places);
    }
  }

  private static int places(Bytes key) {
    return 1 + key.array().length / BYTES_A_PLACE;
  }

  /** When the key was accessed last, or {@link Access#NEVER} when that is not here. */
  long of(Bytes key) {
    var instant = instants.get(key);
    return instant == null ? Access.NEVER : instant;
  }

  int size() {
    return instants.size();
  }

  boolean isEmpty() {
    return instants.isEmpty();
  }

  boolean nearlyFull() {
    return taken.get() > MOST / 8 * 7;
  }

  /** So many of them, each key in its turn. */
  Map<Bytes, Long> some(int most) {
    var some = new HashMap<Bytes, Long>();
    var from = next == null || !next.hasNext() ? instants.entrySet().iterator() : next;
    while (some.size() < most && from.hasNext()) {
      var entry = from.next();
      some.put(entry.getKey(), entry.getValue());
    }
    next = from;
    return some;
  }

  /** All there are. */
  Map<Bytes, Long> all() {
    return new HashMap<>(instants);
  }

  /** Those of the keys. */
  Map<Bytes, Long> of(Collection<Bytes> keys) {
    var those = new HashMap<Bytes, Long>();
    for (var key : keys) {
      var instant = instants.get(key);
      if (instant != null) {
        those.put(key, instant);
      }
    }
    return those;
  }

  /** The table knows them; who was accessed again meanwhile stays. */
  void committed(Map<Bytes, Long> accesses) {
    accesses.forEach(
        (key, instant) -> {
          if (instants.remove(key, instant)) {
            taken.addAndGet(-places(key));
          }
        });
  }

  /** The key was written, which is later than any access. */
  void forget(Bytes key) {
    if (!instants.isEmpty() && instants.remove(key) != null) {
      taken.addAndGet(-places(key));
    }
  }

  /** All entries went. */
  void forgetAll() {
    instants.keySet().forEach(this::forget);
  }
}
