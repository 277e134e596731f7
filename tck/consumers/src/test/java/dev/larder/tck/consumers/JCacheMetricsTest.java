package dev.larder.tck.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.jcache.LarderConfiguration;
import dev.larder.tck.support.Await;
import dev.larder.tck.support.Place;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.JCacheMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.Cache;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Micrometer's own meters of JCache caches, which read the MBean of the statistics. */
class JCacheMetricsTest {
  private final CacheManager manager = Place.fresh().manager();
  private final MeterRegistry registry = new SimpleMeterRegistry();

  @AfterEach
  void close() {
    manager.getCachingProvider().close();
  }

  private Cache<String, Integer> cache(String name, boolean statistics) {
    var configuration = new LarderConfiguration<>(String.class, Integer.class);
    configuration.with(spec -> spec.maximumEntries(10)).setStatisticsEnabled(statistics);
    return JCacheMetrics.monitor(
        registry, manager.createCache(name, configuration), Tags.of("shop", "one"), true);
  }

  private double gets(String name, String result) {
    return registry
        .get("cache.gets")
        .tags("cache", name, "result", result, "shop", "one")
        .functionCounter()
        .count();
  }

  private double count(String meter, String name) {
    return registry.get(meter).tags("cache", name, "shop", "one").functionCounter().count();
  }

  /** Proves that every meter counts exactly what was done, under the cache's own name. */
  @Test
  @Tag("smoke")
  void everyMeterShowsWhatWasDone() {
    var cache = cache("prices", true);
    var other = cache("other", true);
    cache.put("flour", 1);
    cache.put("sugar", 2);
    cache.put("flour", 3);
    cache.get("flour");
    cache.get("flour");
    cache.get("sugar");
    cache.get("salt");
    cache.remove("sugar");
    cache.remove("salt");
    other.get("flour");
    assertEquals(3, gets("prices", "hit"));
    assertEquals(1, gets("prices", "miss"));
    assertEquals(3, count("cache.puts", "prices"));
    assertEquals(1, count("cache.removals", "prices"));
    assertEquals(0, count("cache.evictions", "prices"));
    assertEquals(0, gets("other", "hit"));
    assertEquals(1, gets("other", "miss"));
    assertEquals(0, count("cache.puts", "other"));
  }

  /** Proves that there is no meter that this test does not know, and none is missing. */
  @Test
  void metersAreThese() {
    cache("prices", true);
    assertEquals(
        Set.of("cache.gets", "cache.puts", "cache.evictions", "cache.removals"),
        registry.getMeters().stream()
            .map(meter -> meter.getId().getName())
            .collect(Collectors.toSet()));
  }

  /** Proves that entries that leave for want of space are counted, and that nothing is lost. */
  @Test
  void evictionsAreCounted() {
    var cache = cache("full", true);
    for (int i = 0; i < 50; i++) {
      cache.put("key " + i, i);
    }
    Await.until(() -> count("cache.evictions", "full") == 40);
    assertEquals(50, count("cache.puts", "full"));
    assertEquals(0, count("cache.removals", "full"));
  }

  /** Proves that entry processors, putIfAbsent and replace are counted as the standard says. */
  @Test
  void conditionalOperationsAreCounted() {
    var cache = cache("prices", true);
    assertTrue(cache.putIfAbsent("flour", 1));
    assertTrue(!cache.putIfAbsent("flour", 2));
    assertTrue(cache.replace("flour", 3));
    assertTrue(!cache.replace("salt", 3));
    cache.invoke(
        "flour",
        (entry, arguments) -> {
          entry.setValue(entry.getValue() + 1);
          return null;
        });
    assertEquals(4, cache.getAndRemove("flour"));
    assertEquals(4, gets("prices", "hit"));
    assertEquals(2, gets("prices", "miss"));
    assertEquals(3, count("cache.puts", "prices"));
    assertEquals(1, count("cache.removals", "prices"));
  }

  /** Proves that a cache without statistics shows nothing, whatever is done, and fails nobody. */
  @Test
  void cacheWithoutStatisticsShowsNothing() {
    var cache = cache("silent", false);
    cache.put("flour", 1);
    cache.get("flour");
    cache.remove("flour");
    assertEquals(0, gets("silent", "hit"));
    assertEquals(0, count("cache.puts", "silent"));
    assertEquals(0, count("cache.removals", "silent"));
  }
}
