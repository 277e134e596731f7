package dev.larder.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheLoadException;
import dev.larder.CacheLoader;
import dev.larder.LoadTimeoutException;
import dev.larder.RecursiveLoadException;
import dev.larder.testkit.Actor;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Loads by several actors: one load per key, and nobody is blocked who need not be. */
public interface SingleFlightContract extends CacheContract {

  /** Starts a load and returns when it is inside the loader. */
  private static Actor<String> loading(Cache<String, String> cache, Gate gate) {
    var actor = Actor.start("loading", () -> cache.get("k", gate));
    Actor.await(gate.entered);
    return actor;
  }

  @Test
  default void twoActorsShareOneLoad() {
    var cache = open();
    var gate = new Gate();
    var first = loading(cache, gate);
    var second = Actor.start("second", () -> cache.get("k", gate));
    second.awaitWaiting();
    gate.letGo();
    assertEquals("loaded k", first.result());
    assertEquals("loaded k", second.result());
    assertEquals(1, gate.calls());
  }

  @Test
  default void manyActorsShareOneLoadPerKey() {
    var calls = new AtomicInteger();
    var cache = open();
    Actor.together(
        8,
        number -> {
          for (int i = 0; i < 200; i++) {
            var key = "k" + i;
            assertEquals(
                "v" + key,
                cache.get(
                    key,
                    k -> {
                      calls.incrementAndGet();
                      Thread.onSpinWait();
                      return "v" + k;
                    }));
          }
        });
    assertEquals(200, calls.get());
    assertEquals(200, cache.control().stats().loads());
  }

  @Test
  default void failureOfASharedLoadReachesAllWhoWaitedAndNobodyElse() {
    var cache = open();
    var gate = new Gate(new IllegalStateException("no"));
    var first = loading(cache, gate);
    var second = Actor.start("second", () -> cache.get("k", gate));
    second.awaitWaiting();
    gate.letGo();
    assertThrows(CacheLoadException.class, first::result);
    assertThrows(CacheLoadException.class, second::result);
    assertEquals("fine", cache.get("k", key -> "fine"));
  }

  @Test
  default void loadUnderWayBlocksNoOtherKey() {
    var cache = open();
    var gate = new Gate();
    var loading = loading(cache, gate);
    var other =
        Actor.run(
            "other",
            any -> {
              for (int i = 0; i < 100; i++) {
                cache.put("p" + i, "v");
                assertEquals("v", cache.get("p" + i));
                assertEquals("l", cache.get("l" + i, key -> "l"));
                cache.update("u" + i, entry -> true);
              }
              assertFalse(cache.contains("k"));
              assertNull(cache.get("absent"));
            });
    other.result();
    gate.letGo();
    assertEquals("loaded k", loading.result());
  }

  @Test
  default void writeDuringALoadWins() {
    var cache = open();
    var gate = new Gate();
    var loading = loading(cache, gate);
    Actor.run("writer", any -> cache.put("k", "written")).result();
    assertEquals("written", cache.get("k"));
    gate.letGo();
    assertEquals("loaded k", loading.result());
    assertEquals("written", cache.get("k"), "a stale load came over a later write");
  }

  @Test
  default void removalDuringALoadWins() {
    var cache = open();
    var gate = new Gate();
    var loading = loading(cache, gate);
    Actor.run("remover", any -> cache.remove("k")).result();
    gate.letGo();
    assertEquals("loaded k", loading.result());
    assertNull(cache.get("k"), "a load begun before a removal was stored after it");
  }

  @Test
  default void writeAndRemovalDuringALoadLeaveNothing() {
    var cache = open();
    var gate = new Gate();
    var loading = loading(cache, gate);
    cache.put("k", "written");
    cache.remove("k");
    gate.letGo();
    loading.result();
    assertNull(cache.get("k"), "a load begun before a removal was stored after it");
  }

  @Test
  default void invalidationDuringALoadWins() {
    var cache = open();
    var gate = new Gate();
    var loading = loading(cache, gate);
    Actor.run("clearer", any -> cache.clear()).result();
    gate.letGo();
    assertEquals("loaded k", loading.result());
    assertNull(cache.get("k"), "a load begun before an invalidation was stored after it");
  }

  @Test
  default void writeOfAnotherKeyDoesNotOutdateALoad() {
    var cache = open();
    var gate = new Gate();
    var loading = loading(cache, gate);
    cache.put("other", "v");
    cache.remove("other");
    gate.letGo();
    loading.result();
    assertEquals("loaded k", cache.get("k"));
  }

  @Test
  default void callerAfterARemovalGetsAFreshLoad() {
    var cache = open();
    var gate = new Gate();
    var loading = loading(cache, gate);
    cache.remove("k");
    var fresh = Actor.start("fresh", () -> cache.get("k", key -> "fresh"));
    gate.letGo();
    assertEquals("loaded k", loading.result());
    var seen = fresh.result();
    assertTrue(seen.equals("fresh") || seen.equals("loaded k"), seen);
    assertEquals("fresh", cache.get("k", key -> "fresh"), "the outdated value stays out");
  }

