package dev.larder.benchmarks;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import org.jspecify.annotations.Nullable;

final class CaffeineSubject implements Subject {
  private final Cache<Long, Long> cache;

  private CaffeineSubject(Cache<Long, Long> cache) {
    this.cache = cache;
  }

  static Subject create(Setup setup) {
    var builder = builder(setup);
    return setup.readThrough()
        ? new Loading(builder.build(key -> key))
        : new CaffeineSubject(builder.build());
  }

  private static Caffeine<Object, Object> builder(Setup setup) {
    var builder = Caffeine.newBuilder().maximumSize(setup.capacity());
    if (setup.statistics()) {
      builder.recordStats();
    }
    return switch (setup.expiry()) {
      case NONE -> builder;
      case AFTER_WRITE -> builder.expireAfterWrite(Setup.LIFE);
      case AFTER_ACCESS -> builder.expireAfterAccess(Setup.LIFE);
    };
  }

  @Override
  public @Nullable Long get(Long key) {
    return cache.getIfPresent(key);
  }

  @Override
  public void put(Long key, Long value) {
    cache.put(key, value);
  }

  private record Loading(LoadingCache<Long, Long> cache) implements Subject {
    @Override
    public Long get(Long key) {
      return cache.get(key);
    }

    @Override
    public void put(Long key, Long value) {
      cache.put(key, value);
    }
  }
}
