package dev.larder.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Bounds;
import dev.larder.Cache;
import dev.larder.CacheEvent;
import dev.larder.CacheSpec;
import dev.larder.RemovalCause;
import dev.larder.testkit.RecordingListener;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Bounds, and who leaves when they are reached. */
public interface EvictionContract extends CacheContract {
  @Test
  default void boundByCountHoldsAfterEveryPut() {
    var cache = open(spec().maximumEntries(100));
    for (int i = 0; i < 5_000; i++) {
      cache.put("k" + i, "v");
      var size = cache.size();
      assertTrue(size <= 100 + fixture().slack(), () -> size + " entries where 100 are allowed");
    }
    cache.control().purge();
    assertTrue(cache.size() <= 100);
    assertTrue(cache.size() >= 90, () -> "only " + cache.size() + " of 100 places are used");
  }

  @Test
  default void everythingWithinTheBoundStays() {
    var cache = open(spec().maximumEntries(100));
    for (int i = 0; i < 100; i++) {
      cache.put("k" + i, "v" + i);
    }
    for (int i = 0; i < 100; i++) {
      assertEquals("v" + i, cache.get("k" + i));
    }
    assertEquals(0, cache.control().stats().evictions());
  }

  @Test
  default void plainBuilderBoundsByAThousandEntries() {
    var cache = open();
    for (int i = 0; i < 3_000; i++) {
      cache.put("k" + i, "v");
    }
    cache.control().purge();
    assertTrue(cache.size() <= 1_000);
  }

  @Test
  default void unboundedOnPurposeKeepsAll() {
    var cache = open(spec().unbounded());
    for (int i = 0; i < 3_000; i++) {
      cache.put("k" + i, "v");
    }
    assertEquals(3_000, cache.size());
  }

  @Test
  default void boundOfZeroKeepsNothingAndTheCacheWorks() {
    var cache = open(spec().maximumEntries(0));
    cache.put("k", "v");
    cache.control().purge();
    assertEquals(0, cache.size());
    assertNull(cache.get("k"));
    assertEquals("loaded", cache.get("k", key -> "loaded"));
    assertEquals(1, cache.<Integer>update("k", entry -> 1));
  }

  @Test
  default void boundByWeightHoldsAfterEveryPut() {
    var cache = open(spec().maximumWeight(1_000).weigher((key, value) -> Integer.parseInt(value)));
    var slack = fixture().slack() * 50;
    for (int i = 0; i < 1_000; i++) {
      cache.put("k" + i, "" + (1 + i % 50));
      var weight = cache.control().stats().weight();
      assertTrue(weight <= 1_000 + slack, () -> "a weight of " + weight + " of 1000");
    }
    cache.control().purge();
    assertEquals(weigh(cache), cache.control().stats().weight());
    assertTrue(weigh(cache) <= 1_000);
    assertTrue(weigh(cache) >= 800, () -> "only " + weigh(cache) + " of 1000 are used");
  }

  private static long weigh(Cache<String, String> cache) {
    return ReadWriteContract.contents(cache).values().stream().mapToLong(Long::parseLong).sum();
  }

  @Test
  default void weightOfAReplacedValueNoLongerCounts() {
    var cache = open(spec().maximumWeight(100).weigher((key, value) -> Integer.parseInt(value)));
    cache.put("k", "60");
    cache.put("k", "50");
    cache.put("l", "50");
    cache.control().purge();
    assertEquals(Map.of("k", "50", "l", "50"), ReadWriteContract.contents(cache));
    assertEquals(100, cache.control().stats().weight());
    cache.remove("k");
    assertEquals(50, cache.control().stats().weight());
    cache.clear();
    assertEquals(0, cache.control().stats().weight());
  }

  @Test
  default void valueThatGrowsDrivesOthersOut() {
    var cache = open(spec().maximumWeight(100).weigher((key, value) -> Integer.parseInt(value)));
    cache.put("a", "30");
    cache.put("b", "30");
    cache.put("b", "90");
    cache.control().purge();
    assertTrue(cache.control().stats().weight() <= 100);
    assertTrue(cache.size() <= 1);
  }

  @Test
  default void entryHeavierThanTheBoundIsNotKept() {
    var cache = open(spec().maximumWeight(100).weigher((key, value) -> Integer.parseInt(value)));
    cache.put("giant", "101");
    cache.control().purge();
    assertNull(cache.get("giant"));
    assertEquals(0, cache.control().stats().weight());
    cache.put("fits", "100");
    cache.control().purge();
    assertEquals("100", cache.get("fits"));
  }

  @Test
  default void entryThatWeighsNothingIsNotEvictedForWeight() {
    var cache = open(spec().maximumWeight(100).weigher((key, value) -> Integer.parseInt(value)));
    cache.put("nothing", "0");
    for (int i = 0; i < 200; i++) {
      cache.put("k" + i, "10");
    }
    cache.control().purge();
    assertEquals("0", cache.get("nothing"));
  }

