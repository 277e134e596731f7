package dev.larder.spring;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.jcache.LarderCachingProvider;
import dev.larder.testkit.Actor;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.cache.CacheManager;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.cache.Cache;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Import;
import org.springframework.core.SpringVersion;

/**
 * What beans with cached methods may rely on, in memory and where entries are bytes in a store that
 * waits. Run on each line of Spring that is supported.
 */
abstract class SpringContract {
  private final LarderCachingProvider provider = new LarderCachingProvider();
  private final LarderCacheManager caches;
  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();
  private final Kitchen kitchen;

  @EnableCaching
  @Import(LarderCacheAnnotations.class)
  static class Caching {}

  SpringContract(String topology) {
    caches = manager(topology);
    context.register(Caching.class);
    context.registerBean("kitchen", Kitchen.class);
    context.registerBean("cacheManager", LarderCacheManager.class, () -> caches);
    context.refresh();
    kitchen = context.getBean(Kitchen.class);
  }

  private LarderCacheManager manager(String topology) {
    var properties = new Properties();
    properties.setProperty("larder.topology", topology);
    properties.setProperty("larder.namespace", getClass().getName());
    properties.setProperty("larder.caches.dishes.maximum-entries", "77");
    return new LarderCacheManager(jcache(properties));
  }

  private CacheManager jcache(Properties properties) {
    return provider.getCacheManager(null, getClass().getClassLoader(), properties);
  }

  @AfterEach
  void close() {
    context.close();
    var manager = Objects.requireNonNull(caches.getCacheManager());
    manager.getCacheNames().forEach(manager::destroyCache);
    provider.close();
  }

