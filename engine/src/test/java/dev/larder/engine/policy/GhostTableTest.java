package dev.larder.engine.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GhostTableTest {
  private static final long WRAP = 1 << 16;
  private final GhostTable ghosts = new GhostTable();

  @Test
  void anEmptyTableKnowsNothing() {
    ghosts.sweep(3);

    assertEquals(GhostTable.UNKNOWN, ghosts.forget(0, 5));
    assertEquals(GhostTable.UNKNOWN, ghosts.forget(42, 5));
  }

  @Test
  void theAgeIsTheTimeSinceTheHashWasSeen() {
    ghosts.remember(42, 1_000, 3_000, 10);

    assertEquals(4_000, ghosts.forget(42, 5_000));
  }

  @Test
  void aHashIsForgottenOnceItWasFound() {
    ghosts.remember(42, 7, 7, 10);

    assertEquals(0, ghosts.forget(42, 7));
    assertEquals(GhostTable.UNKNOWN, ghosts.forget(42, 7));
  }

  @Test
  void theSameHashAgainCountsFromTheLaterTime() {
    ghosts.remember(42, 100, 100, 10);
    ghosts.remember(42, 300, 300, 10);

    assertEquals(100, ghosts.forget(42, 400));
    assertEquals(GhostTable.UNKNOWN, ghosts.forget(42, 400));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, WRAP - 5, WRAP, 3 * WRAP + 17, (1L << 31) - 5, (1L << 32) - 5})
  void agesAreRightAroundEveryWrapOfTheClock(long start) {
    for (int age : new int[] {0, 1, 10, 1_000, 32_000}) {
      ghosts.remember(42, start, start, 10);

      assertEquals(age, ghosts.forget(42, start + age));
    }
  }

  @Test
  void whatIsOlderThanTheClockCanTellIsNotTakenForYoung() {
    int held = 100;
    for (long age = 1; age < 5 * WRAP; age += 997) {
      var table = new GhostTable();
      table.remember(42, 0, 0, held);
      // What a cache does meanwhile: one sweep with each arrival, a hundred arrivals a cacheful.
      for (long now = 0; now <= age; now += ArrivalClock.CACHEFUL / held) {
        table.sweep(now);
      }
      int found = table.forget(42, age);

      assertTrue(found == GhostTable.UNKNOWN || found == age, "age " + age + " found " + found);
      assertTrue(found == age || age > WRAP / 2 - ArrivalClock.CACHEFUL, "lost at age " + age);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 1_000, 50_000})
  void nearlyAllOfTheLastCachefulIsRememberedAndStrangersAreNot(int held) {
    var random = new SplittableRandom(20_171_101);
    var seen = new HashMap<Integer, Long>();
    int[] hashes = random.ints(3L * held).toArray();
    for (int i = 0; i < hashes.length; i++) {
      long now = (long) i * ArrivalClock.CACHEFUL / held;
      ghosts.remember(hashes[i], now, now, held);
      seen.put(hashes[i], now);
    }
    long end = 3L * ArrivalClock.CACHEFUL;
    int strangers = 0;
    for (int i = 0; i < 1_000; i++) {
      strangers += ghosts.forget(random.nextInt(), end) == GhostTable.UNKNOWN ? 0 : 1;
    }
    int found = 0;
    for (int i = 2 * held; i < hashes.length; i++) {
      int age = ghosts.forget(hashes[i], end);
      found += age == end - seen.get(hashes[i]) ? 1 : 0;
    }

    assertTrue(found >= 0.95 * held - 1, "found " + found + " of " + held);
    assertTrue(strangers <= 2, "strangers " + strangers);
  }
}
