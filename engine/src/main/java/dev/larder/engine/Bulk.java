package dev.larder.engine;

import dev.larder.BatchException;
import dev.larder.Checks;
import dev.larder.spi.Result;
import dev.larder.spi.Step;
import dev.larder.spi.Unit;
import dev.larder.spi.Update;
import dev.larder.spi.Verbs;
import dev.larder.spi.WaitingStore;
import java.util.ArrayList;
import java.util.Collection;
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
      new BulkWriter<>(front).write(checked, writer);
      return;
    }
    apply(steps(checked), front.store().unit());
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
      new BulkWriter<>(front).delete(checked, writer);
      return;
    }
    apply(steps(checked), front.store().unit());
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
    finish(steps, results, new LinkedHashMap<>());
  }

  /** As {@link #finish(List, List)}, with failures of keys that did not come to be steps. */
  void finish(List<Step<K, V>> steps, List<Result<?>> results, Map<K, Throwable> failures) {
    var before = failures.size();
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
              + (before + steps.size())
              + " operations failed, the others are in force; first: "
              + failures.values().iterator().next(),
          failures);
    }
  }
}