  @Test
  default void loadThatAsksForItselfIsANamedError() {
    var cache = open();
    var thrown = bounded(() -> cache.get("k", key -> cache.get("k", again -> "never")));
    recursive(thrown);
    assertEquals("v", cache.get("k", key -> "v"));
  }

  @Test
  default void loadThatAsksForItselfThroughTheCachesLoaderIsANamedError() {
    var self = new SelfReference();
    var cache = open(spec().loader(self));
    self.cache = cache;
    recursive(bounded(() -> cache.get("k")));
    assertEquals("v", cache.get("k", key -> "v"));
  }

  @Test
  default void loadThatAsksForItselfThroughAnotherKeyIsANamedError() {
    var cache = open();
    var thrown =
        bounded(() -> cache.get("a", a -> cache.get("b", b -> cache.get("a", again -> "never"))));
    recursive(thrown);
    assertEquals("v", cache.get("a", key -> "v"));
    assertEquals("v", cache.get("b", key -> "v"));
  }

  @Test
  default void loadsOfTwoActorsThatWaitForEachOtherAreANamedError() {
    var cache = open();
    var both = new CyclicBarrier(2);
    var one = Actor.start("one", () -> caught(() -> crossing(cache, both, "a", "b")));
    var two = Actor.start("two", () -> caught(() -> crossing(cache, both, "b", "a")));
    var first = one.result();
    var second = two.result();
    assertTrue(
        isRecursive(first) || isRecursive(second),
        () -> "neither was told: " + first + ", " + second);
    assertEquals("v", cache.get("fresh", key -> "v"));
    cache.removeAll(java.util.List.of("a", "b"));
    assertEquals("v", cache.get("a", key -> "v"));
    assertEquals("v", cache.get("b", key -> "v"));
  }

  private static String crossing(
      Cache<String, String> cache, CyclicBarrier both, String mine, String theirs) {
    return cache.get(
        mine,
        key -> {
          both.await(Actor.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
          return cache.get(theirs, other -> "of " + theirs);
        });
  }

  private static @Nullable Throwable caught(Runnable work) {
    try {
      work.run();
      return null;
    } catch (CacheLoadException e) {
      return e;
    }
  }

  private static @Nullable Throwable bounded(Runnable work) {
    return Actor.<@Nullable Throwable>start("recursion", () -> caught(work)).result();
  }

  private static void recursive(@Nullable Throwable thrown) {
    assertTrue(isRecursive(thrown), () -> "not a recursion: " + thrown);
  }

  private static boolean isRecursive(@Nullable Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RecursiveLoadException) {
        return true;
      }
    }
    return false;
  }

  @Test
  default void loadThatHangsTimesOutForAllWhoWaitAndBlocksNobodyElse() {
    var cache = open(spec().loadTimeout(Duration.ofSeconds(5)));
    var never = new CountDownLatch(1);
    var entered = new CountDownLatch(1);
    var interrupted = new AtomicBoolean();
    CacheLoader<String, String> hanging =
        key -> {
          entered.countDown();
          try {
            never.await();
          } catch (InterruptedException e) {
            interrupted.set(true);
            throw e;
          }
          return "late";
        };
    var first = Actor.start("first", () -> cache.get("k", hanging));
    Actor.await(entered);
    var second = Actor.start("second", () -> cache.get("k", hanging));
    second.awaitWaiting();
    assertEquals("fine", cache.get("other", key -> "fine"));
    assertThrows(LoadTimeoutException.class, () -> advanceUntilDone(first, Duration.ofSeconds(1)));
    assertThrows(LoadTimeoutException.class, () -> advanceUntilDone(second, Duration.ofSeconds(1)));
    CacheContract.awaitEqual(true, interrupted::get);
    assertFalse(cache.contains("k"));
    assertEquals("again", cache.get("k", key -> "again"));
  }

  @Test
  default void loadWithinItsTimeoutIsFine() {
    var cache = open(spec().loadTimeout(Duration.ofSeconds(5)).loader(key -> "v"));
    assertEquals("v", cache.get("k"));
    advance(Duration.ofSeconds(10));
    assertEquals("v", cache.get("k"));
  }

  @Test
  default void whatALateLoaderStillGivesIsDropped() {
    var cache = open(spec().loadTimeout(Duration.ofSeconds(5)));
    var stubborn = new CountDownLatch(1);
    var finished = new CountDownLatch(1);
    var actor =
        Actor.start(
            "caller",
            () ->
                cache.get(
                    "k",
                    key -> {
                      awaitThroughInterrupts(stubborn);
                      finished.countDown();
                      return "late";
                    }));
    assertThrows(LoadTimeoutException.class, () -> advanceUntilDone(actor, Duration.ofSeconds(1)));
    cache.put("k", "newer");
    stubborn.countDown();
    Actor.await(finished);
    assertEquals("newer", cache.get("k"));
  }

  /** The loader that a timeout cannot stop: it goes on waiting whoever interrupts it. */
  private static void awaitThroughInterrupts(CountDownLatch latch) {
    var open = false;
    while (!open) {
      try {
        open = latch.await(Actor.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        open = latch.getCount() == 0;
      }
    }
  }
}
