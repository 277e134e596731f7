package dev.larder.tck.consumers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.tck.support.Place;
import dev.larder.testkit.Actor;
import io.github.resilience4j.cache.Cache;
import io.github.resilience4j.cache.CacheRegistryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Resilience4j decorates suppliers with a cache, and keeps registries in one. */
class Resilience4jTest {
  private final CacheManager manager = Place.fresh().manager();
  private javax.cache.Cache<String, String> cache;

  @BeforeEach
  void create() {
    cache =
        manager.createCache(
            "answers",
            new MutableConfiguration<String, String>().setTypes(String.class, String.class));
  }

  @AfterEach
  void close() {
    manager.getCachingProvider().close();
  }

  /** Proves that what a supplier gave is not asked for again, and that both count it so. */
  @Test
  @Tag("smoke")
  void supplierRunsOnce() {
    var runs = new AtomicInteger();
    var decorated = Cache.of(cache);
    var answer = Cache.decorateSupplier(decorated, () -> "answer " + runs.incrementAndGet());
    assertEquals("answer 1", answer.apply("question"));
    assertEquals("answer 1", answer.apply("question"));
    assertEquals("answer 1", cache.get("question"));
    assertEquals(1, runs.get());
    assertEquals(1, decorated.getMetrics().getNumberOfCacheHits());
    assertEquals(1, decorated.getMetrics().getNumberOfCacheMisses());
  }

  /** Proves that the other decorations do the same. */
  @Test
  void callableAndCheckedSupplierRunOnceToo() throws Throwable {
    var runs = new AtomicInteger();
    var callable = Cache.decorateCallable(Cache.of(cache), () -> "c" + runs.incrementAndGet());
    assertEquals("c1", callable.apply("callable"));
    assertEquals("c1", callable.apply("callable"));
    var checked =
        Cache.decorateCheckedSupplier(Cache.of(cache), () -> "s" + runs.incrementAndGet());
    assertEquals("s2", checked.apply("checked"));
    assertEquals("s2", checked.apply("checked"));
  }

  /** Proves that threads that miss at once have the supplier run once, and all get its answer. */
  @Test
  void supplierRunsOnceForEightThreads() {
    var runs = new AtomicInteger();
    var answer = Cache.decorateSupplier(Cache.of(cache), () -> "answer " + runs.incrementAndGet());
    Actor.together(8, number -> assertEquals("answer 1", answer.apply("question")));
    assertEquals(1, runs.get());
  }

  /** Proves that a supplier's failure is its caller's, and that nothing is kept of it. */
  @Test
  void failureIsNotCached() {
    var failing =
        Cache.<String, String>decorateSupplier(
            Cache.of(cache),
            () -> {
              throw new IllegalStateException("not now");
            });
    var thrown = assertThrows(RuntimeException.class, () -> failing.apply("question"));
    assertTrue(thrown.toString().contains("not now"), thrown::toString);
    assertFalse(cache.containsKey("question"));
    assertEquals("now", Cache.decorateSupplier(Cache.of(cache), () -> "now").apply("question"));
  }

  /** Proves that the events of hits and misses come with their keys, and none of errors. */
  @Test
  void eventsTellHitsAndMisses() {
    List<String> told = new ArrayList<>();
    var decorated = Cache.of(cache);
    decorated
        .getEventPublisher()
        .onCacheHit(event -> told.add("hit " + event.getCacheKey()))
        .onCacheMiss(event -> told.add("miss " + event.getCacheKey()))
        .onError(event -> told.add("error " + event));
    var answer = Cache.decorateSupplier(decorated, () -> "a");
    assertEquals("a", answer.apply("q"));
    assertEquals("a", answer.apply("q"));
    assertEquals(List.of("miss q", "hit q"), told);
  }

  /** Proves that a cache that is closed hinders nobody: the supplier is asked. */
  @Test
  void closedCacheLetsTheSupplierAnswer() {
    var answer = Cache.decorateSupplier(Cache.of(cache), () -> "a");
    cache.close();
    assertEquals("a", answer.apply("q"));
  }

  /** Proves that a registry in a cache makes what it holds once, also for threads that race. */
  @Test
  void registryMakesAnEntryOnceForEightThreads() {
    var store = new CacheRegistryStore<>(cache);
    var runs = new AtomicInteger();
    Actor.together(
        8,
        number ->
            assertEquals(
                "made 1", store.computeIfAbsent("name", key -> "made " + runs.incrementAndGet())));
    assertEquals(1, runs.get());
  }

  /** Proves the other methods of a registry's store. */
  @Test
  void registryPutsFindsReplacesAndRemoves() {
    var store = new CacheRegistryStore<>(cache);
    assertEquals("one", store.putIfAbsent("name", "one"));
    assertEquals("one", store.putIfAbsent("name", "two"));
    assertEquals(Optional.of("one"), store.replace("name", "three"));
    assertEquals(Optional.of("three"), store.find("name"));
    assertEquals(List.of("three"), List.copyOf(store.values()));
    assertEquals(Optional.of("three"), store.remove("name"));
    assertTrue(store.find("name").isEmpty());
  }
}