  @Test
  default void boundByBytesHolds() {
    var cache = open(spec().maximumBytes(200_000));
    var slack = fixture().slack() * 12_000;
    for (int i = 0; i < 200; i++) {
      cache.put("k" + i, "x".repeat(5_000));
      var bytes = cache.control().stats().estimatedBytes();
      assertTrue(bytes <= 200_000 + slack, () -> bytes + " bytes of 200000");
    }
    cache.control().purge();
    assertTrue(cache.control().stats().estimatedBytes() <= 200_000);
    assertTrue(cache.size() >= 10, () -> "only " + cache.size() + " values of 5 KB in 200 KB");
    assertTrue(cache.size() <= 40);
  }

  @Test
  default void everyBoundOfSeveralHolds() {
    var cache =
        open(
            spec()
                .maximumEntries(10)
                .maximumWeight(100)
                .weigher((key, value) -> Integer.parseInt(value)));
    for (int i = 0; i < 100; i++) {
      cache.put("light" + i, "1");
    }
    cache.control().purge();
    assertTrue(cache.size() <= 10);
    for (int i = 0; i < 100; i++) {
      cache.put("heavy" + i, "40");
    }
    cache.control().purge();
    assertTrue(cache.control().stats().weight() <= 100);
  }

  @Test
  default void evictionsAreCountedAndReported() {
    var heard = RecordingListener.<String, String>ofChanges();
    var cache = open(spec().maximumEntries(10).listener(heard, ListenerContract.SYNC));
    for (int i = 0; i < 100; i++) {
      cache.put("k" + i, "v");
    }
    cache.control().purge();
    var left = 100 - cache.size();
    CacheContract.awaitEqual(left, () -> cache.control().stats().evictions());
    var evicted = new HashSet<String>();
    for (int events = 0; events < 100 + left; events++) {
      var event = heard.next();
      if (event.startsWith("REMOVED")) {
        assertTrue(event.endsWith(" EVICTED"), event);
        assertTrue(evicted.add(event), () -> event + " came twice");
      }
    }
    assertEquals(left, evicted.size());
    assertEquals(List.of(), heard.drain());
  }

  @Test
  default void evictedKeysAreThoseThatAreGone() {
    var heard = RecordingListener.<String, String>ofChanges();
    var cache = open(spec().maximumEntries(10).listener(heard, ListenerContract.SYNC));
    for (int i = 0; i < 50; i++) {
      cache.put("k" + i, "v");
    }
    cache.control().purge();
    var here = new HashSet<String>();
    for (long events = 0; events < 50 + 50 - cache.size(); events++) {
      var event = heard.take();
      if (event.type() == CacheEvent.Type.CREATED) {
        here.add(event.key());
      } else {
        assertEquals(RemovalCause.EVICTED, event.cause());
        here.remove(event.key());
      }
    }
    assertEquals(here, ReadWriteContract.contents(cache).keySet());
  }

  @Test
  default void smallerBoundEvictsAtOnceAndALargerOneAdmits() {
    var cache = open(spec().maximumEntries(100));
    for (int i = 0; i < 100; i++) {
      cache.put("k" + i, "v");
    }
    cache.control().resize(Bounds.entries(20));
    assertTrue(cache.size() <= 20, () -> cache.size() + " entries after the resize to 20");
    assertEquals(20, cache.control().spec().bounds().entries());
    cache.control().resize(Bounds.entries(200));
    for (int i = 0; i < 200; i++) {
      cache.put("k" + i, "v");
    }
    assertEquals(200, cache.size());
  }

  @Test
  default void resizeToAWeightNeedsAWeigher() {
    var cache = open(spec().maximumEntries(100));
    CacheContract.fails(
        IllegalArgumentException.class, () -> cache.control().resize(Bounds.weight(10)), "weight");
    cache.put("k", "v");
    assertEquals("v", cache.get("k"));
    assertEquals(100, cache.control().spec().bounds().entries());
  }

  @Test
  default void evictTakesTheColdestAndTellsHowMany() {
    var cache = open(spec().maximumEntries(100));
    for (int i = 0; i < 50; i++) {
      cache.put("k" + i, "v");
    }
    assertEquals(0, cache.control().evict(0));
    assertEquals(20, cache.control().evict(20));
    assertEquals(30, cache.size());
    assertEquals(30, cache.control().evict(1_000));
    assertEquals(0, cache.size());
    assertEquals(50, cache.control().stats().evictions());
    cache.put("k", "v");
    assertEquals("v", cache.get("k"));
  }

  @Test
  default void keyWhoseHashCodeChangesDoesNotBreakTheCache() {
    Assumptions.assumeTrue(fixture().byReference());
    var spec = CacheSpec.of("contract", ChangingKey.class, String.class).maximumEntries(20);
    var cache = fixture().open(spec.build());
    var keys = new ArrayList<ChangingKey>();
    for (int i = 0; i < 20; i++) {
      keys.add(new ChangingKey(i));
      cache.put(keys.get(i), "v" + i);
    }
    keys.forEach(key -> key.change(key.hashCode() + 1_000));
    for (int i = 100; i < 200; i++) {
      cache.put(new ChangingKey(i), "w" + i);
    }
    cache.control().purge();
    assertTrue(cache.size() <= 20 + fixture().slack(), () -> cache.size() + " entries of 20");
    cache.clear();
    assertEquals(0, cache.size());
    cache.put(new ChangingKey(1), "fresh");
    assertEquals("fresh", cache.get(new ChangingKey(1)));
    assertTrue(cache.remove(new ChangingKey(1)));
  }
}
