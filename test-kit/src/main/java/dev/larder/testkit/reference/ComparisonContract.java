package dev.larder.testkit.reference;

import dev.larder.CacheSpec;
import dev.larder.Life;
import dev.larder.testkit.contract.CacheFixture;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Random operations on a cache against the {@link ReferenceCache}, under several rules of expiry.
 * The system property {@code larder.test.seed} sets the first seed, so that a failure can be run
 * again; {@code larder.test.rounds} sets how many follow it.
 */
public interface ComparisonContract {
  /** How many operations a round has. */
  int OPERATIONS = 400;

  /** A fixture for one run. */
  CacheFixture newFixture();

  private void compare(CacheSpec.Builder<String, String> spec) {
    var seed = Long.getLong("larder.test.seed", 20_260_101L);
    var comparison = new RandomOperations(spec.build(), this::newFixture);
    for (int round = 0; round < Integer.getInteger("larder.test.rounds", 5); round++) {
      comparison.compare(seed + round, OPERATIONS);
    }
  }

  private static CacheSpec.Builder<String, String> spec() {
    return CacheSpec.of("comparison", String.class, String.class);
  }

  @Test
  default void cacheWithoutExpiryDoesWhatTheReferenceDoes() {
    compare(spec());
  }

  @Test
  default void cacheWithTimeToLiveDoesWhatTheReferenceDoes() {
    compare(spec().expireAfterWrite(Duration.ofSeconds(2)));
  }

  @Test
  default void cacheWithTimeToIdleDoesWhatTheReferenceDoes() {
    compare(spec().expireAfterAccess(Duration.ofSeconds(2)));
  }

  @Test
  default void cacheWithBothDoesWhatTheReferenceDoes() {
    compare(
        spec().expireAfterAccess(Duration.ofSeconds(1)).expireAfterWrite(Duration.ofSeconds(3)));
  }

  @Test
  default void cacheThatLeavesDeadlinesOnUpdateDoesWhatTheReferenceDoes() {
    compare(spec().expiry(new Life(2_000, Life.UNCHANGED, 500, Life.FOREVER, 0)));
  }

  @Test
  default void cacheThatServesOnceDoesWhatTheReferenceDoes() {
    compare(spec().expiry(new Life(2_000, 1_000, 0, Life.FOREVER, 0)));
  }

  @Test
  default void cacheWithARuleOfItsOwnDoesWhatTheReferenceDoes() {
    // Never zero: whether a conditional write that stored nothing counts as a put is left open.
    compare(spec().expiry((key, value) -> Duration.ofMillis(500L * (1 + value.charAt(1) - '0'))));
  }
}
