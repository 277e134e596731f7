package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.RecursiveLoadException;
import dev.larder.SingleFlight;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.integration.CacheLoaderException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A JCache cache as a {@link SingleFlight}. */
class SingleFlightTest {
  private final CacheManager manager =
      Caching.getCachingProvider("dev.larder.jcache.LarderCachingProvider").getCacheManager();
  private Cache<String, Object> cache;
  private SingleFlight<String, Object> flights;

  @BeforeEach
  @SuppressWarnings("unchecked")
  void open() {
    cache =
        manager.createCache(
            "flights",
            new MutableConfiguration<String, Object>().setTypes(String.class, Object.class));
    flights = cache.unwrap(SingleFlight.class);
  }

  @AfterEach
  void destroy() {
    manager.destroyCache("flights");
  }

  @Test
  void computesWhatIsMissingAndStoresIt() {
    assertEquals("one", flights.getOrCompute("a", () -> "one"));
    assertEquals("one", flights.getOrCompute("a", () -> "two"));
    assertEquals("one", cache.get("a"));
  }

  @Test
  void nullIsAnAnswerAndNotStored() {
    assertNull(flights.getOrCompute("a", () -> null));
    assertFalse(cache.containsKey("a"));
  }

  @Test
  void copiesWhatGoesInAndOut() {
    var own = new ArrayList<>(List.of("a"));
    @SuppressWarnings("unchecked")
    var first = (List<String>) flights.getOrCompute("a", () -> own);
    own.add("b");
    first.add("c");
    assertEquals(List.of("a"), cache.get("a"));
  }

  @Test
  void failureIsTheCause() {
    var failure = new IOException("no");
    var thrown =
        assertThrows(
            CacheLoaderException.class,
            () ->
                flights.getOrCompute(
                    "a",
                    () -> {
                      throw failure;
                    }));
    assertSame(failure, thrown.getCause());
    assertFalse(cache.containsKey("a"));
  }

  @Test
  void waitForItselfIsSaidToBeOne() {
    var thrown =
        assertThrows(
            CacheLoaderException.class,
            () -> flights.getOrCompute("a", () -> flights.getOrCompute("a", () -> "inner")));
    Throwable cause = thrown;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    assertInstanceOf(RecursiveLoadException.class, cause);
  }

  @Test
  void badArgumentsAreNamed() {
    assertEquals(
        "key",
        assertThrows(NullPointerException.class, () -> flights.getOrCompute(null, () -> "one"))
            .getMessage()
            .split(" ")[0]);
    assertThrows(NullPointerException.class, () -> flights.getOrCompute("a", null));
  }

  @Test
  void closedCacheSaysSo() {
    cache.close();
    assertThrows(IllegalStateException.class, () -> flights.getOrCompute("a", () -> "one"));
  }
}
