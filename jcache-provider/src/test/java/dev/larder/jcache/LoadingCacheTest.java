package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.RecursiveLoadException;
import dev.larder.testkit.Actor;
import java.util.Date;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Loaders that the caller brings, with the rules of JCache. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"memory", "far"})
@SuppressWarnings("JavaUtilDate") // a well-known class whose objects change is the point
class LoadingCacheTest {
  private final Provided provided;

  LoadingCacheTest(String topology) {
    provided = new Provided(topology);
  }

  @AfterEach
  void close() {
    provided.close();
  }

  @SuppressWarnings("unchecked")
  private static <K, V> LoadingCache<K, V> loading(javax.cache.Cache<K, V> cache) {
    return cache.unwrap(LoadingCache.class);
  }

  @Test
  void whatIsMissingIsLoadedOnceForAll() {
    var cache = provided.numbers();
    var loads = new AtomicInteger();
    Actor.together(
        8, number -> assertEquals(1, loading(cache).get("key", key -> loads.incrementAndGet())));
    assertEquals(1, loads.get());
    assertEquals(1, cache.get("key"));
  }

  @Test
  void objectsOfLoaderCacheAndCallerAreEachTheirOwn() {
    var cache =
        provided.cache(
            "dates", new MutableConfiguration<Date, Date>().setTypes(Date.class, Date.class));
    var made = new Date(10);
    var got = loading(cache).get(new Date(1), key -> made);
    made.setTime(11);
    got.setTime(12);
    assertEquals(new Date(10), cache.get(new Date(1)));
    loading(cache).later(new Date(1)).toCompletableFuture().join().setTime(13);
    assertEquals(new Date(10), cache.get(new Date(1)));
  }

  @Test
  void whatTheLoaderThrowsIsTheCause() {
    var cache = provided.numbers();
    var thrown = new IllegalStateException("no");
    var failure =
        assertThrows(
            CacheLoaderException.class,
            () ->
                loading(cache)
                    .get(
                        "key",
                        key -> {
                          throw thrown;
                        }));
    assertSame(thrown, failure.getCause());
    assertNull(cache.get("key"));
  }

  @Test
  void loaderThatWaitsForItselfIsTold() {
    var cache = loading(provided.numbers());
    var failure =
        assertThrows(
            CacheLoaderException.class,
            () -> cache.get("key", key -> cache.get("key", again -> 1)));
    assertInstanceOf(RecursiveLoadException.class, rootOf(failure));
  }

  private static Throwable rootOf(Throwable failure) {
    return failure.getCause() == null ? failure : rootOf(failure.getCause());
  }

  @Test
  void stageGivesTheValueOrNull() {
    var cache = provided.numbers();
    assertNull(loading(cache).later("key").toCompletableFuture().join());
    cache.put("key", 7);
    assertEquals(7, loading(cache).later("key").toCompletableFuture().join());
  }

  @Test
  void wrongArgumentsAndAClosedCacheAreTold() {
    var cache = provided.numbers();
    var loading = loading(cache);
    assertThrows(NullPointerException.class, () -> loading.get(null, key -> 1));
    assertThrows(NullPointerException.class, () -> loading.get("key", null));
    assertThrows(CacheLoaderException.class, () -> loading.get("key", key -> null));
    cache.close();
    assertThrows(IllegalStateException.class, () -> loading.get("key", key -> 1));
    assertThrows(IllegalStateException.class, () -> loading.later("key"));
  }

  @Test
  void allowedClassesComeToThoseOfTheConfiguration() {
    var allowing = new LarderConfiguration<String, Object>().allow("com.shop.*", "org.Other");
    var cache = provided.cache("allowing", allowing);
    var spec = cache.unwrap(dev.larder.Cache.class).control().spec();
    assertEquals("com.shop.*,org.Other", spec.placement().options().get("serial-allow"));
    var refused =
        assertThrows(IllegalArgumentException.class, () -> allowing.allow("com.shop.*,org.Other"));
    assertEquals(
        "'com.shop.*,org.Other' is no pattern of class names; allowed: a name in which * stands"
            + " for any characters, each in an argument of its own",
        refused.getMessage());
  }
}
