package dev.larder.benchmarks;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import org.jspecify.annotations.Nullable;

final class LarderSubject implements Subject {
  private final Larder manager;
  private final Cache<Long, Long> cache;

  private LarderSubject(CacheSpec<Long, Long> spec) {
    manager = Larder.open();
    cache = manager.create(spec);
  }

  static LarderSubject coarse(Setup setup) {
    return new LarderSubject(spec(setup).build());
  }

  /** Strict about expiry, for the price of a look at the clock on every read. */
  static LarderSubject exact(Setup setup) {
    return new LarderSubject(spec(setup).exactClock(true).build());
  }

  static boolean expires(Setup setup) {
    return setup.byReference() && setup.expiry() != Setup.Expiry.NONE;
  }

  private static CacheSpec.Builder<Long, Long> spec(Setup setup) {
    var spec =
        CacheSpec.of("bench", Long.class, Long.class)
            .maximumEntries(setup.capacity())
            .statistics(setup.statistics());
    switch (setup.expiry()) {
      case NONE -> {}
      case AFTER_WRITE -> spec.expireAfterWrite(Setup.LIFE);
      case AFTER_ACCESS -> spec.expireAfterAccess(Setup.LIFE);
    }
    return setup.readThrough() ? spec.loader(key -> key) : spec;
  }

  @Override
  public @Nullable Long get(Long key) {
    return cache.get(key);
  }

  @Override
  public void put(Long key, Long value) {
    cache.put(key, value);
  }

  @Override
  public void close() {
    manager.close();
  }
}
