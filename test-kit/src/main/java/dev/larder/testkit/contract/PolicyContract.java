package dev.larder.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Who leaves, by the name of the policy. */
public interface PolicyContract extends CacheContract {
  /** The policies that come with Larder. */
  List<String> POLICIES =
      List.of(
          "adaptive", "lru", "lfu", "fifo", "mru", "sieve", "s3-fifo", "w-tinylfu", "ttl", "size");

  @Test
  default void everyPolicyKeepsTheBoundAndTheEntries() {
    Assumptions.assumeTrue(fixture().choosesPolicy());
    for (var policy : POLICIES) {
      var spec = spec().maximumEntries(50).policy(policy).build();
      try (var cache = fixture().open(spec)) {
        for (int i = 0; i < 1_000; i++) {
          var value = "v" + i;
          cache.put("k" + i % 170, value);
          cache.get("k" + (i * 7) % 170);
          cache.put("brief" + i % 13, "v", Duration.ofMillis(1 + i % 5));
          cache.remove("k" + (i * 3) % 170);
          if (i % 10 == 0) {
            advance(1);
          }
          var size = cache.size();
          assertTrue(size <= 50 + fixture().slack(), () -> policy + " keeps " + size + " of 50");
        }
        cache.control().purge();
        for (var entry : ReadWriteContract.contents(cache).entrySet()) {
          assertEquals(entry.getValue(), cache.get(entry.getKey()), policy);
        }
        assertTrue(cache.control().stats().evictions() > 0, policy);
      }
    }
  }

  /** Fills a cache of ten entries that reads all but one of them, adds one, and tells who left. */
  private String victim(String policy) {
    Assumptions.assumeTrue(fixture().choosesPolicy());
    try (var cache = fixture().open(spec().maximumEntries(10).policy(policy).build())) {
      for (int i = 0; i < 10; i++) {
        cache.put(
            "k" + i, "x".repeat(10 + (i == 7 ? 500 : i)), Duration.ofHours(i == 5 ? 1 : 2 + i));
      }
      for (int i = 0; i < 10; i++) {
        if (i != 3) {
          cache.get("k" + i);
        }
      }
      cache.put("new", "v", Duration.ofHours(50));
      cache.control().purge();
      for (int i = 0; i < 10; i++) {
        if (!cache.contains("k" + i)) {
          return "k" + i;
        }
      }
      return cache.contains("new") ? "nobody" : "new";
    }
  }

  @Test
  default void lruEvictsWhatWasUsedLongestAgo() {
    assertEquals("k3", victim("lru"));
  }

  @Test
  default void lfuEvictsWhatWasUsedLeast() {
    assertEquals("k3", victim("lfu"));
  }

  @Test
  default void fifoEvictsTheOldest() {
    assertEquals("k0", victim("fifo"));
  }

  @Test
  default void sieveEvictsTheOldestThatWasNotRead() {
    assertEquals("k3", victim("sieve"));
  }

  @Test
  default void ttlEvictsTheSoonestToExpire() {
    assertEquals("k5", victim("ttl"));
  }

  @Test
  default void sizeEvictsTheLargest() {
    Assumptions.assumeTrue(fixture().choosesPolicy());
    var spec =
        spec().maximumWeight(1_000).weigher((key, value) -> value.length()).policy("size").build();
    try (var cache = fixture().open(spec)) {
      cache.put("small", "x".repeat(100));
      cache.put("large", "x".repeat(600));
      cache.put("middle", "x".repeat(250));
      cache.put("one more", "x".repeat(200));
      cache.control().purge();
      assertFalse(cache.contains("large"));
      assertEquals(3, cache.size());
    }
  }
}
