package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.testkit.Actor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.event.EventType;
import javax.cache.integration.CacheLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What several threads may do to one cache at once, of which the TCK says nothing. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"memory", "far"})
class ConcurrentUseTest {
  private static final int THREADS = 8;
  private static final int ROUNDS = 50;

  private final Provided provided;

  ConcurrentUseTest(String topology) {
    provided = new Provided(topology);
  }

  @AfterEach
  void close() {
    provided.close();
  }

  private static Integer increment(Cache<String, Integer> cache, AtomicInteger runs) {
    return cache.invoke(
        "key",
        (entry, arguments) -> {
          runs.incrementAndGet();
          var next = entry.exists() ? entry.getValue() + 1 : 1;
          entry.setValue(next);
          return next;
        });
  }

  @Test
  void invokeIsAtomicAndRunsOncePerCallUnderEightThreadsOnOneKey() {
    var cache = provided.numbers();
    var runs = new AtomicInteger();
    Set<Integer> results = ConcurrentHashMap.newKeySet();

    Actor.together(
        THREADS,
        number -> {
          for (int round = 0; round < ROUNDS; round++) {
            assertTrue(results.add(increment(cache, runs)), "a result came twice");
          }
        });

    assertEquals(THREADS * ROUNDS, cache.get("key"));
    assertEquals(THREADS * ROUNDS, runs.get());
    assertEquals(THREADS * ROUNDS, results.size());
  }

  @Test
  void conditionalReplacementsLoseNoIncrement() {
    var cache = provided.numbers();
    cache.put("key", 0);

    Actor.together(
        THREADS,
        number -> {
          for (int round = 0; round < ROUNDS; round++) {
            Integer seen;
            do {
              seen = cache.get("key");
            } while (!cache.replace("key", seen, seen + 1));
          }
        });

    assertEquals(THREADS * ROUNDS, cache.get("key"));
  }

  @Test
  void ofManyPutIfAbsentAndGetAndRemoveOneEachSucceeds() {
    var cache = provided.numbers();
    for (int round = 0; round < ROUNDS; round++) {
      var added = new AtomicInteger();
      var taken = new AtomicInteger();

      Actor.together(
          2,
          number -> {
            added.addAndGet(cache.putIfAbsent("key", number) ? 1 : 0);
          });
      Actor.together(
          2,
          number -> {
            taken.addAndGet(cache.getAndRemove("key") == null ? 0 : 1);
          });

      assertEquals(1, added.get());
      assertEquals(1, taken.get());
    }
  }

  @Test
  void countersAreExactUnderEightThreads() throws Exception {
    var cache = provided.numbers();
    var counts = Counts.of(cache);

    Actor.together(
        THREADS,
        number -> {
          for (int round = 0; round < ROUNDS; round++) {
            var key = number + ":" + round;
            cache.get(key);
            cache.put(key, round);
            cache.get(key);
            cache.getAndPut(key, round + 1);
            cache.putIfAbsent(key, 0);
            cache.containsKey(key);
            cache.remove(key);
            cache.remove(key);
            cache.invoke("shared", (entry, arguments) -> entry.exists());
          }
        });

    long each = THREADS * ROUNDS;
    assertEquals(3 * each, counts.get("CacheHits"));
    assertEquals(2 * each, counts.get("CacheMisses"));
    assertEquals(5 * each, counts.get("CacheGets"));
    assertEquals(2 * each, counts.get("CachePuts"));
    assertEquals(each, counts.get("CacheRemovals"));
    assertEquals(0, counts.get("CacheEvictions"));
  }

  @Test
  void getAllAndIteratorsShowWhatStaysThroughoutOnceWhileWritersComeAndGo() {
    var cache = provided.numbers();
    var staying =
        IntStream.range(0, 100).boxed().collect(Collectors.toMap(i -> "stay" + i, i -> i));
    cache.putAll(staying);
    var over = new AtomicBoolean();
    var writer =
        Actor.run(
            "writer",
            any -> {
              for (int round = 0; !over.get(); round++) {
                cache.putAll(Map.of("come" + round % 40, round, "go" + round % 40, round));
                cache.removeAll(Set.of("come" + (round + 7) % 40, "go" + (round + 9) % 40));
              }
            });
    try {
      for (int round = 0; round < 20; round++) {
        assertEquals(staying, cache.getAll(staying.keySet()));
        assertShowsOnce(cache, staying);
      }
    } finally {
      over.set(true);
    }
    writer.result();
  }

