package dev.larder.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.MutableEntry;
import dev.larder.OutcomeUnknownException;
import dev.larder.RecursiveUpdateException;
import dev.larder.StoreException;
import dev.larder.testkit.Actor;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Update functions by several actors at one time. Each test names the outcome it forbids: a lost
 * update, a function that runs twice, a key that waits for another.
 */
public interface AtomicUpdateContract extends CacheContract {

  /** Adds one to a number that may be absent, and gives the sum. */
  static long increment(MutableEntry<String, Long> entry) {
    var before = entry.value();
    var after = before == null ? 1 : before + 1;
    entry.set(after);
    return after;
  }

  @Test
  default void noUpdateIsLost() {
    var cache = counters();
    var results = ConcurrentHashMap.<Long>newKeySet();
    Actor.together(
        ACTORS,
        number -> {
          for (int i = 0; i < 250; i++) {
            long result = cache.<Long>update("k", AtomicUpdateContract::increment);
            assertTrue(results.add(result), () -> "lost update: " + result + " came twice");
          }
        });
    assertEquals(ACTORS * 250L, cache.get("k"), "lost update");
  }

  @Test
  default void updateFunctionRunsOncePerCall() {
    var cache = counters();
    var runs = new AtomicInteger();
    Actor.together(
        ACTORS,
        number -> {
          for (int i = 0; i < 250; i++) {
            cache.update(
                "k",
                entry -> {
                  runs.incrementAndGet();
                  return increment(entry);
                });
          }
        });
    assertEquals(ACTORS * 250, runs.get(), "double invoke");
  }

  @Test
  default void updateFunctionsOfAKeyRunOneAtATime() {
    var cache = counters();
    var inside = new AtomicInteger();
    var overlaps = new AtomicInteger();
    Actor.together(
        ACTORS,
        number -> {
          for (int i = 0; i < 100; i++) {
            cache.update(
                "k",
                entry -> {
                  overlaps.addAndGet(inside.getAndIncrement());
                  Thread.onSpinWait();
                  inside.decrementAndGet();
                  return increment(entry);
                });
          }
        });
    assertEquals(0, overlaps.get(), "two functions had one key at the same time");
  }

  @Test
  default void putAndUpdateOfOneKeyDoNotMix() {
    var cache = counters();
    cache.put("k", 0L);
    var puts = 300L;
    var putter =
        Actor.run(
            "putter",
            any -> {
              for (long i = 1; i <= puts; i++) {
                cache.put("k", i * 1_000_000);
              }
            });
    var updater =
        Actor.run(
            "updater",
            any -> {
              for (int i = 0; i < 300; i++) {
                long before =
                    cache.<Long>update(
                        "k",
                        entry -> {
                          Long value = entry.value();
                          assertEquals(value, entry.value(), "the value changed under a function");
                          entry.set(value == null ? -1 : value + 1);
                          return value == null ? -1L : value;
                        });
                assertTrue(before >= 0, "the entry was there all the time");
              }
            });
    putter.result();
    updater.result();
    var last = cache.get("k");
    assertTrue(last != null && last >= puts * 1_000_000, () -> "lost update: " + last);
  }

  private Cache<String, Long> countersWithoutBound() {
    return fixture().open(CacheSpec.of("contract", String.class, Long.class).unbounded().build());
  }

  @Test
  default void userCodeUnderOneKeyBlocksNoOtherKey() {
    var cache = fixture().keepsWhatIsLeased() ? counters() : countersWithoutBound();
    var entered = new CountDownLatch(1);
    var open = new CountDownLatch(1);
    cache.put("k", 0L);
    var slow =
        Actor.start(
            "slow",
            () ->
                cache.<Long>update(
                    "k",
                    entry -> {
                      entered.countDown();
                      Actor.await(open);
                      return increment(entry);
                    }));
    Actor.await(entered);
    var others =
        Actor.run(
            "others",
            any -> {
              for (int i = 0; i < 2_000; i++) {
                cache.put("other" + i, 1L);
              }
              for (int i = 0; i < 200; i++) {
                cache.update("other" + i, AtomicUpdateContract::increment);
                cache.asMap().replace("other" + i, 2L, 3L);
                cache.remove("other" + i);
                cache.get("loaded" + i, key -> 5L);
              }
              assertEquals(0, cache.get("k"), "readers of the key see it as it was");
              assertEquals(Map.of("k", 0L), cache.getAll(List.of("k")));
              ReadWriteContract.contents(cache);
            });
    others.result();
    open.countDown();
    assertEquals(1, slow.result());
    assertEquals(1, cache.get("k"));
  }

