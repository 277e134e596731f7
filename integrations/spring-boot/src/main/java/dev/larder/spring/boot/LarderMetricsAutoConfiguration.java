package dev.larder.spring.boot;

import dev.larder.micrometer.LarderMetrics;
import dev.larder.spring.LarderCacheManager;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;

/**
 * Meters of the caches of {@link LarderCacheManager}s, those too that are made after the start or
 * by other users of their JCache managers. Spring Boot itself measures caches of kinds that it
 * knows, of which they are none: so nothing is measured twice.
 */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnClass({MeterRegistry.class, LarderMetrics.class})
@ConditionalOnBean(CacheManager.class)
public final class LarderMetricsAutoConfiguration {

  /** For Spring. */
  public LarderMetricsAutoConfiguration() {}

  /** Spring Boot binds it to the registries of the application. */
  @Bean
  @ConditionalOnMissingBean(name = "larderCacheMeters")
  public MeterBinder larderCacheMeters(ListableBeanFactory beans) {
    return new SpringCacheMeters(beans);
  }
}
