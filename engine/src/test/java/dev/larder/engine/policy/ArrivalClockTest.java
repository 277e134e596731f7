package dev.larder.engine.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArrivalClockTest {
  private final ArrivalClock clock = new ArrivalClock();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 100, 1_024, 1_025, 5_000, 1_000_000})
  void aCachefulTakesAsManyArrivalsAsEntriesAreHeld(int held) {
    for (int cacheful = 1; cacheful <= 3; cacheful++) {
      for (int i = 0; i < held; i++) {
        clock.arrival(held);
      }
      assertEquals((long) cacheful * ArrivalClock.CACHEFUL, clock.now());
    }
  }

  @Test
  void theClockNeitherStopsNorRunsBackWhileACacheGrowsAndShrinks() {
    long before = clock.now();
    for (int held : new int[] {100, 5_000, 1_000, 1_000_000, 300}) {
      for (int i = 0; i < held; i++) {
        clock.arrival(held);
      }
      long passed = clock.now() - before;
      assertEquals(1, passed / (double) ArrivalClock.CACHEFUL, 0.01, "ticks passed");
      before = clock.now();
    }
  }
}
