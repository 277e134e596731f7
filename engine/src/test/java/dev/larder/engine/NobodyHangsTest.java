package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheEvent;
import dev.larder.CacheListener;
import dev.larder.CacheLoadException;
import dev.larder.CacheLoader;
import dev.larder.CacheSpec;
import dev.larder.CacheWriter;
import dev.larder.Expiry;
import dev.larder.Larder;
import dev.larder.LoadTimeoutException;
import dev.larder.RecursiveLoadException;
import dev.larder.RecursiveUpdateException;
import dev.larder.testkit.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever user code does, nobody is left waiting, and nobody's value is lost to it. Forbidden
 * everywhere: a call that does not return.
 */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class NobodyHangsTest {
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Larder larder = Larder.open();

  @AfterEach
  void close() {
    threads.shutdownNow();
    larder.close();
  }

  private static CacheSpec.Builder<String, String> spec(String name) {
    return CacheSpec.of(name, String.class, String.class);
  }

  @Test
  void aBulkLoadWhoseLoaderAsksForItsOwnKeyIsRefusedAndLeavesNoFlight() {
    var self = new AtomicReference<Cache<String, String>>();
    var cache =
        larder.create(
            spec("bulk")
                .loader(key -> key.equals("a") ? self.get().get("b") : "loaded " + key)
                .build());
    self.set(cache);
    var thrown = assertThrows(CacheLoadException.class, () -> cache.getAll(List.of("a", "b")));
    assertTrue(
        thrown instanceof RecursiveLoadException
            || thrown.getCause() instanceof RecursiveLoadException,
        () -> "" + thrown);
    assertEquals("loaded b", cache.get("b"));
  }

  @Test
  void aBulkLoadInsideAnUpdateOfItsKeyIsRefusedAndLeavesNoFlight() {
    var cache = larder.create(spec("inside").loader(key -> "loaded " + key).build());
    assertThrows(
        RecursiveUpdateException.class,
        () -> cache.update("a", entry -> cache.getAll(List.of("a", "b"))));
    assertEquals("loaded b", cache.get("b"));
    assertEquals("loaded a", cache.get("a"));
  }

  @Test
  void aHugeLoadTimeoutIsNoLongerThanTheLongestTimer() {
    var cache =
        larder.create(
            spec("huge").loader(key -> "v").loadTimeout(Duration.ofDays(200_000)).build());
    assertEquals("v", cache.get("k"));
  }

  @Test
  void aBulkLoadThatHangsTimesOutForAllWhoWait() {
    var never = new CountDownLatch(1);
    CacheLoader<String, String> hanging =
        key -> {
          never.await();
          return "late";
        };
    var cache =
        larder.create(spec("slow").loader(hanging).loadTimeout(Duration.ofMillis(50)).build());
    assertThrows(LoadTimeoutException.class, () -> cache.getAll(List.of("a", "b")));
    assertEquals("fresh", cache.get("b", key -> "fresh"));
  }

  @Test
  void updatesOfTwoCachesThatWaitForEachOtherAreRefused() throws Exception {
    var x = larder.create(spec("x").build());
    var y = larder.create(spec("y").build());
    var both = new CountDownLatch(2);
    var failures = failures(() -> nested(x, y, both), () -> nested(y, x, both));
    assertTrue(failures >= 1, "one of the two is refused");
  }

  private static Void nested(
      Cache<String, String> outer, Cache<String, String> inner, CountDownLatch both) {
    return outer.update(
        "k",
        entry -> {
          meet(both);
          inner.put("k", "v");
          return null;
        });
  }

  @Test
  void anUpdateAndALoadThatWaitForEachOtherAreRefused() throws Exception {
    var cache = larder.create(spec("mixed").build());
    var both = new CountDownLatch(2);
    CacheLoader<String, String> loader =
        key -> {
          meet(both);
          cache.put("a", "from the loader");
          return "b";
        };
    var failures =
        failures(
            () -> cache.get("b", loader),
            () ->
                cache.update(
                    "a",
                    entry -> {
                      meet(both);
                      return cache.get("b", loader);
                    }));
    assertTrue(failures >= 1, "one of the two is refused");
    assertEquals("free", cache.get("c", key -> "free"));
  }

  @Test
  void bulkWritesAndUpdatesThatWaitForEachOtherAreRefusedOrPass() throws Exception {
    var writer =
        new CacheWriter<String, String>() {
          @Override
          public void write(String key, String value) {}

          @Override
          public void delete(String key) {}
        };
    var cache = larder.create(spec("written").writer(writer).build());
    var begun = new CountDownLatch(1);
    var update =
        threads.submit(
            () ->
                cache.update(
                    "k1",
                    entry -> {
                      begun.countDown();
                      cache.putAll(Map.of("k2", "v"));
                      return null;
                    }));
    begun.await();
    var bulk = threads.submit(() -> cache.putAll(Map.of("k1", "w", "k2", "w")));
    ended(update);
    ended(bulk);
    cache.put("k1", "free");
    assertEquals("free", cache.get("k1"));
  }

  private static void meet(CountDownLatch both) {
    both.countDown();
    try {
      assertTrue(both.await(30, TimeUnit.SECONDS), "the other came");
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private int failures(Callable<?> one, Callable<?> other) throws Exception {
    var first = threads.submit(one);
    var second = threads.submit(other);
    return ended(first) + ended(second);
  }

  /** 1 when it failed, 0 when it succeeded; fails the test when it does neither. */
  private static int ended(Future<?> task) throws Exception {
    try {
      task.get(30, TimeUnit.SECONDS);
      return 0;
    } catch (ExecutionException e) {
      return 1;
    }
  }

  @SuppressWarnings(
      "unchecked") // throws any exception as if it were unchecked, as other languages do
  private static <X extends Throwable> void sneak(Throwable thrown) throws X {
    throw (X) thrown;
  }

  @Test
  void aListenerThatThrowsACheckedExceptionIsCountedAndTheNextEventComes() {
    var heard = Collections.synchronizedList(new ArrayList<String>());
    CacheListener<String, String> listener =
        event -> {
          heard.add(event.type() + " " + event.value());
          NobodyHangsTest.<RuntimeException>sneak(new IOException("broken"));
        };
    var cache =
        larder.create(
            spec("sneaky").listener(listener, CacheListener.Delivery.SYNCHRONOUS).build());
    cache.put("k", "1");
    cache.put("k", "2");
    assertEquals(List.of("CREATED 1", "UPDATED 2"), List.copyOf(heard));
    assertEquals(2, cache.control().stats().hookFailures());
  }

  @Test
  void theEventOfAListenersOwnWriteIsTold() {
    var self = new AtomicReference<Cache<String, String>>();
    var heard = new ArrayList<String>();
    CacheListener<String, String> listener =
        event -> {
          heard.add(event.type() + " " + event.value());
          if (event.type() == CacheEvent.Type.CREATED) {
            self.get().put("k", "2");
          }
        };
    var cache =
        larder.create(spec("own").listener(listener, CacheListener.Delivery.SYNCHRONOUS).build());
    self.set(cache);
    cache.put("k", "1");
    assertEquals(List.of("CREATED 1", "UPDATED 2"), heard);
  }

  @Test
  void containsThatComesUponAnExpiredEntryTellsOfIt() {
    var clock = new VirtualClock();
    var heard = new ArrayList<String>();
    CacheListener<String, String> listener = event -> heard.add(event.type() + " " + event.cause());
    try (var timed = Larder.builder().clock(clock).open()) {
      var cache =
          timed.create(
              spec("expired")
                  .expireAfterWrite(Duration.ofSeconds(1))
                  .listener(listener, CacheListener.Delivery.SYNCHRONOUS)
                  .build());
      cache.put("k", "v");
      clock.advance(Duration.ofSeconds(2));
      assertEquals(false, cache.contains("k"));
      assertEquals(List.of("CREATED null", "REMOVED EXPIRED"), heard);
    }
  }

  @Test
  void aReadNeverReDatesTheValueThatCameMeanwhile() {
    var self = new AtomicReference<Cache<String, String>>();
    Expiry<String, String> once =
        new Expiry<>() {
          @Override
          public Duration onCreate(String key, String value) {
            return Duration.ofHours(1);
          }

          @Override
          public Duration onAccess(String key, String value) {
            if (value.equals("one-shot")) {
              self.get().put("k", "precious");
              return Duration.ZERO;
            }
            return Duration.ofHours(1);
          }
        };
    var cache = larder.create(spec("dated").expiry(once).build());
    self.set(cache);
    cache.put("k", "one-shot");
    assertEquals("one-shot", cache.get("k"));
    assertEquals("precious", cache.get("k"));
  }

  @Test
  void aLoadThatWasOutdatedDoesNotEndTheFlightAfterIt() throws Exception {
    var cache = larder.create(spec("flights").build());
    var calls = new AtomicInteger();
    var started = List.of(new CountDownLatch(1), new CountDownLatch(1));
    var go = List.of(new CountDownLatch(1), new CountDownLatch(1));
    CacheLoader<String, String> loader =
        key -> {
          var call = calls.getAndIncrement();
          started.get(call).countDown();
          go.get(call).await();
          return "load " + call;
        };
    var first = threads.submit(() -> cache.get("k", loader));
    started.get(0).await();
    cache.remove("k");
    var second = threads.submit(() -> cache.get("k", loader));
    started.get(1).await();
    go.get(0).countDown();
    assertEquals("load 0", first.get());
    var third = cache.async().get("k", loader);
    go.get(1).countDown();
    assertEquals("load 1", second.get());
    assertEquals("load 1", third.toCompletableFuture().get());
    assertEquals(2, calls.get());
    assertEquals("load 1", cache.get("k"));
  }

  @Test
  void aLoaderThatTakesKeysOutOfWhatItWasAskedIsToldNotTo() {
    CacheLoader<String, String> greedy =
        new CacheLoader<>() {
          @Override
          public String load(String key) {
            return key;
          }

          @Override
          public Map<String, String> loadAll(Set<? extends String> keys) {
            keys.clear();
            return Map.of();
          }
        };
    var cache = larder.create(spec("greedy").loader(greedy).build());
    assertThrows(CacheLoadException.class, () -> cache.getAll(List.of("a", "b")));
    assertEquals("a", cache.get("a"));
  }

  @Test
  void anAsynchronousFailureIsAStageAndNoThrow() {
    var cache = larder.create(spec("async").build());
    var stage =
        cache
            .async()
            .update(
                "k",
                entry -> {
                  throw new IllegalStateException("broken");
                });
    assertThrows(ExecutionException.class, () -> stage.toCompletableFuture().get());
    assertNull(cache.get("k"));
  }
}
