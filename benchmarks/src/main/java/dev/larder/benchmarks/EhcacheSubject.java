package dev.larder.benchmarks;

import java.util.Map;
import org.ehcache.Cache;
import org.ehcache.CacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ExpiryPolicyBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.spi.loaderwriter.CacheLoaderWriter;
import org.jspecify.annotations.Nullable;

final class EhcacheSubject implements Subject {
  private final CacheManager manager;
  private final Cache<Long, Long> cache;

  EhcacheSubject(Setup setup) {
    var builder = builder(setup);
    manager = CacheManagerBuilder.newCacheManagerBuilder().build(true);
    cache =
        manager.createCache(
            "bench", setup.readThrough() ? builder.withLoaderWriter(new Loader()) : builder);
  }

  static boolean supports(Setup setup) {
    return !setup.statistics() && setup.byReference();
  }

  /** Also for its JCache provider. */
  static CacheConfigurationBuilder<Long, Long> builder(Setup setup) {
    return builder(setup, Long.class);
  }

  static <V> CacheConfigurationBuilder<Long, V> builder(Setup setup, Class<V> type) {
    var heap = ResourcePoolsBuilder.heap(setup.capacity());
    var builder = CacheConfigurationBuilder.newCacheConfigurationBuilder(Long.class, type, heap);
    return switch (setup.expiry()) {
      case NONE -> builder;
      case AFTER_WRITE -> builder.withExpiry(ExpiryPolicyBuilder.timeToLiveExpiration(Setup.LIFE));
      case AFTER_ACCESS -> builder.withExpiry(ExpiryPolicyBuilder.timeToIdleExpiration(Setup.LIFE));
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
    manager.close();
  }

  private static final class Loader implements CacheLoaderWriter<Long, Long> {
    @Override
    public Long load(Long key) {
      return key;
    }

    @Override
    public Map<Long, Long> loadAll(Iterable<? extends Long> keys) {
      throw new UnsupportedOperationException("no benchmark loads several keys");
    }

    @Override
    public void write(Long key, Long value) {}

    @Override
    public void delete(Long key) {}
  }
}
