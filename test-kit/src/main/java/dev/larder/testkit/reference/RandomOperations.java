package dev.larder.testkit.reference;

import dev.larder.Cache;
import dev.larder.CacheEvent;
import dev.larder.CacheListener;
import dev.larder.CacheSpec;
import dev.larder.CacheStats;
import dev.larder.RemovalCause;
import dev.larder.testkit.RecordingListener;
import dev.larder.testkit.contract.CacheFixture;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Does random operations on a cache and on a {@link ReferenceCache} and compares all that can be
 * seen: results, live entries with their deadlines, counts of operations, events. Time is virtual
 * and one of the operations. A difference is reported with the seed and the shortest list of
 * operations found that still shows it.
 */
public final class RandomOperations {
  private static final int ATTEMPTS = 400;
  private final CacheSpec<String, String> spec;
  private final Supplier<? extends CacheFixture> fixtures;

  /**
   * A comparison of caches of a description, which must not evict anything nor have jitter, hooks
   * or a loader.
   *
   * @param fixtures gives a new fixture for each run
   */
  public RandomOperations(
      CacheSpec<String, String> spec, Supplier<? extends CacheFixture> fixtures) {
    this.spec = spec;
    this.fixtures = fixtures;
  }

  /**
   * Runs so many operations drawn from a seed.
   *
   * @throws AssertionError at the first difference, with the seed and the numbered operations
   */
  public void compare(long seed, int operations) {
    var random = new Random(seed);
    var drawn = Stream.generate(() -> Operation.drawn(random)).limit(operations).toList();
    var difference = run(drawn);
    if (difference == null) {
      return;
    }
    var shortest = shrunk(drawn.subList(0, difference.at + 1));
    var last = run(shortest);
    throw new AssertionError(report(seed, shortest, last == null ? difference : last));
  }

  private static String report(long seed, List<Operation> operations, Difference difference) {
    var text = new StringBuilder("seed " + seed + ": the cache differs from the reference\n");
    for (int i = 0; i < operations.size(); i++) {
      text.append("  ").append(i + 1).append(". ").append(operations.get(i)).append('\n');
    }
    return text.append(difference.what).toString();
  }

  /** Leaves out ever smaller pieces as long as a difference remains. */
  private List<Operation> shrunk(List<Operation> failing) {
    var shortest = failing;
    int attempts = 0;
    for (int piece = shortest.size() / 2; piece > 0; piece /= 2) {
      for (int at = 0; at + piece <= shortest.size() && attempts < ATTEMPTS; attempts++) {
        var shorter = new ArrayList<>(shortest.subList(0, at));
        shorter.addAll(shortest.subList(at + piece, shortest.size()));
        var difference = run(shorter);
        if (difference == null) {
          at += piece;
        } else {
          shortest = shorter.subList(0, difference.at + 1);
        }
      }
    }
    return shortest;
  }

  private record Difference(int at, String what) {}

  private @Nullable Difference run(List<Operation> operations) {
    var heard = RecordingListener.<String, String>ofChanges();
    var expected = RecordingListener.<String, String>ofChanges();
    try (var fixture = fixtures.get();
        var cache = fixture.open(heardBy(heard));
        var reference = new ReferenceCache<>(heardBy(expected), fixture.clock())) {
      for (int i = 0; i < operations.size(); i++) {
        var operation = operations.get(i);
        if (operation.kind() == Operation.Kind.ADVANCE) {
          fixture.advance(java.time.Duration.ofMillis(operation.millis()));
        }
        var wanted = operation.on(reference) + seen(reference, expected);
        var found = operation.on(cache) + seen(cache, heard);
        if (!wanted.equals(found)) {
          return new Difference(
              i, "the reference gives:\n" + wanted + "\nthe cache gives:\n" + found);
        }
      }
      return null;
    }
  }

  private CacheSpec<String, String> heardBy(RecordingListener<String, String> listener) {
    return spec.toBuilder().listener(listener, CacheListener.Delivery.SYNCHRONOUS).build();
  }

  private static String seen(
      Cache<String, String> cache, RecordingListener<String, String> listener) {
    var entries = new TreeMap<String, String>();
    cache.forEach(entry -> entries.put(entry.key(), entry.value() + " until " + entry.deadline()));
    return "\n  entries "
        + entries
        + "\n  counts "
        + counts(cache.control().stats())
        + "\n  events "
        + events(listener);
  }

  private static String counts(CacheStats stats) {
    return stats.hits()
        + " hits, "
        + stats.misses()
        + " misses, "
        + stats.puts()
        + " puts, "
        + stats.removals()
        + " removals, "
        + stats.loads()
        + " loads";
  }

  /**
   * When an expired entry is noticed is the business of the cache; the order of events is promised
   * for each key only.
   */
  private static List<String> events(RecordingListener<String, String> listener) {
    return listener.drain().stream()
        .filter(event -> event.cause() != RemovalCause.EXPIRED)
        .sorted(Comparator.comparing(CacheEvent::key))
        .map(RecordingListener::text)
        .toList();
  }
}