  /** The object behind the proxy, whose fields the methods use. */
  private Kitchen behind() {
    try {
      return (Kitchen)
          Objects.requireNonNull(
              ((org.springframework.aop.framework.Advised) kitchen).getTargetSource().getTarget());
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /** The first number of the version of Spring that is to be on the class path. */
  abstract String line();

  @Test
  void springIsOfTheLineThatIsMeant() {
    assertTrue(
        Objects.requireNonNull(SpringVersion.getVersion()).startsWith(line() + "."),
        SpringVersion::getVersion);
  }

  @Test
  void cacheThatIsMissingIsMadeAsTheConfigurationDescribesIt() {
    kitchen.dish("soup");
    var cache = assertInstanceOf(LarderCache.class, caches.getCache("dishes"));
    var spec = cache.getNativeCache().unwrap(dev.larder.Cache.class).control().spec();
    assertEquals(77, spec.bounds().entries());
    kitchen.maybe("soup");
    assertTrue(caches.getCacheNames().containsAll(List.of("dishes", "maybes")));
    assertSame(caches.getCache("maybes"), caches.getCache("maybes"));
  }

  @Test
  void cacheThatIsMissingIsNotMadeWhereThatIsNotWanted() {
    caches.setCreateMissing(false);
    assertNull(caches.getCache("unheard of"));
    assertNotNull(caches.getCache("dishes"), "it has a section of its own");
    var refused = assertThrows(IllegalArgumentException.class, () -> kitchen.maybe("soup"));
    assertTrue(refused.getMessage().contains("maybes"), refused::getMessage);
  }

  @Test
  void manyThreadsThatAskFirstGetOneCache() {
    var seen = java.util.concurrent.ConcurrentHashMap.<Cache>newKeySet();
    Actor.together(8, number -> seen.add(Objects.requireNonNull(caches.getCache("new"))));
    assertEquals(1, seen.size());
  }

  @Test
  void methodRunsOnceForEachArgument() {
    assertEquals("dish of soup", kitchen.dish("soup"));
    assertEquals("dish of soup", kitchen.dish("soup"));
    assertEquals("dish of cake", kitchen.dish("cake"));
    assertEquals(2, behind().runs("dish"));
    assertEquals("dish of soup and cake", kitchen.menu("soup", "cake"));
    assertEquals("dish of soup and cake", kitchen.menu("soup", "cake"));
    assertEquals(1, behind().runs("menu"));
  }

  @Test
  void nullIsCached() {
    behind().recipe = name -> null;
    for (var round = 0; round < 2; round++) {
      assertNull(kitchen.dish("nothing"));
      assertNull(kitchen.onlyDish("none"));
      assertNull(kitchen.result("nothing"));
      assertEquals(Optional.empty(), kitchen.maybe("nothing"));
    }
    for (var method : List.of("dish", "onlyDish", "result", "maybe")) {
      assertEquals(1, behind().runs(method), method);
    }
  }

  @Test
  void nullIsRefusedWhereThatIsWantedAndNothingIsStored() {
    var strict = new LarderCacheManager(Objects.requireNonNull(caches.getCacheManager()));
    strict.setAllowNullValues(false);
    strict.afterPropertiesSet();
    var cache = Objects.requireNonNull(strict.getCache("strict"));
    assertThrows(IllegalArgumentException.class, () -> cache.put("key", null));
    var refused =
        assertThrows(Cache.ValueRetrievalException.class, () -> cache.get("key", () -> null));
    assertInstanceOf(IllegalArgumentException.class, refused.getCause());
    assertNull(cache.get("key"));
  }

  @Test
  void syncComputesOnceForManyThreads() {
    computesOnceForManyThreads(() -> kitchen.onlyDish("soup"), "onlyDish");
  }

  @Test
  void resultOfTheStandardAnnotationIsComputedOnceForManyThreads() {
    computesOnceForManyThreads(() -> kitchen.result("soup"), "result");
  }

  /** Forbidden: the method runs twice for one key, though all came while nothing was cached. */
  private void computesOnceForManyThreads(Supplier<?> call, String method) {
    var all = new CountDownLatch(1);
    behind().recipe =
        name -> {
          Actor.await(all);
          return "dish of " + name;
        };
    var asking = new AtomicInteger();
    Actor.together(
        16,
        number -> {
          if (asking.incrementAndGet() == 16) {
            all.countDown();
          }
          assertEquals("dish of soup", call.get());
        });
    assertEquals(1, behind().runs(method));
  }

  @Test
  void springsAnnotationsMeanTheEntriesOfTheStandardOnes() {
    assertEquals("dish of soup", kitchen.result("soup"));
    kitchen.evictResult("soup");
    kitchen.result("soup");
    assertEquals(2, behind().runs("result"));
    kitchen.putResult("cake", "cold cake");
    assertEquals("cold cake", kitchen.result("cake"));
    kitchen.remove("cake");
    assertEquals("dish of cake", kitchen.result("cake"));
    behind().recipe = name -> null;
    assertNull(kitchen.result("nothing"));
    var held = Objects.requireNonNull(caches.getCache("results")).get("nothing");
    assertNull(Objects.requireNonNull(held, "null was kept").get());
  }

  @Test
  void cacheThatWasDestroyedIsMadeAgain() {
    kitchen.dish("soup");
    Objects.requireNonNull(caches.getCacheManager()).destroyCache("dishes");
    assertEquals("dish of soup", kitchen.dish("soup"));
    assertEquals("dish of soup", kitchen.dish("soup"));
    assertEquals(2, behind().runs("dish"));
  }

  @Test
  void syncMethodMayCallItselfForOtherKeysAndForItsOwn() {
    behind().self = kitchen;
    assertEquals(5050, kitchen.sum(100));
    assertEquals(101, behind().runs("sum"));
    assertEquals("dish of soup, dish of soup, dish of soup", kitchen.loop("soup"));
  }

  @Test
  void exceptionsComeAsTheyAreThrownAndAreNotCached() {
    var thrown = new IllegalStateException("burnt");
    behind().recipe =
        name -> {
          throw thrown;
        };
    for (var round = 1; round <= 2; round++) {
      assertSame(thrown, assertThrows(IllegalStateException.class, () -> kitchen.dish("soup")));
      assertSame(thrown, assertThrows(IllegalStateException.class, () -> kitchen.onlyDish("soup")));
      assertEquals(round, behind().runs("onlyDish"));
    }
  }

  @Test
  void whatWasComputedBeforeAnEvictionIsNotStoredAfterIt() {
    behind().recipe =
        name -> {
          kitchen.evict(name);
          return "old " + name;
        };
    assertEquals("old soup", kitchen.onlyDish("soup"));
    behind().recipe =
        name -> {
          kitchen.clear();
          return "older " + name;
        };
    assertEquals("older soup", kitchen.onlyDish("soup"));
    behind().recipe = name -> "new " + name;
    assertEquals("new soup", kitchen.onlyDish("soup"));
  }

  @Test
  void putReplacesAndEvictionsRemove() {
    kitchen.put("soup", "cold soup");
    assertEquals("cold soup", kitchen.dish("soup"));
    kitchen.evict("soup");
    assertEquals("dish of soup", kitchen.dish("soup"));
    kitchen.dish("cake");
    kitchen.clear();
    kitchen.dish("soup");
    kitchen.dish("cake");
    assertEquals(4, behind().runs("dish"));
  }

  @Test
  void futuresAreCachedOnceTheyAreComplete() {
    behind().pending = new CompletableFuture<>();
    var first = kitchen.later("soup");
    assertFalse(first.isDone());
    behind().pending.complete("late soup");
    assertEquals("late soup", first.join());
    assertEquals("late soup", kitchen.later("soup").join());
    assertEquals(1, behind().runs("later"));
  }

  @Test
  void syncFuturesAreComputedOnceAndFailuresAreNotCached() {
    behind().pending = new CompletableFuture<>();
    var waiting = List.of(kitchen.onlyLater("soup"), kitchen.onlyLater("soup"));
    behind().pending.complete(null);
    waiting.forEach(each -> assertNull(each.join()));
    assertNull(kitchen.onlyLater("soup").join());
    assertEquals(1, behind().runs("onlyLater"));

    behind().pending = CompletableFuture.failedFuture(new IllegalStateException("burnt"));
    var failure = assertThrows(CompletionException.class, () -> kitchen.onlyLater("cake").join());
    assertEquals("burnt", Objects.requireNonNull(failure.getCause()).getMessage());
    behind().pending = null;
    assertEquals("dish of cake", kitchen.onlyLater("cake").join());
  }

  @Test
  void reactiveTypesAreCachedByWhatTheyBringEmptyOnesIncluded() {
    for (var round = 0; round < 2; round++) {
      assertEquals("dish of soup", kitchen.mono("soup").block());
      assertEquals(List.of("first", "dish of soup"), kitchen.flux("soup").collectList().block());
    }
    behind().recipe = name -> null;
    assertNull(kitchen.mono("nothing").block());
    assertNull(kitchen.mono("nothing").block());
    assertEquals(2, behind().runs("mono"));
    assertEquals(1, behind().runs("flux"));
  }

  @Test
  void syncMonoIsSubscribedToOnceForAllWhoAskMeanwhile() {
    behind().pending = new CompletableFuture<>();
    var waiting = List.of(kitchen.onlyMono("soup").toFuture(), kitchen.onlyMono("soup").toFuture());
    behind().pending.complete("late soup");
    waiting.forEach(each -> assertEquals("late soup", each.join()));
    assertEquals("late soup", kitchen.onlyMono("soup").block());
    assertEquals(1, behind().runs("onlyMono"));
  }

  @Test
  void futureThatWasComputedBeforeAnEvictionIsNotStoredAfterIt() {
    var cache = Objects.requireNonNull(caches.getCache("futures"));
    var old = new CompletableFuture<String>();
    var asked = new CountDownLatch(1);
    var first =
        cache.retrieve(
            "soup",
            () -> {
              asked.countDown();
              return old;
            });
    Actor.await(asked);
    cache.evict("soup");
    old.complete("old soup");
    assertEquals("old soup", first.join());
    assertEquals(
        "new soup",
        cache.retrieve("soup", () -> CompletableFuture.completedFuture("new soup")).join());
  }

  @Test
  void whoAsksForTheValueWaitsForTheFutureThatIsUnderWay() {
    var cache = Objects.requireNonNull(caches.getCache("futures"));
    var soup = new CompletableFuture<String>();
    var asked = new CountDownLatch(1);
    var first =
        cache.retrieve(
            "shared",
            () -> {
              asked.countDown();
              return soup;
            });
    Actor.await(asked);
    var second = Actor.start("gets", () -> cache.get("shared", () -> "another soup"));
    second.awaitWaiting();
    soup.complete("soup");
    assertEquals("soup", first.join());
    assertEquals("soup", second.result());
  }

  @Test
  void cacheSpeaksSpringsWords() {
    var cache = Objects.requireNonNull(caches.getCache("words"));
    assertEquals("words", cache.getName());
    assertNull(cache.putIfAbsent("soup", "hot"));
    assertEquals("hot", Objects.requireNonNull(cache.putIfAbsent("soup", "cold")).get());
    assertEquals("hot", cache.get("soup", String.class));
    assertThrows(IllegalStateException.class, () -> cache.get("soup", Integer.class));
    assertTrue(cache.evictIfPresent("soup"));
    assertFalse(cache.evictIfPresent("soup"));
    cache.put("soup", "hot");
    assertTrue(cache.invalidate());
    assertFalse(cache.invalidate());
  }
}
