package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.fail;

import dev.larder.RecursiveLoadException;
import dev.larder.SingleFlight;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
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

  private static <T> T come(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  @Test
  void stageIsSharedUntilItIsDoneAndThenStored() throws Exception {
    var stage = new CompletableFuture<Object>();
    var first = flights.getOrComputeLater("a", () -> stage);
    var second = flights.getOrComputeLater("a", () -> fail("ran twice"));
    var third = flights.getOrComputeLater("a", () -> fail("ran twice"));
    second.toCompletableFuture().cancel(true);
    assertFalse(cache.containsKey("a"));
    stage.complete("one");
    assertEquals("one", come(first));
    assertEquals("one", come(third));
    assertEquals("one", cache.get("a"));
    assertEquals("one", come(flights.getOrComputeLater("a", () -> fail("ran twice"))));
  }

  @Test
  void whoComputesAtOnceSharesAStage() throws Exception {
    var stage = new CompletableFuture<Object>();
    var first = flights.getOrComputeLater("a", () -> stage);
    var thread = new Thread(() -> stage.complete(flights.getOrCompute("b", () -> "one")));
    thread.start();
    assertEquals("one", flights.getOrCompute("a", () -> fail("ran twice")));
    assertEquals("one", come(first));
    thread.join();
  }

  @Test
  void stageOfNullAndNoStageAreAnswersAndNotStored() throws Exception {
    assertNull(come(flights.getOrComputeLater("a", () -> CompletableFuture.completedFuture(null))));
    assertNull(come(flights.getOrComputeLater("a", () -> null)));
    assertFalse(cache.containsKey("a"));
  }

  /** Forbidden: the flight of a computation that fails is never over. */
  @Test
  void failureOfAStageAndBeforeItIsTheCause() throws Exception {
    var failure = new IOException("no");
    for (var computation :
        List.<Callable<CompletionStage<Object>>>of(
            () -> CompletableFuture.failedFuture(failure),
            () -> CompletableFuture.failedFuture(new CompletionException(failure)),
            () -> {
              throw failure;
            })) {
      var stage = flights.getOrComputeLater("a", computation);
      var thrown = assertThrows(ExecutionException.class, () -> come(stage)).getCause();
      assertInstanceOf(CacheLoaderException.class, thrown);
      assertSame(failure, thrown.getCause());
    }
    assertEquals("one", flights.getOrCompute("a", () -> "one"));
  }

  /** Forbidden: what was begun before a removal is found after it. */
  @Test
  void removalOutdatesAStage() throws Exception {
    var stage = new CompletableFuture<Object>();
    var old = flights.getOrComputeLater("a", () -> stage);
    cache.remove("a");
    assertEquals("new", flights.getOrCompute("a", () -> "new"));
    stage.complete("old");
    assertEquals("old", come(old));
    assertEquals("new", cache.get("a"));
  }

  @Test
  void stageThatAsksForItsOwnKeyIsToldSo() throws Exception {
    var stage =
        flights.getOrComputeLater(
            "a", () -> flights.getOrComputeLater("a", () -> fail("ran for ever")));
    Throwable cause = assertThrows(ExecutionException.class, () -> come(stage));
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    assertInstanceOf(RecursiveLoadException.class, cause);
  }

  /** Forbidden: a stage that never comes keeps others waiting after the cache is closed. */
  @Test
  void closeEndsAStage() {
    var stage = flights.getOrComputeLater("a", CompletableFuture::new);
    cache.close();
    assertThrows(ExecutionException.class, () -> come(stage));
  }

  @Test
  void badArgumentsAreNamed() {
    assertEquals(
        "key",
        assertThrows(NullPointerException.class, () -> flights.getOrCompute(null, () -> "one"))
            .getMessage()
            .split(" ")[0]);
    assertThrows(NullPointerException.class, () -> flights.getOrCompute("a", null));
    assertThrows(NullPointerException.class, () -> flights.getOrComputeLater("a", null));
  }

  @Test
  void closedCacheSaysSo() {
    cache.close();
    assertThrows(IllegalStateException.class, () -> flights.getOrCompute("a", () -> "one"));
  }
}
