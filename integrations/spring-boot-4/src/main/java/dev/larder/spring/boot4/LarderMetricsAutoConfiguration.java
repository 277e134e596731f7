package dev.larder.spring.boot4;

import dev.larder.spring.LarderCache;
import dev.larder.spring.boot.LarderAutoConfiguration;
import dev.larder.spring.boot.LarderCacheMetrics;
import dev.larder.spring.boot.LaterCaches;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.cache.metrics.CacheMeterBinderProvider;
import org.springframework.boot.cache.metrics.CacheMetricsRegistrar;
import org.springframework.cache.Cache;
import org.springframework.context.annotation.Bean;

/** Metrics of the caches, of those too that are made after the start. */
@AutoConfiguration(
    after = LarderAutoConfiguration.class,
    beforeName =
        "org.springframework.boot.cache.autoconfigure.metrics.CacheMetricsAutoConfiguration")
@ConditionalOnClass({MeterRegistry.class, CacheMeterBinderProvider.class})
public final class LarderMetricsAutoConfiguration {

  private final Set<Cache> measured = ConcurrentHashMap.newKeySet();

  /** For Spring. */
  public LarderMetricsAutoConfiguration() {}

  /** Measures one cache. */
  @Bean
  public CacheMeterBinderProvider<LarderCache> larderCacheMeterBinderProvider() {
    // No lambda, of which Spring Boot could not tell what kind of cache it is for.
    return new Binder(measured);
  }

  /** Has Spring Boot measure the caches that are made later. */
  @Bean
  public LaterCaches larderLaterCaches(
      ObjectProvider<CacheMetricsRegistrar> registrars, ListableBeanFactory beans) {
    return new LaterCaches(
        beans,
        measured::contains,
        (cache, manager) ->
            registrars.ifAvailable(
                registrar ->
                    registrar.bindCacheToRegistry(cache, Tag.of("cache.manager", manager))));
  }

  private record Binder(Set<Cache> measured) implements CacheMeterBinderProvider<LarderCache> {
    @Override
    public LarderCacheMetrics getMeterBinder(LarderCache cache, Iterable<Tag> tags) {
      measured.add(cache);
      return LarderCacheMetrics.of(cache, tags);
    }
  }
}
