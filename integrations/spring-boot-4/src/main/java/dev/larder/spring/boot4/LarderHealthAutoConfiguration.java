package dev.larder.spring.boot4;

import dev.larder.spring.boot.HealthReport;
import dev.larder.spring.boot.LarderAutoConfiguration;
import javax.cache.CacheManager;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.context.annotation.Bean;

/** The health of the caches as {@code larder}, as {@link HealthReport} has it. */
@AutoConfiguration(after = LarderAutoConfiguration.class)
@ConditionalOnClass({HealthIndicator.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBean(CacheManager.class)
@ConditionalOnEnabledHealthIndicator("larder")
public final class LarderHealthAutoConfiguration {

  /** For Spring. */
  public LarderHealthAutoConfiguration() {}

  /** Looks at the manager each time it is asked. */
  @Bean
  @ConditionalOnMissingBean(name = "larderHealthIndicator")
  public HealthIndicator larderHealthIndicator(CacheManager manager) {
    return () -> {
      var report = HealthReport.of(manager);
      return (report.up() ? Health.up() : Health.down()).withDetails(report.details()).build();
    };
  }
}
