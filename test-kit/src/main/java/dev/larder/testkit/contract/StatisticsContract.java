package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.CacheContract.counts;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.Cache;
import dev.larder.CacheLoadException;
import dev.larder.Life;
import dev.larder.MutableEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What each operation adds to each counter. */
public interface StatisticsContract extends CacheContract {

  /** Checks what an operation adds to hits, misses, puts and removals. */
  private static void adds(
      Cache<String, String> cache, int hits, int misses, int puts, int removals, Runnable work) {
    cache.control().resetStats();
    work.run();
    assertEquals(counts(hits, misses, puts, removals), counts(cache.control().stats()));
  }

  @Test
  default void readsCountHitsAndMisses() {
    var cache = open();
    cache.put("k", "v");
    adds(cache, 1, 0, 0, 0, () -> cache.get("k"));
    adds(cache, 0, 1, 0, 0, () -> cache.get("absent"));
    adds(cache, 1, 2, 0, 0, () -> cache.getAll(List.of("k", "x", "y")));
    adds(cache, 0, 0, 0, 0, () -> cache.contains("k"));
    adds(cache, 0, 0, 0, 0, () -> cache.contains("absent"));
    adds(cache, 0, 0, 0, 0, () -> ReadWriteContract.contents(cache));
    adds(cache, 0, 0, 0, 0, cache::size);
  }

  @Test
  default void writesCountPuts() {
    var cache = open();
    adds(cache, 0, 0, 1, 0, () -> cache.put("k", "1"));
    adds(cache, 0, 0, 1, 0, () -> cache.put("k", "2"));
    adds(cache, 0, 0, 1, 0, () -> cache.put("k", "3", Duration.ofHours(1)));
    adds(cache, 0, 0, 2, 0, () -> cache.putAll(Map.of("a", "1", "k", "4")));
  }

  @Test
  default void removalsCountWhatWasThere() {
    var cache = open();
    cache.putAll(Map.of("a", "1", "b", "2", "c", "3", "d", "4"));
    adds(cache, 0, 0, 0, 1, () -> cache.remove("a"));
    adds(cache, 0, 0, 0, 0, () -> cache.remove("a"));
    adds(cache, 0, 0, 0, 1, () -> cache.removeAll(List.of("a", "b")));
    adds(
        cache,
        0,
        0,
        0,
        1,
        () -> {
          var entries = cache.iterator();
          entries.next();
          entries.remove();
        });
    adds(cache, 0, 0, 0, 0, cache::clear);
  }

  @Test
  default void conditionalWritesCountWhatTheyFoundAndDid() {
    var cache = open();
    var map = cache.asMap();
    adds(cache, 0, 1, 1, 0, () -> map.putIfAbsent("k", "1"));
    adds(cache, 1, 0, 0, 0, () -> map.putIfAbsent("k", "2"));
    adds(cache, 1, 0, 1, 0, () -> map.replace("k", "2"));
    adds(cache, 0, 1, 0, 0, () -> map.replace("absent", "2"));
    adds(cache, 1, 0, 1, 0, () -> map.replace("k", "2", "3"));
    adds(cache, 1, 0, 0, 0, () -> map.replace("k", "2", "4"));
    adds(cache, 0, 1, 0, 0, () -> map.replace("absent", "2", "3"));
    adds(cache, 1, 0, 0, 0, () -> map.remove("k", "2"));
    adds(cache, 1, 0, 0, 1, () -> map.remove("k", "3"));
    adds(cache, 0, 1, 0, 0, () -> map.remove("k", "3"));
    cache.put("k", "v");
    adds(cache, 1, 0, 0, 1, () -> map.remove("k"));
    adds(cache, 0, 1, 0, 0, () -> map.remove("k"));
  }

  @Test
  default void updatesCountWhatTheyFoundAndDid() {
    var cache = open();
    adds(cache, 0, 1, 0, 0, () -> cache.update("k", MutableEntry::exists));
    adds(cache, 0, 1, 1, 0, () -> cache.update("k", entry -> set(entry, "1")));
    adds(cache, 1, 0, 0, 0, () -> cache.update("k", MutableEntry::value));
    adds(cache, 1, 0, 1, 0, () -> cache.update("k", entry -> set(entry, "2")));
    adds(cache, 1, 0, 0, 1, () -> cache.update("k", StatisticsContract::removed));
    adds(cache, 0, 1, 0, 0, () -> cache.update("k", StatisticsContract::removed));
  }

