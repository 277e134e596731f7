package dev.larder.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheClosedException;
import dev.larder.CacheLoadException;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.testkit.VirtualClock;
import io.micrometer.core.instrument.Tag;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the registry of Prometheus shows of one cache. */
class LarderCacheMetricsTest {
  private final VirtualClock clock = new VirtualClock();
  private final Larder larder = Larder.builder().clock(clock).open();
  private final Scrape scrape = new Scrape();

  @TempDir private Path folder;

  @AfterEach
  void close() {
    larder.close();
    scrape.close();
  }

  private static CacheSpec.Builder<String, Integer> lengths() {
    return CacheSpec.of("lengths", String.class, Integer.class).statistics(true);
  }

  private Cache<String, Integer> bound(CacheSpec.Builder<String, Integer> spec) {
    return LarderCacheMetrics.monitor(scrape.registry, larder.create(spec.build()));
  }

  @Test
  void readsWritesAndRemovalsAreCounted() {
    var cache = bound(lengths().maximumEntries(100));
    cache.putAll(Map.of("a", 1, "bb", 2, "ccc", 3));
    cache.get("a");
    cache.get("bb");
    cache.get("nowhere");
    cache.remove("ccc");
    assertEquals(2, scrape.value("cache_gets_total{cache=\"lengths\",result=\"hit\"}"));
    assertEquals(1, scrape.value("cache_gets_total{cache=\"lengths\",result=\"miss\"}"));
    assertEquals(1, scrape.value("cache_misses_total{cache=\"lengths\",cause=\"unknown\"}"));
    assertEquals(3, scrape.value("cache_puts_total{cache=\"lengths\"}"));
    assertEquals(1, scrape.value("cache_removals_total{cache=\"lengths\"}"));
    assertEquals(2, scrape.value("cache_size{cache=\"lengths\"}"));
    assertEquals(3, scrape.value("cache_size_peak{cache=\"lengths\"}"));
    assertEquals(2, scrape.value("cache_tier_hits_total{cache=\"lengths\",tier=\"memory\"}"));
    assertEquals(1, scrape.value("cache_health{cache=\"lengths\",state=\"healthy\"}"));
    assertEquals(0, scrape.value("cache_health{cache=\"lengths\",state=\"degraded\"}"));
  }

  /** Forbidden: a program that ends soon reads how the cache was when it was bound. */
  @Test
  void firstReadingIsOfItsOwnMomentHoweverSoon() {
    bound(lengths()).put("a", 1);
    assertTrue(scrape.linesNow().contains("cache_puts_total{cache=\"lengths\"} 1.0"));
  }

  @Test
  void entriesThatLeaveAreToldApartByCause() {
    var cache = bound(lengths().maximumEntries(3).expireAfterWrite(Duration.ofMinutes(1)));
    List.of("a", "b", "c", "d", "e").forEach(key -> cache.put(key, 1));
    clock.advance(Duration.ofMinutes(2));
    cache.control().purge();
    assertEquals(2, scrape.value("cache_evictions_total{cache=\"lengths\",cause=\"size\"}"));
    assertEquals(3, scrape.value("cache_evictions_total{cache=\"lengths\",cause=\"expired\"}"));
    assertEquals(2, scrape.value("cache_tier_evictions_total{cache=\"lengths\",tier=\"memory\"}"));
    assertEquals(0, scrape.value("cache_size{cache=\"lengths\"}"));
  }

  @Test
  void loadsFailuresAndTheirTimeAreCounted() {
    var cache = bound(lengths());
    cache.get(
        "slow",
        key -> {
          clock.advance(Duration.ofMillis(250));
          return key.length();
        });
    assertThrows(
        CacheLoadException.class,
        () ->
            cache.get(
                "broken",
                key -> {
                  clock.advance(Duration.ofMillis(500));
                  throw new IllegalStateException("the source is down");
                }));
    assertEquals(1, scrape.value("cache_load_total{cache=\"lengths\",result=\"success\"}"));
    assertEquals(1, scrape.value("cache_load_total{cache=\"lengths\",result=\"failure\"}"));
    assertEquals(2, scrape.value("cache_load_time_seconds_count{cache=\"lengths\"}"));
    assertEquals(0.75, scrape.value("cache_load_time_seconds_sum{cache=\"lengths\"}"));
  }

  @Test
  void weightIsThatOfTheWeigher() {
    var cache = bound(lengths().weigher((key, value) -> value).maximumWeight(100));
    cache.put("a", 10);
    cache.put("b", 20);
    assertEquals(30, scrape.value("cache_weight{cache=\"lengths\"}"));
    assertEquals(2, scrape.value("cache_size{cache=\"lengths\"}"));
  }

