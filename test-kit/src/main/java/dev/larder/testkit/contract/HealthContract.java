package dev.larder.testkit.contract;

import static dev.larder.testkit.contract.CacheContract.fails;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheClosedException;
import dev.larder.Health;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a cache says of itself. */
public interface HealthContract extends CacheContract {

  @Test
  default void openCacheIsHealthyAndTellsItsSizeAndUptime() {
    var cache = open();
    cache.put("k", "v");
    advance(Duration.ofSeconds(90));
    var health = cache.control().health();
    assertEquals(Health.Status.HEALTHY, health.status(), () -> "" + health.reasons());
    assertTrue(health.reasons().isEmpty());
    assertEquals(1, health.size());
    assertEquals(Duration.ofSeconds(90), health.uptime());
  }

  @Test
  default void closedCacheIsUnhealthyWithTheReason() {
    var cache = open();
    cache.close();
    var health = cache.control().health();
    assertEquals(Health.Status.UNHEALTHY, health.status());
    assertTrue(health.reasons().toString().contains("closed"), () -> "" + health.reasons());
    fails(CacheClosedException.class, () -> cache.get("k"), "contract");
  }

  @Test
  default void descriptionTellsTheBoundsInForce() {
    var cache = open(spec().maximumEntries(77));
    assertEquals(77, cache.control().spec().bounds().entries());
    assertEquals("contract", cache.control().spec().name());
    assertFalse(cache.control().spec().expiry().life().sliding());
  }
}
