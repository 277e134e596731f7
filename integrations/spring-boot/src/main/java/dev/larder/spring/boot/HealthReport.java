package dev.larder.spring.boot;

import dev.larder.Health;
import dev.larder.Larder;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import javax.cache.CacheManager;

/**
 * The health of a JCache manager of Larder, for the actuator of either line. A cache that lost
 * something and still serves is up: taking the application out of service would help nobody; the
 * details say {@code degraded} and why.
 *
 * @param up whether the caches serve
 * @param details what to show
 */
public record HealthReport(boolean up, Map<String, Object> details) {

  /** Of the manager, now. One that is not Larder's is up, and says that nobody knows. */
  public static HealthReport of(CacheManager manager) {
    Larder larder;
    try {
      larder = manager.unwrap(Larder.class);
    } catch (IllegalArgumentException e) {
      return new HealthReport(true, Map.of("status", "unknown: not a manager of Larder"));
    }
    return of(larder.health());
  }

  private static HealthReport of(Health health) {
    var details = new LinkedHashMap<String, Object>();
    details.put("status", health.status().name().toLowerCase(Locale.ROOT));
    if (!health.reasons().isEmpty()) {
      details.put("reasons", health.reasons());
    }
    details.put("entries", health.size());
    details.put("estimatedBytes", health.estimatedBytes());
    return new HealthReport(health.status() != Health.Status.UNHEALTHY, details);
  }
}
