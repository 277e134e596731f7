package dev.larder.engine.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class FrequencySketchTest {
  private static final long SEED = 20_17;

  private final FrequencySketch sketch = new FrequencySketch();

  @Test
  void aHashThatWasNeverSeenHasNoFrequency() {
    assertEquals(0, sketch.frequency(42));
  }

  @Test
  void countsToFifteenAndNoFurther() {
    for (int times = 1; times <= 20; times++) {
      sketch.count(42);
      assertEquals(Math.min(15, times), sketch.frequency(42));
    }
  }

  @Test
  void neverSaysLessThanTheTruthBeforeItAges() {
    var truth = new HashMap<Integer, Integer>();
    var random = new SplittableRandom(SEED);
    sketch.expect(1_000);
    for (int i = 0; i < 9_000; i++) {
      int hash = (int) (2_000 * Math.pow(random.nextDouble(), 3));
      sketch.count(hash);
      truth.merge(hash, 1, Integer::sum);
    }
    truth.forEach(
        (hash, times) -> assertTrue(sketch.frequency(hash) >= Math.min(15, times), "hash " + hash));
  }

  @Test
  void saysMoreThanTheTruthForFewHashesOnly() {
    sketch.expect(4_096);
    for (int hash = 0; hash < 4_096; hash++) {
      sketch.count(hash);
    }
    long wrong = 0;
    for (int hash = 100_000; hash < 104_096; hash++) {
      wrong += sketch.frequency(hash) > 0 ? 1 : 0;
    }
    // A quarter of the counters of a row is set, and four must be: 0.22 ^ 4.
    assertTrue(wrong < 41, wrong + " of 4096 strangers look familiar");
  }

  @Test
  void growingLosesNoCount() {
    for (int hash = 0; hash < 64; hash++) {
      sketch.count(hash);
      sketch.count(hash);
    }
    sketch.expect(5_000);
    for (int hash = 0; hash < 64; hash++) {
      assertTrue(sketch.frequency(hash) >= 2, "hash " + hash);
    }
  }

  @Test
  void afterTenHashesForEachEntryAllCountsAreHalved() {
    sketch.expect(100);
    for (int times = 0; times < 12; times++) {
      sketch.count(42);
    }
    int others = 0;
    int before = 12;
    while (sketch.frequency(42) >= before) {
      before = sketch.frequency(42);
      sketch.count(1_000 + others++);
      assertTrue(others <= 1_000, "never aged");
    }
    assertEquals(before / 2, sketch.frequency(42));
    assertTrue(others >= 988, "aged after " + others);
  }
}
