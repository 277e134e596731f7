package dev.larder.benchmarks;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import org.cache2k.Cache;
import org.cache2k.Cache2kBuilder;
import org.jspecify.annotations.Nullable;

final class Cache2kSubject implements Subject {
  private final Cache<Long, Long> cache;

  Cache2kSubject(Setup setup) {
    var builder = builder(setup);
    cache = (setup.readThrough() ? builder.loader(key -> key) : builder).build();
  }

  /** Also for its JCache provider. */
  static Cache2kBuilder<Long, Long> builder(Setup setup) {
    var builder =
        Cache2kBuilder.of(Long.class, Long.class)
            .entryCapacity(setup.capacity())
            .disableStatistics(!setup.statistics());
    return switch (setup.expiry()) {
      case NONE -> builder.eternal(true);
      case AFTER_WRITE -> builder.expireAfterWrite(Setup.LIFE.toMillis(), MILLISECONDS);
      case AFTER_ACCESS -> builder.idleScanTime(Setup.LIFE.toMillis(), MILLISECONDS);
    };
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
    cache.close();
  }
}
