package dev.larder.engine;

import dev.larder.CacheWriteException;
import dev.larder.CacheWriter;
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
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes several entries through: the writer does its work while all the keys are granted, then
 * what it wrote is applied. The keys are taken in the order of their hash codes, and by one bulk
 * write of a front at a time, so that two bulk writes cannot wait for each other.
 */
final class BulkWriter<K, V> {
  private final CacheFront<K, V> front;

  BulkWriter(CacheFront<K, V> front) {
    this.front = front;
  }

  private interface Writing {
    void run() throws Exception;
  }

  /**
   * Writes the entries; throws {@link dev.larder.BatchException} for those that the writer left.
   */
  void write(Map<K, V> entries, CacheWriter<? super K, ? super V> writer) {
    var left = new LinkedHashMap<>(entries);
    through(
        entries.keySet(),
        left.keySet(),
        () -> writeAll(writer, left),
        () -> Bulk.steps(without(entries, left)));
  }

  /**
   * Deletes the entries; throws {@link dev.larder.BatchException} for those that the writer left.
   */
  void delete(Set<K> keys, CacheWriter<? super K, ? super V> writer) {
    var left = new LinkedHashSet<>(keys);
    through(keys, left, () -> deleteAll(writer, left), () -> Bulk.steps(without(keys, left)));
  }

  private static <K, V> Map<K, V> without(Map<K, V> entries, Map<K, V> left) {
    var written = new LinkedHashMap<>(entries);
    written.keySet().removeAll(left.keySet());
    return written;
  }

  private static <K> Set<K> without(Set<K> keys, Set<K> left) {
    var deleted = new LinkedHashSet<>(keys);
    deleted.removeAll(left);
    return deleted;
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

  private void through(
      Set<K> keys, Set<K> left, Writing writing, Supplier<List<Step<K, V>>> written) {
    var leases = new LinkedHashMap<K, Lease<V>>();
    try {
      grant(keys, leases);
      var failure = attempt(writing);
      if (failure == null) {
        // A writer that does not throw has written all, whatever it left.
        left.clear();
      }
      var steps = written.get();
      var results = new ArrayList<Result<?>>(steps.size());
      steps.forEach(step -> results.add(commit(step, leases.get(step.key()))));
      new Bulk<>(front).finish(steps, results, failures(left, failure));
    } finally {
      leases.values().forEach(Lease::release);
      keys.forEach(front::outdateLoad);
      front.dispatch().settle();
    }
  }

  private void grant(Set<K> keys, Map<K, Lease<V>> leases) {
    synchronized (front.bulkLock()) {
      for (K key : keys.stream().sorted(Comparator.comparingInt(Object::hashCode)).toList()) {
        leases.put(key, WaitingStore.join(front.store().lease(key, EncodedStore.LEASE)));
      }
    }
  }

  private Map<K, Throwable> failures(Set<K> left, @Nullable Exception failure) {
    var failures = new LinkedHashMap<K, Throwable>();
    if (failure != null) {
      left.forEach(key -> failures.put(key, failed(key, failure)));
    }
    return failures;
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

  private CacheWriteException failed(K key, Exception cause) {
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
  private Result<?> commit(Step<K, V> step, @Nullable Lease<V> lease) {
    if (lease == null) {
      throw new IllegalStateException("no lease for a key of the batch");
    }
    try {
      var trial =
          new TrialSlot<>(step.key(), lease.slot(), front.spec().expiry().life(), front.expiry());
      var result = step.apply(trial);
      trial.apply(lease.slot());
      WaitingStore.join(lease.commit());
      return Result.of(result, 0);
    } catch (RuntimeException e) {
      return Result.failed(e, true);
    }
  }
}