  @Test
  void tiersOfADiskAreShownApart() {
    var disk =
        lengths().topology("disk").option("disk.path", folder.resolve("lengths.db").toString());
    var cache = bound(disk);
    cache.put("a", 1);
    cache.get("a");
    assertEquals(1, scrape.value("cache_tier_hits_total{cache=\"lengths\",tier=\"memory\"}"));
    assertEquals(0, scrape.value("cache_tier_hits_total{cache=\"lengths\",tier=\"disk\"}"));
    cache.close();
    var again = bound(disk);
    again.get("a");
    assertEquals(
        1,
        scrape.value("cache_tier_hits_total{cache=\"lengths\",tier=\"disk\"}")
            + scrape.value("cache_tier_hits_total{cache=\"lengths\",tier=\"memory\"}"));
    assertEquals(1, scrape.value("cache_tier_size{cache=\"lengths\",tier=\"disk\"}"));
    assertTrue(scrape.value("cache_tier_memory_bytes{cache=\"lengths\",tier=\"disk\"}") > 0);
  }

  @Test
  void metersReadTogetherAskTheCacheOnce() {
    var cache = bound(lengths());
    var before = scrape.lines();
    cache.put("a", 1);
    assertEquals(before, scrape.linesNow(), "the same moment");
    assertEquals(1, scrape.value("cache_puts_total{cache=\"lengths\"}"));
  }

  @Test
  void bindingSwitchesNoStatisticsOn() {
    var cache = bound(lengths().statistics(false));
    cache.put("a", 1);
    cache.get("a");
    assertEquals(0, scrape.value("cache_gets_total{cache=\"lengths\",result=\"hit\"}"));
    assertEquals(1, scrape.value("cache_size{cache=\"lengths\"}"), "sizes are always known");
    cache.control().recordStats(true);
    cache.get("a");
    assertEquals(1, scrape.value("cache_gets_total{cache=\"lengths\",result=\"hit\"}"));
  }

  @Test
  void closedCacheLeavesItsCountsAndNoSizes() {
    var cache = bound(lengths());
    cache.put("a", 1);
    assertEquals(1, scrape.value("cache_size{cache=\"lengths\"}"));
    cache.close();
    assertTrue(Double.isNaN(scrape.value("cache_size{cache=\"lengths\"}")));
    assertTrue(
        Double.isNaN(scrape.value("cache_health{cache=\"lengths\",state=\"unhealthy\"}")),
        "closed is not unhealthy");
    assertEquals(1, scrape.value("cache_puts_total{cache=\"lengths\"}"));
  }

  @Test
  void nextCacheOfTheNameTakesThePlaceOfTheClosedOne() {
    var cache = bound(lengths());
    cache.put("a", 1);
    cache.put("b", 2);
    cache.close();
    bound(lengths()).put("c", 3);
    assertEquals(1, scrape.value("cache_puts_total{cache=\"lengths\"}"));
    assertEquals(1, scrape.value("cache_size{cache=\"lengths\"}"));
  }

  @Test
  void tagsOfTheUserAreOnEveryMeter() {
    new LarderCacheMetrics(larder.create(lengths().build()), List.of(Tag.of("region", "eu")))
        .bindTo(scrape.registry);
    var lines = scrape.lines();
    assertTrue(lines.size() > 20, lines::toString);
    lines.forEach(line -> assertTrue(line.contains("region=\"eu\""), line));
    lines.forEach(line -> assertTrue(line.contains("cache=\"lengths\""), line));
  }

  @Test
  void closedCacheCannotBeBound() {
    var cache = larder.create(lengths().build());
    cache.close();
    var e =
        assertThrows(
            CacheClosedException.class, () -> LarderCacheMetrics.monitor(scrape.registry, cache));
    assertTrue(e.getMessage().contains("lengths"), e::getMessage);
    assertEquals(List.of(), scrape.lines());
  }

  @Test
  void tagWithoutAValueIsRefused() {
    var cache = larder.create(lengths().build());
    assertThrows(
        IllegalArgumentException.class,
        () -> LarderCacheMetrics.monitor(scrape.registry, cache, "region"));
  }

  @Test
  void namesAreThoseOfTheDocumentation() {
    bound(lengths());
    for (var name : List.of("cache.gets", "cache.puts", "cache.evictions", "cache.removals")) {
      assertFalse(scrape.registry.find(name).tag("cache", "lengths").meters().isEmpty(), name);
    }
    assertNull(scrape.registry.find("cache.gets").tag("result", "maybe").meter());
  }
}
