package dev.larder.engine.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.spi.EvictionPolicy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The order in which a policy shows its entries, which is the order that a snapshot keeps. */
final class VisitTest {
  private static final PolicyRegistry REGISTRY =
      PolicyRegistry.of(VisitTest.class.getClassLoader());

  static List<String> policies() {
    return List.copyOf(REGISTRY.names());
  }

  @ParameterizedTest
  @MethodSource("policies")
  void everyEntryIsShownOnceWhateverHappenedBefore(String name) {
    var policy = worn(name);

    var shown = visit(policy);

    var left = drain(policy);
    assertEquals(left.size(), shown.size());
    assertEquals(new HashSet<>(left), new HashSet<>(shown));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fifo", "lru", "mru", "lfu", "ttl", "size"})
  void entriesAreShownInTheOrderInWhichTheyWouldLeave(String name) {
    var policy = worn(name);

    var shown = visit(policy);

    assertEquals(drain(policy), shown);
  }

  @Test
  void withoutFurtherReadsTheFirstEntryThatSieveShowsLeavesFirst() {
    var policy = worn("sieve");
    visit(policy).forEach(FakeEntry::takeReference);

    var first = visit(policy).get(0);

    assertEquals(first, policy.evict(e -> true));
  }

  /** A policy in which entries were read, removed and evicted. */
  private static EvictionPolicy<FakeEntry> worn(String name) {
    EvictionPolicy<FakeEntry> policy = REGISTRY.named(name).create(64);
    for (int id = 0; id < 100; id++) {
      var entry = new FakeEntry(id);
      entry.deadline = 1_000L + (id * 37) % 100;
      policy.added(entry);
      if (id >= 64) {
        policy.evict(e -> true);
      }
      for (var other : visit(policy)) {
        if ((other.id * 31 + id) % 7 == 0) {
          other.touch();
          if (policy.recordsAccess(other)) {
            policy.accessed(other);
          }
        }
      }
    }
    policy.removed(visit(policy).get(20));
    return policy;
  }

  private static List<FakeEntry> visit(EvictionPolicy<FakeEntry> policy) {
    var shown = new ArrayList<FakeEntry>();
    policy.visit(shown::add);
    return shown;
  }

  private static List<FakeEntry> drain(EvictionPolicy<FakeEntry> policy) {
    var left = new ArrayList<FakeEntry>();
    for (var victim = policy.evict(e -> true); victim != null; victim = policy.evict(e -> true)) {
      left.add(victim);
    }
    return left;
  }
}
