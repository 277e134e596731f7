package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.CacheContract.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.CacheClosedException;
import dev.larder.CacheException;
import dev.larder.Health;
import dev.larder.testkit.Actor;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** The end of a cache. */
public interface LifecycleContract extends CacheContract {

  @Test
  default void closingTwiceIsClosingOnce() {
    var cache = open();
    cache.put("k", "v");
    cache.close();
    cache.close();
  }

  @Test
  default void everyMethodAfterCloseIsAClearError() {
    var cache = open();
    cache.put("k", "v");
    var map = cache.asMap();
    var async = cache.async();
    var control = cache.control();
    cache.close();
    List<Executable> calls =
        List.of(
            () -> cache.get("k"),
            () -> cache.get("k", key -> "v"),
            () -> cache.getAll(List.of("k")),
            () -> cache.contains("k"),
            () -> cache.put("k", "v"),
            () -> cache.put("k", "v", Duration.ofSeconds(1)),
            () -> cache.putAll(Map.of("k", "v")),
            () -> cache.remove("k"),
            () -> cache.removeAll(List.of("k")),
            cache::clear,
            () -> cache.update("k", entry -> true),
            () -> cache.batch(batch -> batch.put("k", "v")),
            cache::size,
            cache::iterator,
            () -> map.get("k"),
            () -> map.put("k", "v"),
            () -> map.putIfAbsent("k", "v"),
            () -> map.replace("k", "v", "w"),
            () -> map.remove("k", "v"),
            map::size,
            () -> CacheContract.result(async.get("k")),
            () -> CacheContract.result(async.put("k", "v")),
            () -> CacheContract.result(async.update("k", entry -> true)),
            control::purge);
    for (int i = 0; i < calls.size(); i++) {
      var call = i;
      fails(
          CacheClosedException.class,
          () -> {
            try {
              calls.get(call).execute();
            } catch (CacheClosedException e) {
              throw e;
            } catch (Exception e) {
              throw new AssertionError("call " + call, e);
            }
          },
          "contract",
          "closed");
    }
  }

  @Test
  default void nameDescriptionAndHealthOutliveTheCache() {
    var cache = open();
    cache.close();
    assertEquals("contract", cache.name());
    assertEquals("contract", cache.control().spec().name());
    assertEquals(Health.Status.UNHEALTHY, cache.control().health().status());
  }

  @Test
  default void closeDuringALoadFailsTheLoad() {
    var cache = open();
    var gate = new Gate();
    var loading = Actor.start("loading", () -> cache.get("k", gate));
    Actor.await(gate.entered);
    Actor.run("closer", any -> cache.close()).result();
    gate.letGo();
    assertThrows(CacheException.class, loading::result);
  }

  @Test
  default void closeWhileOthersWorkIsNothingButAClearErrorToThem() {
    var cache = open();
    Actor.together(
        4,
        number -> {
          try {
            for (int i = 0; i < 2_000; i++) {
              cache.put("k" + i % 10, "v");
              cache.get("k" + i % 7);
              if (number == 0 && i == 500) {
                cache.close();
              }
            }
          } catch (CacheClosedException e) {
            assertEquals(true, String.valueOf(e.getMessage()).contains("contract"));
          }
        });
  }
}
