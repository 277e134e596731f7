package dev.larder.benchmarks.simulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.engine.EngineHash;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What contenders hit, against plain models and what must hold of any cache. */
final class ContendersTest {
  private static final int SEEDS = 200;

  /** Those that are made exactly as their papers say, in the plainest way. */
  private static final Map<String, BiFunction<Trace, Integer, Long>> MODELS =
      Map.of(
          "lru", (trace, capacity) -> recency(trace, capacity, true),
          "fifo", (trace, capacity) -> recency(trace, capacity, false),
          "arc", (trace, capacity) -> new ArcModel(capacity).hits(trace),
          "lirs", (trace, capacity) -> new LirsModel(capacity).hits(trace),
          "clock-pro", (trace, capacity) -> new ClockProModel(capacity).hits(trace),
          "frd", (trace, capacity) -> new FrdModel(capacity).hits(trace));

  static Stream<String> modelled() {
    return MODELS.keySet().stream().sorted();
  }

  static Stream<String> all() throws BadInputException {
    return contenders("all").stream().map(Contender::name);
  }

  @ParameterizedTest
  @MethodSource("modelled")
  void hitsWhatAPlainModelHits(String name) throws BadInputException {
    for (long seed = 1; seed <= SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      var trace = random(random, 20 + random.nextInt(200), 1_500);
      int capacity = 1 + random.nextInt(random.nextInt(1, 150));
      assertEquals(
          MODELS.get(name).apply(trace, capacity),
          hits(name, trace, capacity),
          name + ", seed " + seed + ", capacity " + capacity);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void whatFitsIsMissedOnce(String name) throws BadInputException {
    var trace = random(new SplittableRandom(3), 300, 5_000);
    assertEquals(trace.length() - trace.distinct(), hits(name, trace, trace.distinct()));
  }

  @ParameterizedTest
  @MethodSource("all")
  void nothingBeatsTheOptimum(String name) throws BadInputException {
    for (long seed = 1; seed <= 20; seed++) {
      var random = new SplittableRandom(seed);
      var trace = random(random, 200, 3_000);
      int capacity = 1 + random.nextInt(100);
      long best = hits("opt", trace, capacity);
      assertTrue(hits(name, trace, capacity) <= best, name + ", seed " + seed);
    }
  }

  @Test
  void theOptimumIsWhatTryingEverythingFinds() throws BadInputException {
    for (long seed = 1; seed <= SEEDS; seed++) {
      var random = new SplittableRandom(seed);
      var trace = random(random, 6, 14);
      int capacity = 1 + random.nextInt(4);
      assertEquals(best(trace, 0, 0, capacity), hits("opt", trace, capacity), "seed " + seed);
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void aCapacityOfOneIsNoTrouble(String name) throws BadInputException {
    var trace = Trace.of("t", 1, 1, 2, 2, 2, 1, 3, 3);
    assertTrue(hits(name, trace, 1) <= 4, name);
  }

  @Test
  void policiesMadeForLoopsKeepPartOfOne() throws BadInputException {
    var loop = Trace.of("loop", IntStream.range(0, 40_000).map(i -> i % 400).toArray());
    for (var name : List.of("lirs", "clock-pro", "frd", "caffeine", "cache2k", "w-tinylfu")) {
      assertTrue(hits(name, loop, 200) > 0.4 * 40_000, name + " " + hits(name, loop, 200));
    }
    assertEquals(0, hits("lru", loop, 200));
    assertEquals(0, hits("arc", loop, 200));
  }

  @Test
  void peersKeepToTheirBounds() {
    var trace = random(new SplittableRandom(5), 5_000, 50_000);
    var caffeine = new CaffeineSimulation(trace, 1_234);
    try (var cache2k = new Cache2kSimulation(trace, 1_234)) {
      for (int position = 0; position < trace.length(); position++) {
        caffeine.access(trace.id(position), position);
        cache2k.access(trace.id(position), position);
      }
      assertEquals(1_234, caffeine.size());
      assertEquals(1_234, cache2k.size());
    }
  }

  @Test
  void policiesSeeTheHashesThatTheEngineGivesThem() {
    var random = new SplittableRandom(7);
    for (int i = 0; i < 1_000; i++) {
      int hashCode = random.nextInt();
      assertEquals(EngineHash.spread(hashCode), PolicySimulation.spread(hashCode));
    }
  }

  private static long hits(String name, Trace trace, int capacity) throws BadInputException {
    var contender = contenders(name).get(0);
    long hits = 0;
    try (var simulation = contender.maker().make(trace, capacity)) {
      for (int position = 0; position < trace.length(); position++) {
        hits += simulation.access(trace.id(position), position) ? 1 : 0;
      }
    }
    return hits;
  }

  private static List<Contender> contenders(String word) throws BadInputException {
    return new Contenders(ContendersTest.class.getClassLoader()).named(List.of(word));
  }

  /** The most hits from here on, whatever was kept so far. */
  private static long best(Trace trace, int position, int kept, int capacity) {
    if (position == trace.length()) {
      return 0;
    }
    int bit = 1 << trace.id(position);
    if ((kept & bit) != 0) {
      return 1 + best(trace, position + 1, kept, capacity);
    }
    long best = best(trace, position + 1, kept, capacity);
    if (Integer.bitCount(kept) < capacity) {
      return Math.max(best, best(trace, position + 1, kept | bit, capacity));
    }
    for (int rest = kept; rest != 0; rest &= rest - 1) {
      int victim = Integer.lowestOneBit(rest);
      best = Math.max(best, best(trace, position + 1, (kept & ~victim) | bit, capacity));
    }
    return best;
  }

  private static long recency(Trace trace, int capacity, boolean byAccess) {
    var held = new LinkedHashMap<Integer, Integer>(16, 0.75f, byAccess);
    long hits = 0;
    for (int position = 0; position < trace.length(); position++) {
      if (held.get(trace.id(position)) != null) {
        hits++;
        continue;
      }
      held.put(trace.id(position), position);
      if (held.size() > capacity) {
        held.remove(held.keySet().iterator().next());
      }
    }
    return hits;
  }

  /** Few keys often, many rarely, some loops. */
  private static Trace random(SplittableRandom random, int keys, int length) {
    var accesses = new int[length];
    Arrays.setAll(
        accesses,
        i ->
            random.nextInt(4) == 0
                ? i % keys
                : (int) (keys * Math.pow(random.nextDouble(), 1 + random.nextInt(3))));
    return Trace.of("random", accesses);
  }
}
