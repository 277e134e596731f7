package dev.larder.spring.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.spring.boot.HealthReport;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.springframework.context.ApplicationContext;

/** Metrics of caches that were there at the start and of others, and health. */
class ActuatorTest {
  private static double gets(ApplicationContext context, String cache, String result) {
    return context
        .getBean(MeterRegistry.class)
        .get("cache.gets")
        .tags("name", cache, "cache.manager", "cacheManager", "result", result)
        .functionCounter()
        .count();
  }

  @Test
  void cachesAreCountedWheneverTheyWereMade() {
    for (var names : new String[] {"prices", "others"}) {
      try (var context = Shop.start("spring.cache.cache-names=" + names)) {
        var shop = context.getBean(Shop.class);
        shop.price("tea");
        shop.price("tea");
        shop.none("ghost");
        assertEquals(1, gets(context, "prices", "hit"), names);
        assertTrue(gets(context, "prices", "miss") >= 2, names);
        var registry = context.getBean(MeterRegistry.class);
        assertEquals(2, registry.get("cache.size").tag("name", "prices").gauge().value());
        assertEquals(
            1,
            registry
                .get("cache.loads")
                .tags("name", "prices", "result", "success")
                .functionCounter()
                .count());
      }
    }
  }

  @Test
  void registryOfTheApplicationIsUsedOrNone() {
    try (var context = Shop.start("management.simple.metrics.export.enabled=false")) {
      assertTrue(context.getBeansOfType(SimpleMeterRegistry.class).isEmpty());
      assertEquals("tea", context.getBean(Shop.class).price("tea").article());
    }
  }

  @Test
  void healthIsToldUnderTheNameOfLarder() {
    try (var context = Shop.start()) {
      assertTrue(context.containsBean("larderHealthIndicator"));
      assertTrue(context.getBean("larderHealthIndicator").toString().length() > 0);
      var manager = context.getBean(CacheManager.class);
      assertTrue(HealthReport.of(manager).up());
      assertEquals("healthy", HealthReport.of(manager).details().get("status"));
      manager.close();
      assertFalse(HealthReport.of(manager).up());
    }
  }

  @Test
  void healthMayBeSwitchedOff() {
    try (var context = Shop.start("management.health.larder.enabled=false")) {
      assertFalse(context.containsBean("larderHealthIndicator"));
    }
  }
}
