package dev.larder.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheClosedException;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import io.micrometer.core.instrument.Tags;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.List;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** All caches of a manager in a registry. */
class LarderMetricsTest {
  private static final int COLLECTIONS = 100;

  private final Larder larder = Larder.open();
  private final Scrape scrape = new Scrape();

  @AfterEach
  void close() {
    larder.close();
    scrape.close();
  }

  private static CacheSpec<String, String> spec(String name) {
    return CacheSpec.of(name, String.class, String.class).statistics(true).build();
  }

  private long shown(String cache) {
    return scrape.lines().stream().filter(line -> line.contains("\"" + cache + "\"")).count();
  }

  @Test
  void cachesOfNowAndOfLaterHaveMeters() {
    larder.create(spec("now"));
    try (var metrics = LarderMetrics.monitor(scrape.registry, larder, "app", "shop")) {
      assertNotNull(metrics);
      larder.create(spec("later")).put("a", "b");
      larder.cache("described", String.class, String.class);
      assertTrue(shown("now") > 20);
      assertTrue(shown("described") > 20);
      assertEquals(1, scrape.value("cache_puts_total{app=\"shop\",cache=\"later\"}"));
    }
    assertEquals(List.of(), scrape.lines(), "closed: all are taken out");
    larder.create(spec("after"));
    assertEquals(List.of(), scrape.lines(), "closed: none comes");
  }

  @Test
  void tagsMayDependOnTheNameOfTheCache() {
    larder.create(spec("now")).put("a", "b");
    try (var metrics = new LarderMetrics(larder, cache -> Tags.of("name", cache))) {
      metrics.bindTo(scrape.registry);
      assertEquals(1, scrape.value("cache_puts_total{cache=\"now\",name=\"now\"}"));
    }
  }

  @Test
  void metersGoWithTheirCache() {
    LarderMetrics.monitor(scrape.registry, larder);
    var closed = larder.create(spec("closed"));
    larder.create(spec("destroyed"));
    larder.create(spec("stays"));
    closed.close();
    larder.destroy("destroyed");
    assertEquals(0, shown("closed") + shown("destroyed"));
    assertTrue(shown("stays") > 20);
    larder.close();
    assertEquals(List.of(), scrape.lines());
  }

  @Test
  void cacheCreatedAnewCountsFromItsOwnStart() {
    LarderMetrics.monitor(scrape.registry, larder);
    var first = larder.create(spec("users"));
    first.put("a", "b");
    first.put("c", "d");
    first.close();
    larder.create(spec("users")).put("e", "f");
    assertEquals(1, scrape.value("cache_puts_total{cache=\"users\"}"));
  }

  @Test
  void closingToldLateTakesNoMetersOfTheNextCache() {
    var caches = new OpenCaches(scrape.registry, larder, any -> Tags.empty());
    var first = larder.create(spec("users"));
    caches.opened(first);
    first.close();
    var second = larder.create(spec("users"));
    caches.opened(second);
    caches.closed(first);
    caches.opened(first);
    second.put("a", "b");
    assertEquals(1, scrape.value("cache_puts_total{cache=\"users\"}"));
    caches.closed(second);
    assertEquals(List.of(), scrape.lines());
  }

  @Test
  void closedManagerCannotBeBound() {
    larder.close();
    assertThrows(CacheClosedException.class, () -> LarderMetrics.monitor(scrape.registry, larder));
  }

  @Test
  void metersKeepNoCacheAlive() throws InterruptedException {
    var gone = new ReferenceQueue<Object>();
    var seen = new WeakReference<Object>(boundAndClosed(), gone);
    for (int each = 0; each < COLLECTIONS && gone.remove(50) == null; each++) {
      System.gc();
    }
    assertTrue(seen.refersTo(null), "the cache is still reachable");
    assertEquals(1, scrape.value("cache_puts_total{cache=\"users\"}"));
  }

  private Object boundAndClosed() {
    var cache = LarderCacheMetrics.monitor(scrape.registry, larder.create(spec("users")));
    cache.put("a", "b");
    assertEquals(1, scrape.value("cache_puts_total{cache=\"users\"}"));
    cache.close();
    return cache;
  }

  @Test
  void cachesOfJCacheHaveTheSameMeters() {
    try (var manager = Caching.getCachingProvider().getCacheManager()) {
      LarderJCacheMetrics.monitor(scrape.registry, manager, "manager", "default");
      var users =
          manager.createCache(
              "users", new MutableConfiguration<String, String>().setStatisticsEnabled(true));
      users.put("ada", "Ada");
      users.get("ada");
      users.get("bob");
      var tags = "cache=\"users\",manager=\"default\"";
      assertEquals(1, scrape.value("cache_gets_total{" + tags + ",result=\"hit\"}"));
      assertEquals(1, scrape.value("cache_gets_total{" + tags + ",result=\"miss\"}"));
      assertEquals(1, scrape.value("cache_puts_total{" + tags + "}"));
      manager.destroyCache("users");
      assertEquals(List.of(), scrape.lines());
    }
  }

  /** As far as it is asked here: a provider that we do not know. */
  @Test
  void cacheOfAnotherProviderIsRefused() {
    var theirs =
        (javax.cache.Cache<?, ?>)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {javax.cache.Cache.class},
                (proxy, method, arguments) -> {
                  if (method.getName().equals("unwrap")) {
                    throw new IllegalArgumentException("not that type");
                  }
                  return "theirs";
                });
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> LarderJCacheMetrics.monitor(scrape.registry, theirs));
    assertTrue(e.getMessage().startsWith("cache 'theirs' is a "), e::getMessage);
  }

  @Test
  void oneCacheOfJCacheCanBeBoundAlone() {
    try (var manager = Caching.getCachingProvider().getCacheManager()) {
      var users =
          LarderJCacheMetrics.monitor(
              scrape.registry,
              manager.createCache("users", new MutableConfiguration<String, String>()));
      manager.enableStatistics("users", true);
      users.put("ada", "Ada");
      assertEquals(1, scrape.value("cache_puts_total{cache=\"users\"}"));
    }
  }
}
