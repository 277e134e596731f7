package dev.larder.engine;

import dev.larder.BatchException;
import dev.larder.CacheWriteException;
import dev.larder.CacheWriter;
import dev.larder.Checks;
import dev.larder.spi.Lease;
import dev.larder.spi.Result;
import dev.larder.spi.Step;
import dev.larder.spi.Unit;
import dev.larder.spi.Update;
import dev.larder.spi.Verbs;
import dev.larder.spi.WaitingStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Operations on several keys: together where the store can, each by itself where user code decides
 * about each.
 */
final class Bulk<K, V> {
  private static final Duration WRITER_LEASE = Duration.ofSeconds(30);

  private final CacheFront<K, V> front;

  Bulk(CacheFront<K, V> front) {
    this.front = front;
  }

  /**
   * The keys without repetition; throws {@link NullPointerException} for a null among them before
   * anything is done.
   */
  static <K> Set<K> checkedKeys(Collection<? extends K> keys) {
    var checked = new LinkedHashSet<K>();
    for (K key : Checks.notNull(keys, "keys")) {
      checked.add(Checks.notNull(key, "key"));
    }
    return checked;
  }

  static <K, V> Map<K, V> checkedEntries(Map<? extends K, ? extends V> entries) {
    var checked = new LinkedHashMap<K, V>();
    Checks.notNull(entries, "entries")
        .forEach(
            (key, value) ->
                checked.put(Checks.notNull(key, "key"), Checks.notNull(value, "value")));
    return checked;
  }

  void putAll(Map<? extends K, ? extends V> entries) {
    var checked = Bulk.<K, V>checkedEntries(entries);
    front.checkOpen();
    var writer = front.writer();
    if (writer != null) {
      writeThrough(checked, writer);
      return;
    }
    apply(steps(checked), Unit.EACH);
  }

  static <K, V> List<Step<K, V>> steps(Map<K, V> entries) {
    var steps = new ArrayList<Step<K, V>>(entries.size());
    entries.forEach((key, value) -> steps.add(Step.of(key, Verbs.put(), value)));
    return steps;
  }

  static <K, V> List<Step<K, V>> steps(Set<K> keys) {
    var steps = new ArrayList<Step<K, V>>(keys.size());
    keys.forEach(key -> steps.add(Step.of(key, Verbs.delete(), Verbs.Nothing.NOTHING)));
    return steps;
  }

  void removeAll(Collection<? extends K> keys) {
    var checked = Bulk.<K>checkedKeys(keys);
    front.checkOpen();
    var writer = front.writer();
    if (writer != null) {
      deleteThrough(checked, writer);
      return;
    }
    apply(steps(checked), Unit.EACH);
  }

  /**
   * Applies the steps in one go, or one by one where user code or waiting listeners are concerned.
   */
  void apply(List<Step<K, V>> steps, Unit unit) {
    if (front.guarded() || front.dispatch().callersWait()) {
      finish(steps, oneByOne(steps));
      return;
    }
    try {
      finish(steps, WaitingStore.join(front.store().updateAll(steps, unit)));
    } finally {
      steps.forEach(step -> front.outdateLoad(step.key()));
      front.dispatch().settle();
    }
  }

  private List<Result<?>> oneByOne(List<Step<K, V>> steps) {
    var results = new ArrayList<Result<?>>(steps.size());
    for (var step : steps) {
      results.add(one(step));
    }
    return results;
  }

  @SuppressWarnings("unchecked") // Step.of made them fit
  private Result<?> one(Step<K, V> step) {
    try {
      var verb = (Update<Object, V, @Nullable Object>) step.update();
      return Result.of(front.run(step.key(), verb, step.argument()), 0);
    } catch (RuntimeException e) {
      return Result.failed(e, true);
    }
  }

  /** Counts what succeeded and throws for what did not. */
  void finish(List<Step<K, V>> steps, List<Result<?>> results) {
    var failures = new LinkedHashMap<K, Throwable>();
    for (int each = 0; each < steps.size(); each++) {
      var failure = results.get(each).failure();
      if (failure != null) {
        failures.put(steps.get(each).key(), failure);
      } else if (results.get(each).value() instanceof Verbs.Written written) {
        front.tallyPut(written);
      } else if (Boolean.TRUE.equals(results.get(each).value())) {
        front.counters().removal();
      }
    }
    if (!failures.isEmpty()) {
      throw new BatchException(
          "cache '"
              + front.name()
              + "': "
              + failures.size()
              + " of "
              + steps.size()
              + " operations failed, the others are in force; first: "
              + failures.values().iterator().next(),
          failures);
    }
  }

  private void writeThrough(Map<K, V> entries, CacheWriter<? super K, ? super V> writer) {
    var left = new LinkedHashMap<>(entries);
    withLeases(
        entries.keySet(),
        () -> writeAll(writer, left),
        () -> {
          entries.keySet().removeAll(left.keySet());
          return steps(entries);
        });
  }

  private void deleteThrough(Set<K> keys, CacheWriter<? super K, ? super V> writer) {
    var left = new LinkedHashSet<>(keys);
    withLeases(
        keys,
        () -> deleteAll(writer, left),
        () -> {
          keys.removeAll(left);
          return steps(keys);
        });
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

  private interface Writing {
    void run() throws Exception;
  }

  /**
   * Has the writer do its work while all the keys are granted, then applies what it did. The keys
   * are taken in the order of their hash codes, and by one bulk write of this front at a time, so
   * that two bulk writes cannot wait for each other.
   */
  private void withLeases(
      Set<K> keys, Writing writing, java.util.function.Supplier<List<Step<K, V>>> written) {
    var leases = new LinkedHashMap<K, Lease<V>>();
    RuntimeException failure = null;
    try {
      synchronized (front.bulkLock()) {
        for (K key : keys.stream().sorted(Comparator.comparingInt(Object::hashCode)).toList()) {
          leases.put(key, WaitingStore.join(front.store().lease(key, WRITER_LEASE)));
        }
      }
      failure = attempt(writing);
      var steps = written.get();
      var results = new ArrayList<Result<?>>(steps.size());
      for (var step : steps) {
        results.add(commit(step, leases.get(step.key())));
      }
      if (failure == null) {
        finish(steps, results);
      } else {
        tallyOnly(results);
      }
    } finally {
      leases.values().forEach(Lease::release);
      keys.forEach(front::outdateLoad);
      front.dispatch().settle();
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void tallyOnly(List<Result<?>> results) {
    for (var result : results) {
      if (result.value() instanceof Verbs.Written written) {
        front.tallyPut(written);
      } else if (Boolean.TRUE.equals(result.value())) {
        front.counters().removal();
      }
    }
  }

  private @Nullable RuntimeException attempt(Writing writing) {
    try {
      writing.run();
      return null;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed(e);
    } catch (Exception e) {
      return failed(e);
    }
  }

  private CacheWriteException failed(Exception cause) {
    return new CacheWriteException(
        "cache '"
            + front.name()
            + "': the writer failed; what it had written is in the cache: "
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
