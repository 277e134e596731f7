package dev.larder.spring.boot3;

import dev.larder.spring.boot.HealthReport;
import dev.larder.spring.boot.LarderAutoConfiguration;
import javax.cache.CacheManager;
import org.springframework.boot.actuate.autoconfigure.health.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
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