  @Test
  default void otherWritersOfAKeyWaitForTheFunctionThatHasIt() {
    var cache = counters();
    var entered = new CountDownLatch(1);
    var open = new CountDownLatch(1);
    var slow =
        Actor.start(
            "slow",
            () ->
                cache.<Long>update(
                    "k",
                    entry -> {
                      entered.countDown();
                      Actor.await(open);
                      return increment(entry);
                    }));
    Actor.await(entered);
    var writer = Actor.run("writer", any -> cache.put("k", 100L));
    writer.awaitWaiting();
    assertNull(cache.get("k"));
    open.countDown();
    slow.result();
    writer.result();
    assertEquals(100, cache.get("k"));
  }

  @Test
  default void whoeverIsInterruptedWhileAnotherHasTheKeyKnowsThatNothingWasChanged() {
    var journal = new Journal();
    var cache = open(spec().writer(journal));
    var entered = new CountDownLatch(1);
    var open = new CountDownLatch(1);
    var slow =
        Actor.start(
            "slow",
            () ->
                cache.<Boolean>update(
                    "k",
                    entry -> {
                      entered.countDown();
                      Actor.await(open);
                      entry.set("slow");
                      return true;
                    }));
    Actor.await(entered);
    brokenOff(() -> cache.<Boolean>update("k", entry -> fail("it had the key")));
    brokenOff(() -> cache.put("k", "other"));
    brokenOff(() -> cache.putAll(Map.of("k", "other")));
    open.countDown();
    slow.result();
    assertEquals("slow", cache.get("k"));
    journal.expect("k=slow");
    cache.put("k", "next");
    assertEquals("next", cache.get("k"), "the key was not given back");
  }

  /** Has an actor wait for a key and interrupts it. */
  private static void brokenOff(Runnable write) {
    var waiting =
        Actor.start(
            "waiting",
            () -> {
              var thrown = assertThrows(StoreException.class, write::run);
              assertTrue(Thread.currentThread().isInterrupted(), "the interrupt was swallowed");
              return thrown;
            });
    waiting.awaitWaiting();
    waiting.interrupt();
    var thrown = waiting.result();
    assertFalse(thrown instanceof OutcomeUnknownException, () -> "it is known: " + thrown);
    var message = String.valueOf(thrown.getMessage());
    assertTrue(message.startsWith("cache 'contract': interrupted while"), message);
    assertTrue(message.endsWith("nothing was changed"), message);
  }

  @Test
  default void updateOfTheOwnKeyInsideAnUpdateIsANamedError() {
    var cache = counters();
    cache.put("k", 1L);
    var thrown =
        Actor.<@Nullable Throwable>start(
                "recursion",
                () -> {
                  try {
                    return cache.<@Nullable Throwable>update("k", entry -> nested(cache));
                  } catch (RuntimeException e) {
                    return e;
                  }
                })
            .result();
    assertTrue(isRecursive(thrown), () -> "not a recursion: " + thrown);
    cache.put("k", 3L);
    assertEquals(3, cache.get("k"));
  }

  private static Throwable nested(Cache<String, Long> cache) {
    cache.put("k", 2L);
    throw new AssertionError("the nested write went through");
  }

  private static boolean isRecursive(@Nullable Throwable thrown) {
    for (var cause = thrown; cause != null; cause = cause.getCause()) {
      if (cause instanceof RecursiveUpdateException) {
        return true;
      }
    }
    return false;
  }

  @Test
  default void mapFunctionsAreAtomicToo() {
    var cache = counters();
    var calls = new AtomicInteger();
    Actor.together(
        4,
        number -> {
          for (int i = 0; i < 100; i++) {
            cache.asMap().merge("merged", 1L, Long::sum);
            cache.asMap().compute("computed", (key, value) -> value == null ? 1 : value + 1);
            cache
                .asMap()
                .computeIfAbsent(
                    "absent" + i,
                    key -> {
                      calls.incrementAndGet();
                      return 1L;
                    });
          }
        });
    assertEquals(400, cache.get("merged"), "lost update");
    assertEquals(400, cache.get("computed"), "lost update");
    assertEquals(100, calls.get(), "double invoke");
    assertNotEquals(0, cache.size());
  }
}
