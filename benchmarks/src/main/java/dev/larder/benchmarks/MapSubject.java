package dev.larder.benchmarks;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The ceiling: a map without bound, so that with a loader everything is a hit in the end. */
final class MapSubject implements Subject {
  private final ConcurrentHashMap<Long, Long> map;

  MapSubject(Setup setup) {
    map = new ConcurrentHashMap<>(setup.capacity());
    if (setup.readThrough()) {
      for (var key : Keys.universe(setup.universe())) {
        map.put(key, key);
      }
    }
  }

  static boolean supports(Setup setup) {
    return setup.expiry() == Setup.Expiry.NONE && !setup.statistics() && setup.byReference();
  }

  @Override
  public @Nullable Long get(Long key) {
    return map.get(key);
  }

  @Override
  public void put(Long key, Long value) {
    map.put(key, value);
  }
}
