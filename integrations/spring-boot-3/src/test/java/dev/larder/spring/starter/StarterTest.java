package dev.larder.spring.starter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.Life;
import dev.larder.spring.LarderCache;
import dev.larder.spring.LarderCacheAnnotations;
import dev.larder.spring.LarderCacheManager;
import dev.larder.spring.starter.Shop.Price;
import dev.larder.testkit.Actor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import javax.cache.CacheManager;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.support.NoOpCacheManager;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

class StarterTest {
  @TempDir private Path folder;

  @BeforeEach
  void reset() {
    Shop.RUNS.set(0);
  }

  private static CacheSpec<?, ?> spec(ApplicationContext context, String name) {
    var cache = context.getBean(LarderCacheManager.class).getCache(name);
    return assertInstanceOf(LarderCache.class, cache)
        .getNativeCache()
        .unwrap(dev.larder.Cache.class)
        .control()
        .spec();
  }

  @Test
  void nothingButTheStarterIsNeeded() {
    try (var context = Shop.start()) {
      var shop = context.getBean(Shop.class);
      assertEquals(new Price("tea", 1), shop.price("tea"));
      assertEquals(new Price("tea", 1), shop.price("tea"));
      assertNull(shop.none("ghost"));
      assertNull(shop.none("ghost"));
      assertEquals(2, Shop.RUNS.get());
    }
  }

  @Test
  void propertiesDescribeCachesDefaultsAndPatterns() {
    try (var context =
        Shop.start(
            "larder.defaults.expire-after-write=1h",
            "larder.caches.prices.maximum-entries=7",
            "larder.caches.pri*.expire-after-write=${life}",
            "life=5m")) {
      assertEquals(7, spec(context, "prices").bounds().entries());
      assertEquals(Life.afterWrite(Duration.ofMinutes(5)), spec(context, "prices").expiry().life());
      assertEquals(Life.afterWrite(Duration.ofHours(1)), spec(context, "other").expiry().life());
    }
  }

  @Test
  void fileIsNamedByAPathAndPropertiesWinOverIt() throws IOException {
    var yaml =
        Files.writeString(
            folder.resolve("conf.yaml"), "caches: {prices: {maximum-entries: 7, policy: lru}}");
    for (var named : List.of(yaml.toString(), yaml.toUri().toString())) {
      try (var context =
          Shop.start("larder.config=" + named, "larder.caches.prices.maximum-entries=8")) {
        assertEquals(8, spec(context, "prices").bounds().entries());
        assertEquals("lru", spec(context, "prices").tuning().policy());
      }
    }
    try (var context = Shop.start("spring.cache.jcache.config=" + yaml.toUri())) {
      assertEquals(7, spec(context, "prices").bounds().entries());
    }
  }

  @Test
  void mistakesAreToldWithWhatIsAllowed() {
    var unknown =
        assertThrows(RuntimeException.class, () -> Shop.start("larder.defaults.max-entries=7"));
    assertTrue(told(unknown).contains("maximum-entries"), () -> told(unknown));
    var missing =
        assertThrows(RuntimeException.class, () -> Shop.start("larder.config=/no/such.yaml"));
    assertTrue(
        told(missing).contains("larder.config: there is no '/no/such.yaml'; allowed: a path"),
        () -> told(missing));
  }

  private static String told(Throwable thrown) {
    var cause = thrown.getCause();
    return thrown.getMessage() + (cause == null ? "" : "\n" + told(cause));
  }

  @Test
  void otherKindsOfCachesAreLeftToSpringBoot() {
    try (var context = Shop.start("spring.cache.type=none")) {
      assertInstanceOf(
          NoOpCacheManager.class, context.getBean(org.springframework.cache.CacheManager.class));
      assertTrue(context.getBeansOfType(CacheManager.class).isEmpty());
    }
  }

  @Test
  void namesOfSpringBootAreMadeAtTheStartAndOthersOnlyIfWanted() {
    try (var context =
        Shop.start("spring.cache.cache-names=prices,carts", "larder.spring.create-missing=false")) {
      var caches = context.getBean(LarderCacheManager.class);
      assertTrue(caches.getCacheNames().containsAll(List.of("prices", "carts")));
      assertNull(caches.getCache("unheard of"));
    }
  }

  @Test
  void nullsAreRefusedWhereThatIsSaid() {
    try (var context = Shop.start("larder.spring.cache-null-values=false")) {
      var shop = context.getBean(Shop.class);
      assertThrows(IllegalArgumentException.class, () -> shop.none("ghost"));
    }
  }

  /** Forbidden: computed twice, once for each thread. */
  @Test
  void standardAnnotationsComputeOnceForManyThreads() {
    try (var context = Shop.start()) {
      var shop = context.getBean(Shop.class);
      var all = new CountDownLatch(8);
      Shop.making =
          article -> {
            Actor.await(all);
            return Shop.numbered(article);
          };
      Actor.together(
          8,
          number -> {
            all.countDown();
            assertEquals(new Price("tea", 1), shop.offer("tea"));
          });
      assertEquals(1, Shop.RUNS.get());
    } finally {
      Shop.making = Shop::numbered;
    }
  }

  @Test
  void standardAnnotationsAreLeftToSpringWhereThatIsSaidOrItsManagerIsAnother() {
    try (var context = Shop.start("larder.spring.standard-annotations=false")) {
      assertTrue(context.getBeansOfType(LarderCacheAnnotations.class).isEmpty());
      assertEquals(new Price("tea", 1), context.getBean(Shop.class).offer("tea"));
      assertEquals(new Price("tea", 1), context.getBean(Shop.class).offer("tea"));
    }
    try (var context = Shop.start(Maps.class)) {
      context.getBean(Shop.class).offer("cake");
      var maps = context.getBean(ConcurrentMapCacheManager.class);
      assertTrue(Objects.requireNonNull(maps.getCache("offers")).evictIfPresent("cake"));
    }
  }

  static class Maps {
    @Bean
    ConcurrentMapCacheManager cacheManager() {
      return new ConcurrentMapCacheManager();
    }
  }

  @Test
  void contextsOfOneProcessHaveCachesOfTheirOwn() {
    try (var one = Shop.start()) {
      var other = Shop.start();
      var manager = other.getBean(CacheManager.class);
      assertNotSame(one.getBean(CacheManager.class), manager);
      other.close();
      assertTrue(manager.isClosed());
      assertEquals(new Price("tea", 1), one.getBean(Shop.class).price("tea"));
    }
  }

  @Test
  void classesOfTheApplicationAreAllowedWhereEntriesAreBytes() {
    try (var context = Shop.start()) {
      var allowed = spec(context, "prices").placement().options().get("serial-allow");
      var patterns = List.of(Objects.requireNonNull(allowed).split(","));
      assertTrue(patterns.contains("dev.larder.spring.starter.*"), patterns::toString);
      assertTrue(
          patterns.contains("org.springframework.cache.support.NullValue"), patterns::toString);
    }
    try (var context = Shop.start("larder.spring.serial-allow=com.shop.*")) {
      var allowed = spec(context, "prices").placement().options().get("serial-allow");
      assertFalse(Objects.requireNonNull(allowed).contains("starter"), allowed);
      assertTrue(allowed.contains("com.shop.*"), allowed);
    }
  }
}
