package dev.larder.engine.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ShadowTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 40, 95})
  void aShadowHitsWhereACacheWithTheSameRingsDoes(int share) {
    for (long seed = 1; seed <= 20; seed++) {
      var random = new SplittableRandom(seed);
      int capacity = 1 + random.nextInt(300);
      var shadow = new Shadow(new RingSettings(share, 3));
      var cache = new Cache(share, capacity);
      for (int i = 0; i < 20_000; i++) {
        // Small numbers have mixed hashes too; what matters is that many come again.
        int hash = (int) (capacity * 3 * random.nextDouble() * random.nextDouble());
        var label = "seed " + seed + ", access " + i;
        if (random.nextInt(50) == 0) {
          shadow.remove(hash);
          cache.remove(hash);
        }
        assertEquals(cache.access(hash), shadow.access(hash, capacity), label);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 10, 40, 95})
  void aShadowKeepsWhatIsWantedAndShrinksToItsCapacity(int share) {
    var shadow = new Shadow(new RingSettings(share, 3));
    for (int hash = 0; hash < 1_000; hash++) {
      assertFalse(shadow.access(hash, 1_000));
    }
    shadow.retain(hash -> hash % 2 == 0);
    for (int hash = 0; hash < 1_000; hash += 2) {
      assertTrue(shadow.access(hash, 1_000));
    }
    assertFalse(shadow.access(5_001, 10));
    int hits = 0;
    for (int hash = 0; hash < 1_000; hash += 2) {
      hits += shadow.access(hash, 10) ? 1 : 0;
    }
    assertTrue(hits <= 10, "hits " + hits);
  }

  /** The rings over a map. */
  private static final class Cache {
    private final TwoRings<FakeEntry> rings;
    private final Map<Integer, FakeEntry> held = new HashMap<>();
    private final int capacity;

    Cache(int share, int capacity) {
      this.rings = new TwoRings<>(new RingSettings(share, 3));
      this.capacity = capacity;
    }

    boolean access(int hash) {
      var present = held.get(hash);
      if (present != null) {
        present.touch();
        return true;
      }
      var entry = new FakeEntry(hash);
      held.put(hash, entry);
      rings.add(entry);
      if (held.size() > capacity) {
        var victim = rings.evict(e -> true, entry);
        held.remove(victim == null ? -1 : victim.id);
      }
      return false;
    }

    void remove(int hash) {
      var entry = held.remove(hash);
      if (entry != null) {
        rings.remove(entry);
      }
    }
  }
}
