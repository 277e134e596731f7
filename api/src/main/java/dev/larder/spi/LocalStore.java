package dev.larder.spi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The asynchronous half of a store whose operations do not wait. */
public abstract class LocalStore<K, V> implements Store<K, V> {

  /** For subclasses. */
  protected LocalStore() {}

  /** As {@link #find}, at once. */
  protected abstract Look<V> look(K key, Touch touch);

  /** Where verbs with user code run when asked for later. */
  protected abstract java.util.concurrent.Executor executor();

  @Override
  public final boolean waits() {
    return false;
  }

  @Override
  public final @Nullable Stored<V> atHand(K key, Touch touch) {
    return get(key, touch);
  }

  @Override
  public final CompletionStage<Look<V>> find(K key, Touch touch) {
    return CompletableFuture.completedFuture(look(key, touch));
  }

  @Override
  public CompletionStage<Map<K, Stored<V>>> findAll(Collection<? extends K> keys, Touch touch) {
    var found = new HashMap<K, Stored<V>>();
    for (K key : keys) {
      var entry = get(key, touch);
      if (entry != null) {
        found.put(key, entry);
      }
    }
    return CompletableFuture.completedFuture(found);
  }

  @Override
  public <A, R extends @Nullable Object> CompletionStage<Result<R>> updateLater(
      K key, Update<A, V, R> update, A argument) {
    if (update.pure()) {
      return CompletableFuture.completedFuture(Result.of(update(key, update, argument), 0));
    }
    return CompletableFuture.supplyAsync(
        () -> Result.of(update(key, update, argument), 0), executor());
  }

  @Override
  public CompletionStage<List<Result<?>>> updateAll(List<Step<K, V>> steps, Unit unit) {
    if (unit == Unit.ALL_OR_NOTHING) {
      throw new UnsupportedOperationException(
          "a memory store applies each step by itself; use Unit.EACH");
    }
    var results = new ArrayList<Result<?>>(steps.size());
    for (var step : steps) {
      results.add(run(step));
    }
    return CompletableFuture.completedFuture(results);
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // Step.of made them fit, null arguments included
  private Result<?> run(Step<K, V> step) {
    try {
      var update = (Update<Object, V, @Nullable Object>) step.update();
      return Result.of(update(step.key(), update, step.argument()), 0);
    } catch (RuntimeException e) {
      return Result.failed(e, true);
    }
  }
}
