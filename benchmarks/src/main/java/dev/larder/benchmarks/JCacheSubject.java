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
import org.cache2k.jcache.provider.JCacheProvider;
import org.ehcache.jsr107.Eh107Configuration;
import org.ehcache.jsr107.EhcacheCachingProvider;
import org.ehcache.jsr107.config.ConfigurationElementState;
import org.ehcache.jsr107.config.Jsr107CacheConfiguration;
import org.jspecify.annotations.Nullable;
import org.jsr107.ri.spi.RICachingProvider;

/**
 * A cache behind the standard API, by reference. Bounded where the provider has a way to say it.
 */
final class JCacheSubject implements Subject {
  private final CachingProvider provider;
  private final Cache<Long, Long> cache;

  private JCacheSubject(CachingProvider provider, Configuration<Long, Long> configuration) {
    this.provider = provider;
    this.cache = provider.getCacheManager().createCache("bench", configuration);
  }

  /** Not bounded: it has no way. */
  static Subject reference(Setup setup) {
    return new JCacheSubject(
        new RICachingProvider(), standard(new MutableConfiguration<>(), setup));
  }

  static Subject larder(Setup setup) {
    var capacity = setup.capacity();
    var configuration =
        standard(new LarderConfiguration<Long, Long>(), setup)
            .with(spec -> spec.maximumEntries(capacity));
    return new JCacheSubject(new LarderCachingProvider(), configuration);
  }

  static Subject caffeine(Setup setup) {
    var configuration =
        new CaffeineConfiguration<>(standard(new MutableConfiguration<Long, Long>(), setup))
            .setMaximumSize(OptionalLong.of(setup.capacity()));
    return new JCacheSubject(new CaffeineCachingProvider(), configuration);
  }

  static Subject cache2k(Setup setup) {
    var bounded = Cache2kBuilder.of(Long.class, Long.class).entryCapacity(setup.capacity());
    return new JCacheSubject(
        new JCacheProvider(), standard(ExtendedMutableConfiguration.of(bounded), setup));
  }

  static Subject ehcache(Setup setup) {
    var counted =
        setup.statistics() ? ConfigurationElementState.ENABLED : ConfigurationElementState.DISABLED;
    var bounded =
        EhcacheSubject.builder(setup)
            .withService(new Jsr107CacheConfiguration(counted, ConfigurationElementState.DISABLED))
            .build();
    return new JCacheSubject(
        new EhcacheCachingProvider(), Eh107Configuration.fromEhcacheCacheConfiguration(bounded));
  }

  private static <C extends MutableConfiguration<Long, Long>> C standard(
      C configuration, Setup setup) {
    configuration.setTypes(Long.class, Long.class);
    configuration.setStoreByValue(false);
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
    return cache.get(key);
  }

  @Override
  public void put(Long key, Long value) {
    cache.put(key, value);
  }

  @Override
  public void close() {
    provider.close();
  }
}
