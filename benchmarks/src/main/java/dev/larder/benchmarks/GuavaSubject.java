package dev.larder.benchmarks;

import com.google.common.cache.Cache;
import com.google.common.cache.CacheBuilder;
import com.google.common.cache.CacheLoader;
import com.google.common.cache.LoadingCache;
import org.jspecify.annotations.Nullable;

final class GuavaSubject implements Subject {
  private final Cache<Long, Long> cache;

  private GuavaSubject(Cache<Long, Long> cache) {
    this.cache = cache;
  }

  static Subject create(Setup setup) {
    var builder = builder(setup);
    return setup.readThrough()
        ? new Loading(builder.build(CacheLoader.from(key -> key)))
        : new GuavaSubject(builder.build());
  }

  private static CacheBuilder<Object, Object> builder(Setup setup) {
    var builder = CacheBuilder.newBuilder().maximumSize(setup.capacity());
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
      return cache.getUnchecked(key);
    }

    @Override
    public void put(Long key, Long value) {
      cache.put(key, value);
    }
  }
}
