package dev.larder.testkit.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheLoadException;
import dev.larder.testkit.Actor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Single flight over several managers: one computes for all, and who computes and never comes back
 * holds up nobody for longer than its time.
 */
public interface SharedLoadContract extends SharedContract {

  private static Actor<String> loading(Cache<String, String> cache, Gate gate) {
    var actor = Actor.start("loading", () -> cache.get("k", gate));
    Actor.await(gate.entered);
    return actor;
  }

  @Test
  default void oneManagerLoadsForTwo() {
    var one = open();
    var other = elsewhere(spec());
    var gate = new Gate();
    var asked = new AtomicInteger();
    var first = loading(one, gate);
    var second =
        Actor.start("second", () -> other.get("k", key -> "own " + asked.incrementAndGet()));
    second.awaitWaiting();
    gate.letGo();
    assertEquals("loaded k", first.result());
    assertEquals("loaded k", advanceUntilDone(second, Duration.ofMillis(10)));
    assertEquals(0, asked.get(), "both loaded");
  }

  @Test
  default void manyManagersShareOneLoadPerKey() {
    var caches = new ArrayList<Cache<String, String>>();
    for (int i = 0; i < MANAGERS; i++) {
      caches.add(elsewhere(spec()));
    }
    var calls = new AtomicInteger();
    var actors = new ArrayList<Actor<Boolean>>();
    for (var cache : caches) {
      actors.add(
          Actor.run(
              "manager",
              any -> {
                for (int i = 0; i < 50; i++) {
                  var key = "k" + i;
                  assertEquals("v" + key, cache.get(key, k -> "v" + k + counted(calls)));
                }
              }));
    }
    actors.forEach(actor -> advanceUntilDone(actor, Duration.ofMillis(1)));
    assertEquals(50, calls.get(), "a key was loaded more than once");
  }

  private static String counted(AtomicInteger calls) {
    calls.incrementAndGet();
    return "";
  }

  @Test
  default void waitingForALoadOfAnotherBlocksNoOtherKey() {
    var one = open();
    var other = elsewhere(spec());
    var gate = new Gate();
    var first = loading(one, gate);
    var second = Actor.start("second", () -> other.get("k", key -> "never"));
    second.awaitWaiting();
    Actor.run(
            "third",
            any -> {
              assertEquals("l", other.get("l", key -> "l"));
              other.put("p", "v");
              assertEquals("v", other.get("p"));
            })
        .result();
    gate.letGo();
    first.result();
    assertEquals("loaded k", advanceUntilDone(second, Duration.ofMillis(10)));
  }

  @Test
  default void failureOfOneManagersLoadHasTheNextOneLoad() {
    var one = open();
    var other = elsewhere(spec());
    var gate = new Gate(new IllegalStateException("no"));
    var first = loading(one, gate);
    var second = Actor.start("second", () -> other.get("k", key -> "own"));
    second.awaitWaiting();
    gate.letGo();
    assertThrows(CacheLoadException.class, first::result);
    assertEquals("own", advanceUntilDone(second, Duration.ofMillis(10)));
    assertEquals("own", one.get("k"));
  }

  @Test
  default void writeOfAnotherEndsTheWaitForALoad() {
    var one = open();
    var other = elsewhere(spec());
    var gate = new Gate();
    var first = loading(one, gate);
    var second = Actor.start("second", () -> other.get("k", key -> "own"));
    second.awaitWaiting();
    elsewhere(spec()).put("k", "written");
    assertEquals("written", advanceUntilDone(second, Duration.ofMillis(10)));
    gate.letGo();
    first.result();
    assertEquals("written", one.get("k"), "a stale load came over a later write");
  }

  @Test
  default void loadThatNeverEndsIsTakenOverAfterItsTime() {
    var one = open();
    var other = elsewhere(spec());
    var gate = new Gate();
    var first = loading(one, gate);
    var began = fixture().clock().exact();
    var second = Actor.start("second", () -> other.get("k", key -> "own"));
    second.awaitWaiting();
    assertEquals("own", advanceUntilDone(second, Duration.ofSeconds(1)));
    var waited = fixture().clock().exact() - began;
    var most = fixture().longestLoad().plusSeconds(10).toMillis();
    assertTrue(waited <= most, () -> "the other waited " + waited + " ms");
    gate.letGo();
    assertEquals("loaded k", first.result());
    assertEquals("own", one.get("k"), "a load that was too late was stored");
  }

  @Test
  default void managerThatClosesWhileItLoadsIsTakenOver() {
    var larder = fixture().anotherManager();
    var one = larder.create(fixture().placed(spec().build()));
    var other = open();
    var gate = new Gate();
    var first = Actor.start("loading", () -> one.get("k", gate));
    Actor.await(gate.entered);
    var second = Actor.start("second", () -> other.get("k", key -> "own"));
    second.awaitWaiting();
    larder.close();
    assertEquals("own", advanceUntilDone(second, Duration.ofSeconds(1)));
    gate.letGo();
    assertThrows(RuntimeException.class, first::result);
    assertEquals("own", other.get("k"));
  }
}
