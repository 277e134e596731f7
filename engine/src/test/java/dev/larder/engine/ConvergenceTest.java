package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.testkit.VirtualClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Many threads write, remove, evict, expire, clear and grant the same few keys. Forbidden when they
 * have ended: the policy counts other entries than the table holds, weighs them otherwise, or the
 * bound is passed. Forbidden on the way: more entries than the bound and one for each thread.
 */
class ConvergenceTest {
  private static final int THREADS = 4;
  private static final int BOUND = 64;

  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final VirtualClock clock = new VirtualClock();
  private final Larder larder = Larder.builder().clock(clock).open();

  @AfterEach
  void close() {
    threads.shutdownNow();
    larder.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"adaptive", "s3-fifo", "lru", "lfu", "sieve", "ttl"})
  void countsAgreeWithEntriesWhenAllIsQuiet(String policy) throws Exception {
    var spec =
        CacheSpec.of("count", Integer.class, Integer.class).maximumEntries(BOUND).policy(policy);
    var cache = larder.create(spec.build());
    storm(cache, 7);
    check(cache);
    assertTrue(
        cache.control().stats().peakSize() <= BOUND + THREADS,
        () -> "peak " + cache.control().stats().peakSize());
    assertTrue(cache.size() <= BOUND, () -> "size " + cache.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"adaptive", "s3-fifo", "lru", "size"})
  void weightsAgreeWithEntriesWhenAllIsQuiet(String policy) throws Exception {
    var spec =
        CacheSpec.of("weight", Integer.class, Integer.class)
            .maximumWeight(500)
            .weigher((key, value) -> Math.abs(value) % 10)
            .policy(policy);
    var cache = larder.create(spec.build());
    storm(cache, 11);
    check(cache);
    long weight = 0;
    for (var entry : cache) {
      weight += Math.abs(entry.value()) % 10;
    }
    assertEquals(weight, cache.control().stats().weight(), "the weight the policy counts");
    assertTrue(weight <= 500, "weight " + weight);
  }

  private void check(Cache<Integer, Integer> cache) {
    clock.advance(Duration.ofSeconds(1));
    cache.control().purge();
    int entries = 0;
    for (var entry : cache) {
      assertEquals(entry.value(), cache.asMap().get(entry.key()));
      entries++;
    }
    assertEquals(entries, cache.size(), "entries that the policy counts");
  }

  private void storm(Cache<Integer, Integer> cache, long seed) throws Exception {
    var storms = new ArrayList<Callable<Void>>();
    for (int thread = 0; thread < THREADS; thread++) {
      var random = new Random(seed * 31 + thread);
      storms.add(() -> blow(cache, random));
    }
    for (var storm : threads.invokeAll(storms)) {
      storm.get();
    }
  }

  private Void blow(Cache<Integer, Integer> cache, Random random) {
    for (int step = 0; step < 30_000; step++) {
      Integer key = random.nextInt(300);
      Integer value = random.nextInt();
      switch (random.nextInt(16)) {
        case 0, 1 -> cache.remove(key);
        case 2 -> cache.update(key, entry -> change(entry, value));
        case 3 -> cache.put(key, value, Duration.ofMillis(1));
        case 4 -> cache.asMap().replace(key, value);
        case 5 -> cache.get(key, missing -> value);
        case 6 -> evictOrClear(cache, step);
        case 7, 8, 9 -> cache.put(key, value);
        default -> cache.get(key);
      }
    }
    return null;
  }

  private static Void change(dev.larder.MutableEntry<Integer, Integer> entry, Integer value) {
    if (value % 3 == 0) {
      entry.remove();
    } else {
      entry.set(value);
    }
    return null;
  }

  private void evictOrClear(Cache<Integer, Integer> cache, int step) {
    if (step % 97 == 0) {
      cache.clear();
    } else if (step % 5 == 0) {
      clock.advance(Duration.ofMillis(1));
    } else {
      cache.control().evict(2);
    }
  }
}