  private static boolean set(MutableEntry<String, String> entry, String value) {
    entry.set(value);
    return true;
  }

  private static boolean removed(MutableEntry<String, String> entry) {
    entry.remove();
    return true;
  }

  @Test
  default void batchCountsItsOperations() {
    var cache = open();
    cache.put("there", "v");
    adds(
        cache,
        0,
        0,
        2,
        1,
        () -> cache.batch(b -> b.put("a", "1").put("b", "2").remove("there").remove("absent")));
  }

  @Test
  default void loadsCountAsMissesAndNotAsPuts() {
    var cache = open();
    adds(cache, 0, 1, 0, 0, () -> cache.get("k", key -> "v"));
    assertEquals(1, cache.control().stats().loads());
    adds(cache, 1, 0, 0, 0, () -> cache.get("k", key -> "v"));
    assertEquals(0, cache.control().stats().loads());
  }

  @Test
  default void bulkLoadCountsOnceAsTheOneCallItIs() {
    var cache = open(spec().loader(key -> "v"));
    adds(cache, 0, 2, 0, 0, () -> cache.getAll(List.of("a", "b")));
    assertEquals(1, cache.control().stats().loads());
  }

  @Test
  default void failedLoadsAreCounted() {
    var cache = open();
    assertThrows(
        CacheLoadException.class,
        () ->
            cache.get(
                "k",
                key -> {
                  throw new IOException("no");
                }));
    var stats = cache.control().stats();
    assertEquals(0, stats.loads());
    assertEquals(1, stats.loadFailures());
    assertEquals(1, stats.misses());
  }

  @Test
  default void valueWithALifeOfZeroIsNoPut() {
    var cache = open(spec().expiry(new Life(0, 0, Life.UNCHANGED, Life.FOREVER, 0)));
    adds(cache, 0, 0, 0, 0, () -> cache.put("k", "v"));
  }

  @Test
  default void expirationsAreCountedAndReadAsMisses() {
    var cache = open(spec().expireAfterWrite(Duration.ofSeconds(1)));
    cache.putAll(Map.of("a", "1", "b", "2"));
    advance(1_000);
    cache.control().resetStats();
    cache.get("a");
    cache.control().purge();
    var stats = cache.control().stats();
    assertEquals("hits 0, misses 1, puts 0, removals 0", counts(stats));
    assertEquals(2, stats.expirations());
  }

  @Test
  default void missesAreSplitByCause() {
    var cache = open(spec().expireAfterWrite(Duration.ofSeconds(1)));
    cache.put("k", "v");
    advance(1_000);
    cache.get("k");
    cache.get("never");
    var stats = cache.control().stats();
    assertEquals(2, stats.misread().values().stream().mapToLong(Long::longValue).sum());
  }

  @Test
  default void statisticsCanBeSwitchedOffAndOn() {
    var cache = open(spec().statistics(false));
    cache.put("k", "v");
    cache.get("k");
    assertEquals("hits 0, misses 0, puts 0, removals 0", counts(cache.control().stats()));
    assertEquals(1, cache.control().stats().size(), "sizes are always known");
    cache.control().recordStats(true);
    cache.get("k");
    assertEquals("hits 1, misses 0, puts 0, removals 0", counts(cache.control().stats()));
    cache.control().recordStats(false);
    cache.get("k");
    assertEquals(1, cache.control().stats().hits());
  }

  @Test
  default void resetSetsCountersToZeroAndKeepsSizes() {
    var cache = open(spec().maximumEntries(2));
    cache.putAll(Map.of("a", "1", "b", "2"));
    cache.put("c", "3");
    cache.get("a");
    cache.get("absent");
    cache.control().purge();
    cache.control().resetStats();
    var stats = cache.control().stats();
    assertEquals("hits 0, misses 0, puts 0, removals 0", counts(stats));
    assertEquals(0, stats.evictions());
    assertEquals(cache.size(), stats.size());
    assertEquals(0, stats.hitRate());
  }

  @Test
  default void hitRateIsHitsAmongReads() {
    var cache = open();
    cache.put("k", "v");
    cache.get("k");
    cache.get("k");
    cache.get("k");
    cache.get("absent");
    assertEquals(0.75, cache.control().stats().hitRate());
  }

  @Test
  default void sizesAreThoseOfTheCache() {
    var cache = open();
    cache.putAll(Map.of("a", "1", "b", "2", "c", "3"));
    cache.remove("a");
    var stats = cache.control().stats();
    assertEquals(2, stats.size());
    assertEquals(2, stats.weight());
  }
}
