package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.CacheContract.fails;
import static dev.larder.testkit.contract.CacheContract.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheLoadException;
import dev.larder.MutableEntry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The asynchronous view: the same cache. */
public interface AsyncContract extends CacheContract {

  @Test
  default void asynchronousOperationsAreThoseOfTheCache() {
    var cache = open();
    var async = cache.async();
    assertNull(result(async.get("k")));
    result(async.put("k", "v"));
    assertEquals("v", cache.get("k"));
    assertEquals("v", result(async.get("k")));
    assertTrue(result(async.contains("k")));
    result(async.putAll(Map.of("a", "1", "b", "2")));
    assertEquals(Map.of("a", "1", "b", "2"), result(async.getAll(List.of("a", "b", "c"))));
    assertTrue(result(async.remove("a")));
    assertFalse(result(async.remove("a")));
    result(async.removeAll(List.of("b")));
    assertEquals(Map.of("k", "v"), ReadWriteContract.contents(cache));
    result(async.clear());
    assertEquals(0, cache.size());
  }

  @Test
  default void asynchronousPutWithALifeOfItsOwn() {
    var cache = open();
    result(cache.async().put("k", "v", Duration.ofSeconds(1)));
    advance(999);
    assertEquals("v", cache.get("k"));
    advance(1);
    assertNull(result(cache.async().get("k")));
  }

  @Test
  default void asynchronousUpdateRunsOnceAndGivesItsResult() {
    var cache = open();
    var calls = new AtomicInteger();
    var made =
        result(
            cache
                .async()
                .update(
                    "k",
                    entry -> {
                      calls.incrementAndGet();
                      entry.set("v");
                      return "made";
                    }));
    assertEquals("made", made);
    assertEquals(1, calls.get());
    assertEquals("v", result(cache.async().<String>update("k", MutableEntry::value)));
  }

  @Test
  default void asynchronousUpdateThatThrowsFailsItsStageAndChangesNothing() {
    var cache = open();
    cache.put("k", "v");
    var stage =
        cache
            .async()
            .<Boolean>update(
                "k",
                entry -> {
                  entry.set("never");
                  throw new IllegalStateException("no");
                });
    assertEquals("no", assertThrows(IllegalStateException.class, () -> result(stage)).getMessage());
    assertEquals("v", cache.get("k"));
  }

  @Test
  default void asynchronousGetLoads() {
    var cache = open(spec().loader(key -> "of the cache"));
    assertEquals("of the cache", result(cache.async().get("k")));
    assertEquals("of the call", result(cache.async().get("l", key -> "of the call")));
    assertEquals("of the call", cache.get("l"));
    assertEquals(
        Map.of("m", "of the cache", "k", "of the cache"),
        result(cache.async().getAll(List.of("k", "m"))));
  }

  @Test
  default void failedAsynchronousLoadFailsItsStage() {
    var cache = open();
    var stage =
        cache
            .async()
            .get(
                "k",
                key -> {
                  throw new IOException("down");
                });
    var thrown = assertThrows(CacheLoadException.class, () -> result(stage));
    CacheContract.causedBy("down", thrown);
    assertEquals("fine", result(cache.async().get("k", key -> "fine")));
  }

  @Test
  default void operationsAreCountedAsThoseOfTheCache() {
    var cache = open();
    result(cache.async().put("k", "v"));
    result(cache.async().get("k"));
    result(cache.async().get("absent"));
    result(cache.async().remove("k"));
    assertEquals(
        "hits 1, misses 1, puts 1, removals 1", CacheContract.counts(cache.control().stats()));
  }

  @Test
  @SuppressWarnings("NullAway") // on purpose
  default void badArgumentThrowsAtTheCall() {
    var async = open().async();
    fails(NullPointerException.class, () -> async.get(null), "key");
    fails(NullPointerException.class, () -> async.get("k", null), "loader");
    fails(NullPointerException.class, () -> async.getAll(null), "keys");
    fails(NullPointerException.class, () -> async.put("k", null), "value");
    fails(IllegalArgumentException.class, () -> async.put("k", "v", Duration.ZERO), "timeToLive");
    fails(NullPointerException.class, () -> async.putAll(null), "entries");
    fails(NullPointerException.class, () -> async.remove(null), "key");
    fails(NullPointerException.class, () -> async.removeAll(null), "keys");
    fails(NullPointerException.class, () -> async.update("k", null), "function");
    result(async.put("k", "usable"));
    assertEquals("usable", result(async.get("k")));
  }
}
