package dev.larder.engine.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShadowsTest {
  private final Shadows shadows = new Shadows();
  private final SplittableRandom random = new SplittableRandom(20_170_712);

  @ParameterizedTest
  @ValueSource(ints = {40, 1_000, 30_000})
  void aLoopLongerThanTheCacheTakesTheSmallestFilter(int capacity) {
    feed(capacity, 40L * capacity, i -> i % (2 * capacity));

    assertEquals(1, shadows.best().filterPercent());
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 1_000, 30_000})
  void keysThatAreUsedOnlyForAWhileTakeTheLargestFilter(int capacity) {
    // Each key is used three times within three quarters of a cacheful of keys, then never again.
    int apart = capacity / 4;
    feed(capacity, 40L * capacity, i -> i / 3 + i % 3 * apart);

    assertEquals(95, shadows.best().filterPercent());
  }

  @Test
  void aChangeOfTheWorkChangesTheSettings() {
    int capacity = 1_000;
    feed(capacity, 40L * capacity, i -> i % (2 * capacity));
    assertEquals(1, shadows.best().filterPercent());

    feed(capacity, 40L * capacity, i -> 1_000_000 + i / 3 + i % 3 * 250);

    assertEquals(95, shadows.best().filterPercent());
  }

  @Test
  void aCacheThatNeverFillsNeverJudges() {
    var before = shadows.best();
    for (int i = 0; i < 100_000; i++) {
      shadows.access(i % 1_000);
    }

    assertEquals(before, shadows.best());
  }

  @Test
  void chanceDoesNotChangeTheSettings() {
    // All keys alike: no settings are better than others.
    int capacity = 200;
    var before = shadows.best();
    int changes = 0;
    for (int round = 0; round < 200; round++) {
      feed(capacity, 1_000, i -> random.nextInt(10 * capacity));
      changes += shadows.best().equals(before) ? 0 : 1;
      before = shadows.best();
    }

    assertTrue(changes <= 6, "changes " + changes);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 511, 512, 5_000, 100_000, 3_000_000})
  void twoToFiveHundredEntriesAreSampled(int held) {
    for (int entries = 1; entries <= held; entries++) {
      shadows.holds(entries);
    }
    int sampled = 0;
    for (int i = 0; i < held; i++) {
      sampled += shadows.sample(random.nextInt()) ? 1 : 0;
    }

    assertTrue(sampled <= 600, "sampled " + sampled);
    assertTrue(sampled >= Math.min(held, 190), "sampled " + sampled);
  }

  @Test
  void aCacheThatShrankSamplesMoreOfItsKeysAgain() {
    shadows.holds(100_000);
    shadows.isFull(100_000);
    assertTrue(sampledOf(100_000) < 1_000);

    shadows.isFull(1_000);

    assertTrue(sampledOf(100_000) > 20_000);
  }

  private int sampledOf(int hashes) {
    int sampled = 0;
    for (int hash = 0; hash < hashes; hash++) {
      sampled += shadows.sample(hash) ? 1 : 0;
    }
    return sampled;
  }

  /** What a full cache tells. */
  private void feed(int capacity, long accesses, IntUnaryOperator keys) {
    shadows.holds(capacity);
    shadows.isFull(capacity);
    for (int i = 0; i < accesses; i++) {
      int hash = keys.applyAsInt(i);
      if (shadows.sample(hash)) {
        shadows.access(hash);
      }
    }
  }
}
