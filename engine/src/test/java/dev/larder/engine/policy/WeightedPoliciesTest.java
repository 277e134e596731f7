package dev.larder.engine.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.spi.EvictionPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A cache bounded by weight keeps to its bound with every policy there is, known here or not. */
final class WeightedPoliciesTest {
  private static final int SEEDS = 60;
  private static final int STEPS = 2_000;
  private static final PolicyRegistry REGISTRY =
      PolicyRegistry.of(WeightedPoliciesTest.class.getClassLoader());

  static List<String> policies() {
    return List.copyOf(REGISTRY.names());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void neverTooHeavyAtRestAndEveryEntryIsHeldOnce(String name) {
    for (long seed = 1; seed <= SEEDS; seed++) {
      new Cache(name, seed).play();
    }
  }

  /** As the memory store drives a policy, with entries that may not leave now and then. */
  private static final class Cache {
    private final String label;
    private final SplittableRandom random;
    private final EvictionPolicy<FakeEntry> policy;
    private final Set<FakeEntry> held = Collections.newSetFromMap(new IdentityHashMap<>());
    private final List<FakeEntry> order = new ArrayList<>();
    private final int heaviest;
    private long capacity;
    private int step;
    private int asked;

    Cache(String name, long seed) {
      label = name + ", seed " + seed;
      random = new SplittableRandom(seed);
      capacity = 1L + random.nextInt(1 << random.nextInt(1, 13));
      heaviest = 1 + random.nextInt((int) Math.min(capacity, 1 << random.nextInt(1, 11)));
      policy = REGISTRY.named(name).create(capacity);
    }

    void play() {
      for (step = 0; step < STEPS; step++) {
        switch (random.nextInt(12)) {
          case 0 -> remove();
          case 1, 2 -> reweigh();
          case 3 -> pin();
          case 4 -> resize();
          case 5, 6, 7 -> read();
          default -> add();
        }
        shrink();
      }
      drain();
    }

    private void add() {
      var entry = new FakeEntry(random.nextInt(1_000));
      entry.weight = weight();
      entry.deadline = random.nextInt(100);
      held.add(entry);
      order.add(entry);
      policy.added(entry);
    }

    private void read() {
      if (!order.isEmpty()) {
        var entry = any();
        entry.touch();
        if (policy.recordsAccess(entry)) {
          policy.accessed(entry);
        }
      }
    }

    private void reweigh() {
      if (!order.isEmpty()) {
        var entry = any();
        int before = entry.weight;
        entry.weight = weight();
        if (before != entry.weight || policy.recordsUpdates()) {
          policy.updated(entry, before);
        }
      }
    }

    private void remove() {
      if (!order.isEmpty()) {
        var entry = any();
        forget(entry);
        policy.removed(entry);
      }
    }

    private void pin() {
      if (!order.isEmpty()) {
        var entry = any();
        entry.mayLeave = !entry.mayLeave || random.nextInt(3) > 0;
      }
    }

    private void resize() {
      if (random.nextInt(10) == 0) {
        capacity = Math.max(heaviest, capacity + random.nextInt(-50, 51));
        policy.resized(capacity);
      }
    }

    /** Victims leave until the rest is light enough, or none that weighs something may leave. */
    private void shrink() {
      while (weighed() > capacity) {
        asked = 0;
        int bound = 2 * held.size();
        var victim = policy.evict(entry -> mayLeave(entry, bound));
        if (victim == null) {
          assertTrue(
              order.stream().noneMatch(entry -> entry.mayLeave && entry.weight > 0),
              () -> "gave up too early: " + where());
          return;
        }
        assertTrue(victim.mayLeave && victim.weight > 0, this::where);
        forget(victim);
      }
      shown();
    }

    private boolean mayLeave(FakeEntry entry, int bound) {
      assertTrue(++asked <= bound, () -> "goes round and round: " + where());
      assertTrue(held.contains(entry), () -> "asks about an entry that left: " + where());
      return entry.mayLeave && entry.weight > 0;
    }

    private void shown() {
      if (step % 16 == 0) {
        Set<FakeEntry> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        policy.visit(entry -> assertTrue(seen.add(entry), () -> "held twice: " + where()));
        assertEquals(held, seen, this::where);
      }
    }

    private void drain() {
      order.forEach(entry -> entry.mayLeave = true);
      for (int left = held.size(); left > 0; left--) {
        var victim = policy.evict(entry -> true);
        assertNotNull(victim, this::where);
        forget(victim);
      }
      assertNull(policy.evict(entry -> true), this::where);
    }

    private void forget(FakeEntry entry) {
      assertTrue(held.remove(entry), () -> "gave up an entry that it did not hold: " + where());
      order.removeIf(other -> other == entry);
      assertFalse(held.contains(entry), this::where);
    }

    private long weighed() {
      return order.stream().mapToLong(entry -> entry.weight).sum();
    }

    private FakeEntry any() {
      return order.get(random.nextInt(order.size()));
    }

    private int weight() {
      return random.nextInt(8) == 0 ? 0 : 1 + random.nextInt(heaviest);
    }

    private String where() {
      return label + ", step " + step;
    }
  }
}
