package dev.larder.engine;

import dev.larder.CacheWriteException;
import dev.larder.CacheWriter;
import dev.larder.Checks;
import dev.larder.spi.Lease;
import dev.larder.spi.Result;
import dev.larder.spi.Step;
import dev.larder.spi.WaitingStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes several entries through: all keys are granted, everything is decided, the writer does its
 * work, and what it wrote is applied. The keys are taken in the order of their hash codes, so that
 * two bulk writes do not wait for each other; should they all the same, because hash codes are
 * equal, one is refused ({@link Waits}).
 */
final class BulkWriter<K, V> {
  private final CacheFront<K, V> front;

  BulkWriter(CacheFront<K, V> front) {
    this.front = front;
  }

  private interface Writing {
    void run() throws Exception;
  }

  /** One step, decided by all user code but the writer, with the grant that it is applied under. */
  private record Decided<K, V>(
      Step<K, V> step, Lease<V> lease, TrialSlot<K, V> trial, @Nullable Object result) {}

  /** Writes the entries; throws {@link dev.larder.BatchException} for those that could not be. */
  void write(Map<K, V> entries, CacheWriter<? super K, ? super V> writer) {
    var left = new LinkedHashMap<>(entries);
    through(Bulk.steps(entries), left.keySet(), () -> writeAll(writer, left));
  }

  /** Deletes the entries; throws {@link dev.larder.BatchException} for those that could not be. */
  void delete(Set<K> keys, CacheWriter<? super K, ? super V> writer) {
    var left = new LinkedHashSet<>(keys);
    through(Bulk.steps(keys), left, () -> deleteAll(writer, left));
  }

  /** The writer works on the map itself, whose wildcards it cannot name. */
  @SuppressWarnings("unchecked")
  private static <K, V> void writeAll(CacheWriter<? super K, ? super V> writer, Map<K, V> left)
      throws Exception {
    ((CacheWriter<K, V>) writer).writeAll(left);
  }

  @SuppressWarnings("unchecked")
  private static <K, V> void deleteAll(CacheWriter<? super K, ? super V> writer, Set<K> left)
      throws Exception {
    ((CacheWriter<K, V>) writer).deleteAll(left);
  }

  /**
   * Grants, decides, writes, applies.
   *
   * @param left the keys the writer is asked for; those it has done are taken out
   */
  private void through(List<Step<K, V>> steps, Set<K> left, Writing writing) {
    var leases = new LinkedHashMap<K, Lease<V>>();
    var failures = new LinkedHashMap<K, Throwable>();
    try {
      grant(steps, leases);
      var decided = decide(steps, leases, failures);
      left.removeAll(failures.keySet());
      var failure = left.isEmpty() ? null : attempt(writing);
      if (failure == null) {
        // A writer that does not throw has written all, whatever it left.
        left.clear();
      }
      left.forEach(key -> failures.put(key, failed(key, failure)));
      apply(decided, failures);
    } finally {
      leases.values().forEach(Lease::release);
      steps.forEach(step -> front.outdateLoad(step.key()));
      front.dispatch().settle();
    }
  }

  private void grant(List<Step<K, V>> steps, Map<K, Lease<V>> leases) {
    var keys =
        steps.stream().map(Step::key).sorted(Comparator.comparingInt(Object::hashCode)).toList();
    for (K key : keys) {
      var coming = front.store().lease(key, EncodedStore.LEASE);
      leases.put(key, EncodedStore.granted(front.name(), coming));
    }
  }

  private List<Decided<K, V>> decide(
      List<Step<K, V>> steps, Map<K, Lease<V>> leases, Map<K, Throwable> failures) {
    var decided = new ArrayList<Decided<K, V>>(steps.size());
    for (var step : steps) {
      try {
        decided.add(decide(step, Checks.notNull(leases.get(step.key()), "lease")));
      } catch (RuntimeException e) {
        failures.put(step.key(), e);
      }
    }
    return decided;
  }

  private Decided<K, V> decide(Step<K, V> step, Lease<V> lease) {
    var trial =
        new TrialSlot<>(step.key(), lease.slot(), front.spec().expiry().life(), front.expiry());
    var result = step.apply(trial);
    var written = trial.written();
    var sizer = front.sizer();
    if (written != null && sizer != null) {
      sizer.check(step.key(), written);
    }
    return new Decided<>(step, lease, trial, result);
  }

  private void apply(List<Decided<K, V>> decided, Map<K, Throwable> failures) {
    var steps = new ArrayList<Step<K, V>>();
    var results = new ArrayList<Result<?>>();
    for (var each : decided) {
      if (!failures.containsKey(each.step.key())) {
        steps.add(each.step);
        results.add(commit(each));
      }
    }
    new Bulk<>(front).finish(steps, results, failures);
  }

  private static @Nullable Exception attempt(Writing writing) {
    try {
      writing.run();
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return e;
    } catch (Exception e) {
      return e;
    }
  }

  private CacheWriteException failed(K key, @Nullable Exception cause) {
    return new CacheWriteException(
        "cache '"
            + front.name()
            + "': the writer failed before it had written key "
            + key
            + "; its entry is unchanged: "
            + cause,
        cause);
  }

  @SuppressWarnings("NullAway") // the result type admits null, which the checker does not see
  private Result<?> commit(Decided<K, V> decided) {
    try {
      decided.trial.apply(decided.lease.slot());
      WaitingStore.join(decided.lease.commit());
      return Result.of(decided.result, 0);
    } catch (RuntimeException e) {
      return Result.failed(e, true);
    }
  }
}
