package dev.larder.engine.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Bounds;
import dev.larder.spi.EvictionPolicy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every policy does with entries that may not leave, and with calls out of turn. */
final class RefusalTest {
  private static final int ENTRIES = 100;
  private static final PolicyRegistry REGISTRY =
      PolicyRegistry.of(RefusalTest.class.getClassLoader());

  static List<String> policies() {
    return List.of("fifo", "lfu", "lru", "mru", "s3-fifo", "sieve", "size", "ttl");
  }

  @ParameterizedTest
  @MethodSource("policies")
  void evictAsksAboutNoEntryMoreThanTwiceAndGivesUpWhenAllRefuse(String name) {
    var policy = policy(name);
    add(policy, ENTRIES);
    var asked = new HashMap<FakeEntry, Integer>();

    assertNull(
        policy.evict(
            e -> {
              asked.merge(e, 1, Integer::sum);
              return false;
            }));

    assertEquals(ENTRIES, asked.size(), "every entry is asked about");
    assertTrue(asked.values().stream().allMatch(times -> times <= 2), asked::toString);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theOnlyEntryThatMayLeaveIsFoundWhereverItIs(String name) {
    for (int willing = 0; willing < ENTRIES; willing++) {
      var policy = policy(name);
      var entries = add(policy, ENTRIES);
      for (int id = 0; id < ENTRIES; id += 3) {
        read(policy, entries.get(id));
      }
      var only = entries.get(willing);

      assertSame(only, policy.evict(e -> e == only));
      assertNull(policy.evict(e -> e == only), "it has left");
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void refusedEntriesStayHeld(String name) {
    var policy = policy(name);
    var entries = new HashSet<>(add(policy, ENTRIES));
    for (int i = 0; i < 10; i++) {
      policy.evict(e -> false);
    }

    for (int i = 0; i < ENTRIES; i++) {
      assertTrue(entries.remove(policy.evict(e -> true)));
    }
    assertNull(policy.evict(e -> true));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void readersThatSetBitsFasterThanTheHandClearsThemCannotKeepItGoing(String name) {
    var policy = policy(name);
    var entries = add(policy, ENTRIES);
    entries.forEach(e -> e.readAllTheTime = true);

    for (int i = 0; i < ENTRIES; i++) {
      assertNotNull(policy.evict(e -> true));
    }
    assertNull(policy.evict(e -> true));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void aPredicateThatThrowsLosesNoEntry(String name) {
    var policy = policy(name);
    var entries = add(policy, ENTRIES);
    var threshold = entries.get(ENTRIES / 2);

    assertThrows(
        IllegalStateException.class,
        () ->
            policy.evict(
                e -> {
                  if (e == threshold) {
                    throw new IllegalStateException("the store failed");
                  }
                  return false;
                }));

    var left = new HashSet<FakeEntry>();
    for (var victim = policy.evict(e -> true); victim != null; victim = policy.evict(e -> true)) {
      left.add(victim);
    }
    assertEquals(new HashSet<>(entries), left);
  }

  @ParameterizedTest
  @MethodSource("policies")
  void theNewcomerIsSparedWhileAnotherEntryMayLeave(String name) {
    var policy = policy(name);
    var entries = add(policy, 10);
    entries.forEach(e -> read(policy, e));
    var newcomer = new FakeEntry(99);
    newcomer.weight = 1_000;
    newcomer.deadline = 1;
    policy.added(newcomer);

    for (int i = 0; i < 10; i++) {
      assertFalse(policy.evict(e -> true) == newcomer);
    }
    assertSame(newcomer, policy.evict(e -> true));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void whatIsToldOfEntriesThatAreNotHeldIsIgnored(String name) {
    var policy = policy(name);
    var entries = add(policy, 2);
    var stranger = new FakeEntry(77);
    var gone = new FakeEntry(78);
    policy.added(gone);
    policy.removed(gone);

    for (var entry : List.of(stranger, gone)) {
      policy.accessed(entry);
      policy.updated(entry, 3);
      policy.removed(entry);
      assertEquals(0, entry.index());
    }

    assertTrue(entries.contains(policy.evict(e -> true)));
    assertTrue(entries.contains(policy.evict(e -> true)));
    assertNull(policy.evict(e -> true));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void addingAnEntryTwiceIsRefused(String name) {
    var policy = policy(name);
    var entries = add(policy, 2);

    for (var entry : entries) {
      assertThrows(IllegalStateException.class, () -> policy.added(entry));
    }
  }

  @ParameterizedTest
  @MethodSource("policies")
  void anEntryThatLeftMayComeBack(String name) {
    var policy = policy(name);
    var entry = new FakeEntry(1);
    for (int i = 0; i < 3; i++) {
      policy.added(entry);
      assertSame(entry, policy.evict(e -> true));
      policy.added(entry);
      policy.removed(entry);
    }
    assertNull(policy.evict(e -> true));
  }

  @ParameterizedTest
  @MethodSource("policies")
  void anyCapacityMayBeToldAtAnyTime(String name) {
    for (long capacity : new long[] {0, 1, 33, 1L << 40, Bounds.NONE}) {
      EvictionPolicy<FakeEntry> policy = REGISTRY.named(name).create(capacity);
      add(policy, 40);
      policy.resized(0);
      add(policy, 40);
      policy.resized(Bounds.NONE);
      add(policy, 40);

      int left = 0;
      while (policy.evict(e -> true) != null) {
        left++;
      }
      assertEquals(120, left);
    }
  }

  private static EvictionPolicy<FakeEntry> policy(String name) {
    return REGISTRY.named(name).create(ENTRIES);
  }

  private static List<FakeEntry> add(EvictionPolicy<FakeEntry> policy, int count) {
    var entries = new ArrayList<FakeEntry>();
    for (int id = 0; id < count; id++) {
      var entry = new FakeEntry(id);
      entries.add(entry);
      policy.added(entry);
    }
    return entries;
  }

  private static void read(EvictionPolicy<FakeEntry> policy, FakeEntry entry) {
    entry.touch();
    if (policy.recordsAccess(entry)) {
      policy.accessed(entry);
    }
  }
}
