package dev.larder.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class KeysTest {
  @Test
  void universeHoldsEachNumberOnceInAnOrderWithoutMeaning() {
    var universe = Keys.universe(1_000);
    assertEquals(1_000, new HashSet<>(Arrays.asList(universe)).size());
    var inPlace = 0;
    for (var i = 0; i < universe.length; i++) {
      inPlace += universe[i] == i ? 1 : 0;
    }
    assertTrue(inPlace < 10, "in place: " + inPlace);
  }

  @Test
  void popularityFollowsZipf() {
    var universe = Keys.universe(1_000);
    var drawn = Keys.zipf(universe, 1 << 18);
    var sum = 0.0;
    for (var rank = 1; rank <= 1_000; rank++) {
      sum += Math.pow(rank, -0.99);
    }
    for (var rank = 1; rank <= 16; rank *= 2) {
      var key = universe[rank - 1];
      var share = Arrays.stream(drawn).filter(key::equals).count() / (double) drawn.length;
      assertEquals(Math.pow(rank, -0.99) / sum, share, 0.003, "rank " + rank);
    }
  }

  @Test
  void keysAreTheSameInEveryProcess() {
    assertArrayEquals(Keys.zipf(Keys.universe(100), 256), Keys.zipf(Keys.universe(100), 256));
  }
}
