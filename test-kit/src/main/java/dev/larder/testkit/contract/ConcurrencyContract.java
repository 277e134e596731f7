package dev.larder.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.testkit.Actor;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Several actors at one time. Each test names the outcome it forbids: a lost update, a function
 * that runs twice, a torn read, a value older than one already seen, a stale fill, a wrong count, a
 * key that waits for another.
 */
public interface ConcurrencyContract extends CacheContract {
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
              case 2 -> cache.update(key, AtomicUpdateContract::increment);
              default -> cache.put(key, 2L);
            }
          }
        });
    assertEquals(ReadWriteContract.contents(cache).size(), cache.size(), "a wrong count");
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
}
