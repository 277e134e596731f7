package dev.larder.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.MutableEntry;
import dev.larder.RecursiveUpdateException;
import dev.larder.testkit.Actor;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Several actors at one time. Each test names the outcome it forbids: a lost update, a function
 * that runs twice, a torn read, a value older than one already seen, a stale fill, a wrong count, a
 * key that waits for another.
 */
public interface ConcurrencyContract extends CacheContract {
  /** How many actors where more than two are needed. */
  int ACTORS = 8;

  /** Opens a cache of numbers. */
  default Cache<String, Long> counters() {
    return fixture().open(CacheSpec.of("contract", String.class, Long.class).build());
  }

  private static long increment(MutableEntry<String, Long> entry) {
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
            long result = cache.<Long>update("k", ConcurrencyContract::increment);
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

  @Test
  default void compareAndSetSucceedsForExactlyOne() {
    var cache = counters();
    cache.put("k", 0L);
    var wins = new AtomicInteger();
    Actor.together(
        4,
        number -> {
          for (int i = 0; i < 200; i++) {
            var seen = cache.get("k");
            if (seen != null && cache.asMap().replace("k", seen, seen + 1)) {
              wins.incrementAndGet();
            }
          }
        });
    assertEquals((long) wins.get(), cache.get("k"), "two actors replaced one value");
  }

  @Test
  default void onlyOneActorCreatesAndOnlyOneRemoves() {
    var cache = counters();
    var created = new AtomicInteger();
    var removed = new AtomicInteger();
    for (int round = 0; round < 50; round++) {
      var key = "k" + round;
      Actor.together(
          2,
          number -> {
            if (cache.asMap().putIfAbsent(key, (long) number) == null) {
              created.incrementAndGet();
            }
          });
      Actor.together(
          2,
          number -> {
            if (cache.remove(key)) {
              removed.incrementAndGet();
            }
          });
    }
    assertEquals(50, created.get(), "two actors created one entry");
    assertEquals(50, removed.get(), "two actors removed one entry");
  }

  @Test
  default void readsAreNeverTorn() {
    var cache = fixture().open(CacheSpec.of("contract", String.class, String.class).build());
    var over = new AtomicBoolean();
    cache.put("k", "a".repeat(2_000));
    var writer =
        Actor.run(
            "writer",
            any -> {
              for (int i = 0; i < 400; i++) {
                cache.put("k", ("" + (char) ('a' + i % 26)).repeat(1_000 + i % 1_000));
              }
              over.set(true);
            });
    var reader =
        Actor.run(
            "reader",
            any -> {
              while (!over.get()) {
                var seen = cache.get("k");
                assertTrue(seen != null && uniform(seen), () -> "torn read: " + seen);
              }
            });
    writer.result();
    reader.result();
  }

  private static boolean uniform(String text) {
    return text.chars().allMatch(c -> c == text.charAt(0));
  }

  @Test
  default void nobodySeesAnOlderValueThanOneSeenBefore() {
    var cache = counters();
    cache.put("k", 0L);
    var over = new AtomicBoolean();
    var shared = new AtomicLong();
    var writer =
        Actor.run(
            "writer",
            any -> {
              for (long i = 1; i <= 1_000; i++) {
                cache.put("k", i);
              }
              over.set(true);
            });
    var readers =
        List.of(
            Actor.run("reader one", any -> seeOnlyNewer(cache, shared, over)),
            Actor.run("reader two", any -> seeOnlyNewer(cache, shared, over)));
    writer.result();
    readers.forEach(Actor::result);
    assertEquals(1_000, cache.get("k"));
  }

  /** What one reader has seen, another that asks later must not see older. */
  private static void seeOnlyNewer(
      Cache<String, Long> cache, AtomicLong shared, AtomicBoolean over) {
    while (!over.get()) {
      var known = shared.get();
      var seen = cache.get("k");
      assertNotNull(seen);
      assertTrue(seen >= known, () -> seen + " seen after " + known);
      shared.accumulateAndGet(seen, Math::max);
    }
  }

  @Test
  default void ownWriteIsSeenByItsWriterWhateverOthersRead() {
    var cache = counters();
    Actor.together(
        4,
        number -> {
          var key = "k" + number;
          for (long i = 0; i < 300; i++) {
            cache.put(key, i);
            assertEquals(i, cache.get(key), "a writer does not see its own write");
            cache.get("k" + (number + 1) % 4);
            if (i % 3 == 0) {
              cache.remove(key);
              assertNull(cache.get(key), "a writer sees what it removed");
            }
          }
        });
  }

  @Test
  default void loadsAndInvalidationsLeaveNothingStale() {
    var cache = counters();
    var source = new AtomicLong();
    var over = new AtomicBoolean();
    var changer =
        Actor.run(
            "changer",
            any -> {
              for (int i = 0; i < 500; i++) {
                var now = source.incrementAndGet();
                if (i % 2 == 0) {
                  cache.remove("k");
                } else {
                  cache.clear();
                }
                var seen = cache.get("k", key -> source.get());
                assertEquals(now, seen, "stale fill: a load begun before the invalidation");
              }
              over.set(true);
            });
    var reader =
        Actor.run(
            "reader",
            any -> {
              while (!over.get()) {
                assertTrue(cache.get("k", key -> source.get()) <= source.get());
              }
            });
    changer.result();
    reader.result();
  }

  @Test
  default void countersAreExactUnderManyActors() {
    var cache = open(spec().unbounded());
    Actor.together(
        ACTORS,
        number -> {
          for (int i = 0; i < 200; i++) {
            var key = number + ":" + i;
            cache.put(key, "v");
            cache.get(key);
            cache.get("absent");
            if (i % 2 == 0) {
              cache.remove(key);
            }
          }
        });
    var stats = cache.control().stats();
    assertEquals(
        CacheContract.counts(ACTORS * 200, ACTORS * 200, ACTORS * 200, ACTORS * 100),
        CacheContract.counts(stats));
    assertEquals(ACTORS * 100, cache.size());
    assertEquals(ACTORS * 100, ReadWriteContract.contents(cache).size());
  }

  @Test
  default void sizeIsRightAfterManyActorsOnFewKeys() {
    var cache = counters();
    Actor.together(
        ACTORS,
        number -> {
          for (int i = 0; i < 300; i++) {
            var key = "k" + i % 5;
            switch ((i + number) % 4) {
              case 0 -> cache.remove(key);
              case 1 -> cache.asMap().putIfAbsent(key, 1L);
              case 2 -> cache.update(key, ConcurrencyContract::increment);
              default -> cache.put(key, 2L);
            }
          }
        });
    assertEquals(ReadWriteContract.contents(cache).size(), cache.size(), "a wrong count");
  }

  @Test
  default void userCodeUnderOneKeyBlocksNoOtherKey() {
    var cache = counters();
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
                cache.update("other" + i, ConcurrencyContract::increment);
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
  default void bulkReadsAndIterationSeeWholeValuesUnderWriters() {
    var cache = open(spec().unbounded());
    var keys = new HashSet<String>();
    for (int i = 0; i < 200; i++) {
      keys.add("k" + i);
      cache.put("k" + i, "k" + i + "#0");
    }
    var over = new AtomicBoolean();
    var writer =
        Actor.run(
            "writer",
            any -> {
              for (int i = 0; i < 3_000; i++) {
                cache.put("k" + i % 200, "k" + i % 200 + "#" + i);
                cache.put("brief" + i % 50, "brief" + i % 50 + "#");
                cache.remove("brief" + i % 50);
              }
              over.set(true);
            });
    var reader =
        Actor.run(
            "reader",
            any -> {
              do {
                var found = new HashMap<>(cache.getAll(keys));
                assertEquals(keys, found.keySet(), "an entry that stays was missed");
                found.forEach((key, value) -> assertTrue(value.startsWith(key + "#"), value));
                var seen = new HashSet<String>();
                for (var entry : cache) {
                  assertTrue(seen.add(entry.key()), () -> entry.key() + " came twice");
                  assertTrue(entry.value().startsWith(entry.key() + "#"), entry.value());
                }
                assertTrue(seen.containsAll(keys), "an entry that stays was missed");
              } while (!over.get());
            });
    writer.result();
    reader.result();
  }

  @Test
  default void noActorSeesWhatHasExpired() {
    var cache = fixture().open(numbersOfASecond());
    for (int round = 0; round < 30; round++) {
      Actor.together(4, number -> cache.put("k" + number % 2, 1L));
      advance(1_000);
      Actor.together(
          4,
          number -> {
            var key = "k" + number % 2;
            assertNull(cache.get(key), "an expired value was shown");
            assertFalse(cache.contains(key), "an expired value was shown");
            assertNull(cache.asMap().replace(key, 2L), "an expired value was replaced");
          });
    }
    cache.control().purge();
    assertEquals(0, cache.size());
    assertEquals(60, cache.control().stats().expirations(), "a wrong count");
  }

  private static CacheSpec<String, Long> numbersOfASecond() {
    return CacheSpec.of("contract", String.class, Long.class)
        .expireAfterWrite(Duration.ofSeconds(1))
        .build();
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
