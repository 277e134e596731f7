package dev.larder.benchmarks;

import com.github.benmanes.caffeine.jcache.configuration.CaffeineConfiguration;
import com.github.benmanes.caffeine.jcache.spi.CaffeineCachingProvider;
import dev.larder.jcache.LarderCachingProvider;
import dev.larder.jcache.LarderConfiguration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import javax.cache.Cache;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.expiry.CreatedExpiryPolicy;
import javax.cache.expiry.Duration;
import javax.cache.expiry.TouchedExpiryPolicy;
import javax.cache.spi.CachingProvider;
import org.cache2k.Cache2kBuilder;
import org.cache2k.jcache.ExtendedMutableConfiguration;
import org.cache2k.jcache.JCacheConfig;
import org.cache2k.jcache.provider.JCacheProvider;
import org.ehcache.impl.copy.SerializingCopier;
import org.ehcache.jsr107.Eh107Configuration;
import org.ehcache.jsr107.EhcacheCachingProvider;
import org.ehcache.jsr107.config.ConfigurationElementState;
import org.ehcache.jsr107.config.Jsr107CacheConfiguration;
import org.jspecify.annotations.Nullable;
import org.jsr107.ri.spi.RICachingProvider;

/**
 * A cache behind the standard API, by reference or by value as the setup says. Bounded where the
 * provider has a way to say it.
 */
final class JCacheSubject implements Subject {
  private final CachingProvider provider;
  private final Cache<Long, Object> cache;

  private JCacheSubject(CachingProvider provider, Cache<Long, Object> cache) {
    this.provider = provider;
    this.cache = cache;
  }

  private static Subject of(
      CachingProvider provider, Configuration<Long, Object> configuration, Setup setup) {
    var cache = provider.getCacheManager().createCache("bench", configuration);
    return setup.byReference()
        ? new JCacheSubject(provider, cache)
        : new Copies(provider, cache, setup.values()).checked();
  }

  /** Not bounded: it has no way. */
  static Subject reference(Setup setup) {
    return of(new RICachingProvider(), standard(new MutableConfiguration<>(), setup), setup);
  }

  static Subject larder(Setup setup) {
    var capacity = setup.capacity();
    var configuration =
        standard(new LarderConfiguration<Long, Object>(), setup)
            .with(spec -> spec.maximumEntries(capacity));
    return of(new LarderCachingProvider(), configuration, setup);
  }

  static Subject caffeine(Setup setup) {
    var configuration =
        new CaffeineConfiguration<>(standard(new MutableConfiguration<Long, Object>(), setup))
            .setMaximumSize(OptionalLong.of(setup.capacity()));
    return of(new CaffeineCachingProvider(), configuration, setup);
  }

  static Subject cache2k(Setup setup) {
    var bounded =
        Cache2kBuilder.of(Long.class, setup.values().type())
            .entryCapacity(setup.capacity())
            .with(JCacheConfig.class, config -> config.copyAlwaysIfRequested(true));
    return of(
        new JCacheProvider(), standard(ExtendedMutableConfiguration.of(bounded), setup), setup);
  }

  static Subject ehcache(Setup setup) {
    var counted =
        setup.statistics() ? ConfigurationElementState.ENABLED : ConfigurationElementState.DISABLED;
    var bounded =
        EhcacheSubject.builder(setup, setup.values().type())
            .withService(new Jsr107CacheConfiguration(counted, ConfigurationElementState.DISABLED));
    var copying =
        setup.byReference() ? bounded : bounded.withValueCopier(SerializingCopier.asCopierClass());
    return of(
        new EhcacheCachingProvider(),
        Eh107Configuration.fromEhcacheCacheConfiguration(copying.build()),
        setup);
  }

  private static <C extends MutableConfiguration<Long, Object>> C standard(
      C configuration, Setup setup) {
    configuration.setTypes(Long.class, setup.values().type());
    configuration.setStoreByValue(!setup.byReference());
    configuration.setStatisticsEnabled(setup.statistics());
    var life = new Duration(TimeUnit.MILLISECONDS, Setup.LIFE.toMillis());
    switch (setup.expiry()) {
      case NONE -> {}
      case AFTER_WRITE -> configuration.setExpiryPolicyFactory(CreatedExpiryPolicy.factoryOf(life));
      case AFTER_ACCESS ->
          configuration.setExpiryPolicyFactory(TouchedExpiryPolicy.factoryOf(life));
    }
    return configuration;
  }

  @Override
  public @Nullable Long get(Long key) {
    return (Long) cache.get(key);
  }

  @Override
  public void put(Long key, Long value) {
    cache.put(key, value);
  }

  @Override
  public void close() {
    provider.close();
  }

  /** The same of objects by value. */
  private record Copies(CachingProvider provider, Cache<Long, Object> cache, Values values)
      implements Subject {

    /** One that shares what may change would win the row. */
    Copies checked() {
      cache.put(-1L, values.make(-1L));
      var copy = cache.get(-1L);
      if (values == Values.OBJECTS && copy == cache.get(-1L)) {
        throw new IllegalStateException(provider + " stores by reference");
      }
      cache.remove(-1L);
      return this;
    }

    @Override
    public @Nullable Long get(Long key) {
      @Nullable Object value = cache.get(key);
      return value == null ? null : values.keyOf(value);
    }

    @Override
    public void put(Long key, Long value) {
      cache.put(key, values.make(value));
    }

    @Override
    public void close() {
      provider.close();
    }
  }
}