  private static void assertShowsOnce(Cache<String, Integer> cache, Map<String, Integer> staying) {
    var seen = new HashMap<String, Integer>();
    for (var entry : cache) {
      assertNotNull(entry.getValue());
      if (entry.getKey().startsWith("stay")) {
        assertEquals(null, seen.put(entry.getKey(), entry.getValue()), "shown twice");
      }
    }
    assertEquals(staying, seen);
  }

  @Test
  void putAllIsAllThereWhenItReturnsWhateverOthersPutElsewhere() {
    var cache = provided.numbers();

    Actor.together(
        4,
        number -> {
          for (int round = 0; round < 20; round++) {
            var mine = Map.of(number + "a", round, number + "b", round, number + "c", round);
            cache.putAll(mine);
            assertEquals(mine, cache.getAll(mine.keySet()));
          }
        });
  }

  @Test
  void removeAllBesideItselfRemovesEachEntryOnce() throws Exception {
    var cache = provided.numbers();
    var entries = new HashMap<String, Integer>();
    IntStream.range(0, 600).forEach(i -> entries.put("key" + i, i));
    cache.putAll(entries);

    Actor.together(3, number -> cache.removeAll());

    assertEquals(600, Counts.of(cache).get("CacheRemovals"));
    assertTrue(!cache.iterator().hasNext());
  }

  @Test
  void synchronousListenersSeeTheChangesOfAKeyInOrderBeforeTheCallerGoesOn() {
    var cache = provided.numbers();
    var told = new Told<String, Integer>();
    cache.registerCacheEntryListener(told.synchronous());
    var runs = new AtomicInteger();

    Actor.together(
        4,
        number -> {
          for (int round = 0; round < 20; round++) {
            var mine = increment(cache, runs);
            assertTrue(
                told.events().stream().anyMatch(event -> event.value().equals(mine)),
                "the caller went on before its event was told");
          }
        });

    var events = told.events();
    assertEquals(80, events.size());
    assertEquals(EventType.CREATED, events.get(0).type());
    for (int each = 1; each < events.size(); each++) {
      assertEquals(events.get(each - 1).value(), events.get(each).before());
    }
  }

  @Test
  void asynchronousListenersSeeEveryChangeOfAKeyInOrder() {
    var cache = provided.numbers();
    var told = new Told<String, Integer>(80);
    cache.registerCacheEntryListener(told.asynchronous());
    var runs = new AtomicInteger();

    Actor.together(
        4,
        number -> {
          for (int round = 0; round < 20; round++) {
            increment(cache, runs);
          }
        });
    Actor.await(told.awaited());

    var values = told.events().stream().map(Told.Event::value).toList();
    assertEquals(IntStream.rangeClosed(1, 80).boxed().toList(), values);
  }

  @Test
  void callersOfOneMissingKeyShareOneLoad() {
    var loads = new AtomicInteger();
    var loader =
        new CacheLoader<String, Integer>() {
          @Override
          public Integer load(String key) {
            return loads.incrementAndGet();
          }

          @Override
          public Map<String, Integer> loadAll(Iterable<? extends String> keys) {
            var loaded = new HashMap<String, Integer>();
            keys.forEach(key -> loaded.put(key, load(key)));
            return loaded;
          }
        };
    var cache =
        provided.cache(
            "loaded",
            new MutableConfiguration<String, Integer>()
                .setReadThrough(true)
                .setCacheLoaderFactory(() -> loader));
    Set<Integer> values = ConcurrentHashMap.newKeySet();

    Actor.together(THREADS, number -> values.add(cache.get("key")));

    assertEquals(1, loads.get());
    assertEquals(Set.of(1), values);
  }
}
