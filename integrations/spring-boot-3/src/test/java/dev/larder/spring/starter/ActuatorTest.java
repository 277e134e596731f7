package dev.larder.spring.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.spring.boot.HealthReport;
import dev.larder.tck.support.Await;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.CacheManager;
import org.junit.jupiter.api.Test;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** Metrics of caches that were there at the start and of others, and health. */
class ActuatorTest {
  private static final Set<String> WHOSE = Set.of("cache", "name", "cache.manager", "cacheManager");

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
        var registry = context.getBean(MeterRegistry.class);
        var size = registry.get("cache.size").tag("name", "prices").gauge();
        Await.until(() -> size.value() == 2); // meters look every 100 ms
        assertEquals(1, gets(context, "prices", "hit"), names);
        assertTrue(gets(context, "prices", "miss") >= 2, names);
        assertEquals(
            1,
            registry
                .get("cache.load")
                .tags("name", "prices", "result", "success")
                .functionCounter()
                .count());
      }
    }
  }

  private static List<Meter.Id> ids(ApplicationContext context) {
    return context.getBean(MeterRegistry.class).getMeters().stream()
        .map(Meter::getId)
        .filter(id -> id.getName().startsWith("cache.") && "prices".equals(id.getTag("cache")))
        .toList();
  }

  /** What a meter counts, without the tags that only say whose it is. */
  private static List<String> counted(List<Meter.Id> ids) {
    return ids.stream()
        .map(
            id ->
                id.getName()
                    + id.getTags().stream()
                        .filter(tag -> !WHOSE.contains(tag.getKey()))
                        .map(Tag::toString)
                        .sorted()
                        .toList())
        .sorted()
        .toList();
  }

  /** Forbidden: one number of a cache under two sets of tags, so that sums count it twice. */
  @Test
  void eachNumberOfACacheIsToldOnceBesideSpringBootsOwnBinder() {
    for (var names : new String[] {"prices", "others"}) {
      try (var context = Shop.start("spring.cache.cache-names=" + names)) {
        assertTrue(context.containsBean("jCacheCacheMeterBinderProvider"), "Spring Boot's own");
        context.getBean(Shop.class).price("tea");
        var counted = counted(ids(context));
        assertEquals(counted.stream().distinct().toList(), counted);
        assertTrue(counted.size() > 20, counted::toString);
        for (var id : ids(context)) {
          var keys = id.getTags().stream().map(Tag::getKey).collect(Collectors.toSet());
          assertTrue(keys.containsAll(Set.of("cache", "name", "cache.manager")), id::toString);
        }
      }
    }
  }

  static class SpringsOwnManager {
    @Bean
    JCacheCacheManager cacheManager(CacheManager manager) {
      return new JCacheCacheManager(manager);
    }
  }

  @Test
  void cachesOfSpringsOwnManagerAreCountedOnceTooBySpringBoot() {
    try (var context =
        Shop.start(SpringsOwnManager.class, "larder.caches.prices.maximum-entries=7")) {
      context.getBean(Shop.class).price("tea");
      var counted = counted(ids(context));
      assertEquals(counted.stream().distinct().toList(), counted);
      assertTrue(counted.contains("cache.gets[tag(result=hit)]"), counted::toString);
    }
  }

  @Test
  void metersGoWhenTheContextCloses() {
    MeterRegistry registry;
    try (var context = Shop.start("spring.cache.cache-names=prices")) {
      registry = context.getBean(MeterRegistry.class);
      assertFalse(ids(context).isEmpty());
    }
    assertEquals(
        List.of(),
        registry.getMeters().stream()
            .map(Meter::getId)
            .filter(id -> id.getName().startsWith("cache."))
            .toList());
  }

  @Test
  void metersOfCachesMayBeSwitchedOff() {
    try (var context =
        Shop.start("spring.cache.cache-names=prices", "management.metrics.enable.cache=false")) {
      assertEquals(List.of(), ids(context));
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
