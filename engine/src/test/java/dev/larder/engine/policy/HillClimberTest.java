package dev.larder.engine.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

final class HillClimberTest {
  private static final int ENTRIES = 100;
  private static final double STEP = 0.0625;

  private final HillClimber climber = new HillClimber();

  @Test
  void changesNothingUntilTenReadsForEachEntryAreCounted() {
    for (int read = 1; read < 10 * ENTRIES; read++) {
      assertEquals(0, climber.count(read % 2 == 0, ENTRIES));
    }
    assertEquals(-STEP, climber.count(true, ENTRIES), 1e-9);
  }

  @Test
  void goesOnWhileTheHitRatioRisesAndTurnsWhenItFalls() {
    assertTrue(sample(500) < 0);
    assertTrue(sample(510) < 0, "higher: on");
    assertTrue(sample(500) > 0, "lower: back");
    assertTrue(sample(505) > 0, "higher: on");
  }

  @Test
  void stepsShrinkWhileTheHitRatioStaysAndStartAgainWhenItJumps() {
    sample(500);
    double before = Math.abs(sample(500));
    for (int i = 0; i < 20; i++) {
      double after = Math.abs(sample(500));
      assertTrue(after < before);
      before = after;
    }
    sample(800);
    assertEquals(STEP, Math.abs(sample(800)), 1e-9);
  }

  /** The change after a sample with so many hits of 1,000. */
  private double sample(int hits) {
    double change = 0;
    for (int read = 0; read < 10 * ENTRIES; read++) {
      change += climber.count(read < hits, ENTRIES);
    }
    return change;
  }
}
