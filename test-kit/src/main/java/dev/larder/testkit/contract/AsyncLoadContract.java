package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.CacheContract.result;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.larder.testkit.Actor;
import org.junit.jupiter.api.Test;

/** Asynchronous loads do not hold their caller, and share with everybody. */
public interface AsyncLoadContract extends CacheContract {

  @Test
  default void asynchronousLoadRunsOnTheExecutorAndIsShared() {
    var cache = open();
    var gate = new Gate();
    var first = cache.async().get("k", gate).toCompletableFuture();
    Actor.await(gate.entered);
    assertFalse(first.isDone());
    var second = cache.async().get("k", gate).toCompletableFuture();
    var third = Actor.start("third", () -> cache.get("k", gate));
    third.awaitWaiting();
    gate.letGo();
    assertEquals("loaded k", result(first));
    assertEquals("loaded k", result(second));
    assertEquals("loaded k", third.result());
    assertEquals(1, gate.calls());
  }

  @Test
  default void asynchronousUpdateDoesNotHoldItsCaller() {
    var cache = open();
    var gate = new Gate();
    var stage =
        cache
            .async()
            .update(
                "k",
                entry -> {
                  entry.set(gate.load("k"));
                  return true;
                })
            .toCompletableFuture();
    Actor.await(gate.entered);
    assertFalse(stage.isDone());
    gate.letGo();
    result(stage);
    assertEquals("loaded k", cache.get("k"));
  }
}
