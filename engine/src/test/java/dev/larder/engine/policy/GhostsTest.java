package dev.larder.engine.policy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GhostsTest {
  private final Ghosts ghosts = new Ghosts();

  @Test
  void anEmptyTableKnowsNothing() {
    assertFalse(ghosts.forget(0));
    assertFalse(ghosts.forget(42));
  }

  @Test
  void aHashIsForgottenOnceItWasFound() {
    ghosts.remember(42, 10);

    assertTrue(ghosts.forget(42));
    assertFalse(ghosts.forget(42));
  }

  @Test
  void aHashStopsCountingWhenTheWindowHasPassed() {
    ghosts.remember(42, 10);
    for (int i = 0; i < 9; i++) {
      ghosts.remember(1000 + i, 10);
    }
    assertTrue(ghosts.forget(42), "9 were remembered since");

    ghosts.remember(42, 10);
    for (int i = 0; i < 10; i++) {
      ghosts.remember(2000 + i, 10);
    }
    assertFalse(ghosts.forget(42), "10 were remembered since");
  }

  @Test
  void aSmallerWindowIsHeededAtOnce() {
    for (int i = 0; i < 100; i++) {
      ghosts.remember(i, 100);
    }
    ghosts.remember(100, 5);

    assertFalse(ghosts.forget(50));
    assertTrue(ghosts.forget(98));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000, 100_000})
  void nearlyAllOfTheWindowIsRememberedAndNearlyNothingElse(int window) {
    long seed = 20230923;
    var random = new SplittableRandom(seed);
    int[] given = random.ints(10L * window).toArray();
    for (int hash : given) {
      ghosts.remember(hash, window);
    }

    int found = 0;
    for (int i = 1; i <= window; i++) {
      found += ghosts.forget(given[given.length - i]) ? 1 : 0;
    }
    int mistaken = 0;
    for (int i = 0; i < given.length - window - window / 100 - 1; i++) {
      mistaken += ghosts.forget(given[i]) ? 1 : 0;
    }

    assertTrue(found >= 0.95 * window, "seed " + seed + ": found only " + found);
    assertTrue(mistaken <= 0.001 * given.length, "seed " + seed + ": mistaken " + mistaken);
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 100_000})
  void hashesInSequenceAreSpreadOverTheTable(int window) {
    for (int hash = 0; hash < 3 * window; hash++) {
      ghosts.remember(hash, window);
    }

    int found = 0;
    for (int hash = 2 * window; hash < 3 * window; hash++) {
      found += ghosts.forget(hash) ? 1 : 0;
    }
    assertTrue(found >= 0.95 * window, "found only " + found);
  }
}
