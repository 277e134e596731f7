package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.CacheContract.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The batch scope. */
public interface BatchContract extends CacheContract {

  @Test
  default void batchAppliesItsOperationsWhenTheBlockReturns() {
    var cache = open();
    cache.put("gone", "v");
    cache.batch(
        batch -> {
          batch.put("a", "1").put("b", "2").remove("gone").remove("absent");
          assertFalse(cache.contains("a"), "applied before the block returned");
          assertTrue(cache.contains("gone"));
        });
    assertEquals(Map.of("a", "1", "b", "2"), ReadWriteContract.contents(cache));
  }

  @Test
  default void operationsOnOneKeyAreAppliedInOrder() {
    var cache = open();
    cache.batch(batch -> batch.put("a", "1").remove("a").put("a", "2").put("b", "1").remove("b"));
    assertEquals(Map.of("a", "2"), ReadWriteContract.contents(cache));
  }

  @Test
  default void lifeOfItsOwnHoldsInABatch() {
    var cache = open();
    cache.batch(batch -> batch.put("a", "1", Duration.ofSeconds(1)).put("b", "2"));
    advance(999);
    assertEquals("1", cache.get("a"));
    advance(1);
    assertNull(cache.get("a"));
    assertEquals("2", cache.get("b"));
  }

  @Test
  default void nothingIsAppliedWhenTheBlockThrows() {
    var cache = open();
    cache.put("k", "old");
    var thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                cache.batch(
                    batch -> {
                      batch.put("k", "new").put("l", "new");
                      throw new IllegalStateException("no");
                    }));
    assertEquals("no", thrown.getMessage());
    assertEquals(Map.of("k", "old"), ReadWriteContract.contents(cache));
  }

  @Test
  default void emptyBatchDoesNothing() {
    var cache = open();
    cache.batch(batch -> {});
    assertEquals(0, cache.size());
  }

  @Test
  default void batchIsOverWhenTheBlockReturns() {
    var cache = open();
    var kept = new ArrayList<Batch<? super String, ? super String>>();
    cache.batch(kept::add);
    assertThrows(IllegalStateException.class, () -> kept.get(0).put("k", "late"));
    assertFalse(cache.contains("k"));
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  default void argumentsOfABatchAreCheckedAtTheCall() {
    var cache = open();
    cache.put("k", "old");
    fails(NullPointerException.class, () -> cache.batch(null), "block");
    fails(NullPointerException.class, () -> cache.batch(b -> b.put(null, "v")), "key");
    fails(NullPointerException.class, () -> cache.batch(b -> b.put("k", null)), "value");
    fails(NullPointerException.class, () -> cache.batch(b -> b.remove(null)), "key");
    fails(
        IllegalArgumentException.class,
        () -> cache.batch(b -> b.put("k", "v", Duration.ZERO)),
        "timeToLive");
    fails(NullPointerException.class, () -> cache.batch(b -> b.put("k", "v", null)), "timeToLive");
    assertEquals("old", cache.get("k"));
  }

  @Test
  default void largeBatchIsAppliedWhole() {
    var cache = open(spec().unbounded());
    cache.batch(
        batch -> {
          for (int i = 0; i < 5_000; i++) {
            batch.put("k" + i, "v" + i);
          }
        });
    assertEquals(5_000, cache.size());
    assertEquals("v4999", cache.get("k4999"));
  }
}
