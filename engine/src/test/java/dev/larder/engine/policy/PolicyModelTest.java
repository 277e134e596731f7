package dev.larder.engine.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.larder.spi.EvictionPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every policy picks the same victims as a plain model, whatever happens between. */
final class PolicyModelTest {
  private static final int SEEDS = 40;
  private static final int STEPS = 3_000;

  private static final Map<String, Supplier<Model>> MODELS =
      Map.of(
          "adaptive", AdaptiveModel::new,
          "fifo", RankedModel::fifo,
          "lru", RankedModel::lru,
          "mru", RankedModel::mru,
          "lfu", RankedModel::lfu,
          "ttl", RankedModel::ttl,
          "size", RankedModel::size,
          "sieve", SieveModel::new,
          "s3-fifo", S3FifoModel::new,
          "w-tinylfu", TinyLfuModel::new);

  static Stream<Arguments> policies() {
    return MODELS.keySet().stream().sorted().map(Arguments::of);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void everyVictimIsTheModelsVictimWithoutWeights(String name) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      new Run(name, seed, false).play();
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void everyVictimIsTheModelsVictimWithWeights(String name) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      new Run(name, seed, true).play();
    }
  }

  /** A store with a policy and its model, under random operations. */
  private static final class Run {
    private final String label;
    private final SplittableRandom random;
    private final boolean weights;
    private final EvictionPolicy<FakeEntry> policy;
    private final Model model;
    private final List<FakeEntry> held = new ArrayList<>();
    private final int keys;
    private long capacity;
    private int step;

    Run(String name, long seed, boolean weights) {
      label = name + ", seed " + seed + (weights ? ", weights" : "");
      random = new SplittableRandom(seed);
      this.weights = weights;
      capacity = 1L << random.nextInt(weights ? 10 : 7);
      keys = (int) (capacity * (2 + random.nextInt(4)));
      policy = PolicyRegistry.of(getClass().getClassLoader()).named(name).create(capacity);
      model = MODELS.get(name).get();
    }

    void play() {
      for (step = 0; step < STEPS; step++) {
        switch (random.nextInt(20)) {
          case 0 -> removeOne();
          case 1, 2 -> overwriteOne();
          case 3 -> pinOrUnpinOne();
          case 4 -> postponeOne();
          case 5 -> evictOne();
          case 6 -> resize();
          default -> readThrough(zipfLike());
        }
      }
      drain();
    }

    private void readThrough(int id) {
      var present = held.stream().filter(e -> e.id == id).findFirst();
      if (present.isPresent()) {
        read(present.get());
      } else {
        add(new FakeEntry(id));
      }
    }

    private void read(FakeEntry entry) {
      entry.touch();
      if (policy.recordsAccess(entry)) {
        policy.accessed(entry);
        model.read(entry);
      }
    }

    private void add(FakeEntry entry) {
      entry.weight = weights ? weight() : 1;
      entry.deadline = random.nextInt(3) == 0 ? entry.deadline : random.nextInt(100);
      held.add(entry);
      policy.added(entry);
      model.added(entry);
      shrink();
    }

    private void shrink() {
      boolean gone = true;
      while (gone && held.stream().mapToLong(e -> e.weight).sum() > capacity) {
        gone = evictOne();
      }
    }

    private boolean evictOne() {
      var expected = model.evict();
      var victim = policy.evict(e -> e.mayLeave);
      assertSame(expected, victim, this::where);
      if (victim != null) {
        assertEquals(0, victim.index(), this::where);
        held.remove(victim);
      }
      return victim != null;
    }

    private void removeOne() {
      if (!held.isEmpty()) {
        var entry = held.remove(random.nextInt(held.size()));
        policy.removed(entry);
        model.removed(entry);
        assertEquals(0, entry.index(), this::where);
      }
    }

    private void overwriteOne() {
      if (!held.isEmpty()) {
        var entry = any();
        int before = entry.weight;
        entry.weight = weights ? weight() : 1;
        entry.deadline = random.nextInt(100);
        if (policy.recordsUpdates() || before != entry.weight) {
          policy.updated(entry, before);
          model.written(entry);
        }
        shrink();
      }
    }

    private void pinOrUnpinOne() {
      if (!held.isEmpty()) {
        var entry = any();
        entry.mayLeave = !entry.mayLeave || random.nextBoolean();
      }
    }

    /** As a read does that puts off the deadline: the policy is not told. */
    private void postponeOne() {
      if (!held.isEmpty()) {
        var entry = any();
        entry.deadline = Math.max(entry.deadline, random.nextInt(200));
      }
    }

    private void resize() {
      if (random.nextInt(10) == 0) {
        capacity = Math.max(1, capacity + random.nextInt(21) - 10);
        policy.resized(capacity);
        shrink();
      }
    }

    /** What is held is exactly what was added and has not left. */
    private void drain() {
      held.forEach(e -> e.mayLeave = true);
      var left = new HashSet<>(held);
      for (int i = left.size(); i > 0; i--) {
        var victim = policy.evict(e -> e.mayLeave);
        assertNotNull(victim, this::where);
        assertSame(model.evict(), victim, this::where);
        assertEquals(true, left.remove(victim), this::where);
      }
      assertNull(policy.evict(e -> true), this::where);
    }

    private FakeEntry any() {
      return held.get(random.nextInt(held.size()));
    }

    private int weight() {
      return random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(30);
    }

    /** Few keys often, many rarely. */
    private int zipfLike() {
      return (int) (keys * Math.pow(random.nextDouble(), 3));
    }

    private String where() {
      return label + ", step " + step;
    }
  }
}
