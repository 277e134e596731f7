package dev.larder.engine;

import dev.larder.AsyncCache;
import dev.larder.CacheLoader;
import dev.larder.Checks;
import dev.larder.MutableEntry;
import dev.larder.StoreException;
import dev.larder.spi.Result;
import dev.larder.spi.Selection;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import dev.larder.spi.Update;
import dev.larder.spi.Verbs;
import dev.larder.spi.WaitingStore;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A front without waiting: the verbs and their counting are those of {@link CacheFront}; only how
 * the store is asked differs.
 */
final class AsyncView<K, V> implements AsyncCache<K, V> {
  private final CacheFront<K, V> front;

  AsyncView(CacheFront<K, V> front) {
    this.front = front;
  }

  @Override
  public CompletionStage<@Nullable V> get(K key) {
    return lookup(key, front.loader());
  }

  @Override
  @SuppressWarnings("NullAway") // a loader that is no OptionalLoader never gives null
  public CompletionStage<V> get(K key, CacheLoader<? super K, ? extends V> loader) {
    return lookup(key, Checks.notNull(loader, "loader"));
  }

  private CompletionStage<@Nullable V> lookup(
      K key, @Nullable CacheLoader<? super K, ? extends V> loader) {
    Checks.notNull(key, "key");
    front.checkOpen();
    if (!front.store().waits()) {
      // At once, with the very code of the synchronous read.
      return later(() -> front.reads().lookup(key))
          .thenCompose(value -> orLoaded(key, value, loader));
    }
    var atHand = front.reads().atHand(key);
    if (atHand != null) {
      return CompletableFuture.completedFuture(atHand);
    }
    if (front.blocks() || front.expiry() != null) {
      // The store works on the calling thread, or a rule of the user decides on the read.
      return inBackground(() -> front.reads().lookup(key))
          .thenCompose(value -> orLoaded(key, value, loader));
    }
    return staged(() -> front.reads().find(key))
        .thenApply(look -> front.reads().seen(key, look.entry(), look.missing()))
        .thenCompose(value -> orLoaded(key, value, loader));
  }

  private CompletionStage<@Nullable V> orLoaded(
      K key, @Nullable V value, @Nullable CacheLoader<? super K, ? extends V> loader) {
    return value != null || loader == null
        ? CompletableFuture.completedFuture(value)
        : front.loads().loadLater(key, loader);
  }

  private static <T extends @Nullable Object> CompletableFuture<T> later(Supplier<T> now) {
    try {
      return CompletableFuture.completedFuture(now.get());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  @Override
  public CompletionStage<Map<K, V>> getAll(Collection<? extends K> keys) {
    var wanted = Bulk.<K>checkedKeys(keys);
    front.checkOpen();
    if (front.blocks() || front.loader() != null) {
      return inBackground(() -> front.getAll(wanted));
    }
    return staged(() -> front.reads().findAll(wanted, Touch.PEEK))
        .thenApply(found -> values(wanted, found));
  }

  private Map<K, V> values(Collection<K> wanted, Map<K, Stored<V>> found) {
    var values = new HashMap<K, V>();
    for (K key : wanted) {
      var value = front.reads().seen(key, found.get(key), null);
      if (value != null) {
        values.put(key, value);
      }
    }
    return Collections.unmodifiableMap(values);
  }

  @Override
  public CompletionStage<Boolean> contains(K key) {
    Checks.notNull(key, "key");
    front.checkOpen();
    if (front.blocks()) {
      return inBackground(() -> front.contains(key));
    }
    return front.store().waits()
        ? staged(() -> front.store().find(key, Touch.PEEK)).thenApply(look -> look.entry() != null)
        : later(() -> front.contains(key));
  }

  @Override
  public CompletionStage<Void> put(K key, V value) {
    Checks.notNull(value, "value");
    return run(key, Verbs.put(), value).thenAccept(front::tallyPut);
  }

  @Override
  public CompletionStage<Void> put(K key, V value, Duration timeToLive) {
    return run(key, Verbs.putWith(), CacheFront.terms(value, timeToLive))
        .thenAccept(front::tallyPut);
  }

  @Override
  public CompletionStage<Boolean> remove(K key) {
    return run(key, Verbs.<V>delete(), Verbs.Nothing.NOTHING).thenApply(this::removed);
  }

  private boolean removed(boolean present) {
    if (present) {
      front.counters().removal();
    }
    return present;
  }

  @Override
  public CompletionStage<Void> putAll(Map<? extends K, ? extends V> entries) {
    var checked = Bulk.<K, V>checkedEntries(entries);
    front.checkOpen();
    return bulk(() -> front.putAll(checked), () -> Bulk.steps(checked));
  }

  @Override
  public CompletionStage<Void> removeAll(Collection<? extends K> keys) {
    var checked = Bulk.<K>checkedKeys(keys);
    front.checkOpen();
    return bulk(() -> front.removeAll(checked), () -> Bulk.steps(checked));
  }

  /** With user code in the background, else as one request of the store. */
  private CompletionStage<Void> bulk(
      Runnable withUserCode, Supplier<java.util.List<dev.larder.spi.Step<K, V>>> steps) {
    if (background()) {
      return inBackground(
          () -> {
            withUserCode.run();
            return null;
          });
    }
    var all = steps.get();
    return staged(() -> front.store().updateAll(all, front.store().unit()))
        .whenComplete((results, failure) -> all.forEach(step -> front.outdateLoad(step.key())))
        .thenAccept(
            results -> {
              front.dispatch().settle();
              new Bulk<>(front).finish(all, results);
            });
  }

  /** Whether a change may keep the calling thread: user code, or the work of the store itself. */
  private boolean background() {
    return front.guarded() || front.dispatch().callersWait() || front.blocks();
  }

  @Override
  public CompletionStage<Void> clear() {
    front.checkOpen();
    if (front.blocks()) {
      return inBackground(
          () -> {
            front.clear();
            return null;
          });
    }
    front.loads().outdateAll();
    return front.store().invalidate(Selection.ALL).thenRun(front.loads()::outdateAll);
  }

  @Override
  public <R extends @Nullable Object> CompletionStage<R> update(
      K key, Function<? super MutableEntry<K, V>, ? extends R> function) {
    Checks.notNull(key, "key");
    Checks.notNull(function, "function");
    front.checkOpen();
    return inBackground(() -> front.<R>update(key, function));
  }

  /** What fails before there is a stage fails as one. */
  private static <T extends @Nullable Object> CompletionStage<T> staged(
      Supplier<CompletionStage<T>> begin) {
    try {
      return begin.get();
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private <T extends @Nullable Object> CompletionStage<T> inBackground(Supplier<T> work) {
    try {
      return CompletableFuture.supplyAsync(work, front.context().executor());
    } catch (RejectedExecutionException e) {
      // So many are under way that the next has to wait, and its caller is the one who can.
      return front.blocks() ? later(work) : CompletableFuture.failedFuture(e);
    }
  }

  private <A, R extends @Nullable Object> CompletionStage<R> run(
      K key, Update<A, V, R> verb, A argument) {
    Checks.notNull(key, "key");
    front.checkOpen();
    if (background()) {
      return inBackground(() -> front.run(key, verb, argument));
    }
    if (!front.store().waits()) {
      return later(() -> front.run(key, verb, argument));
    }
    return staged(() -> front.store().updateLater(key, verb, argument))
        .handle((result, failure) -> ended(key, result, failure));
  }

  private <R extends @Nullable Object> R ended(
      K key, @Nullable Result<R> result, @Nullable Throwable failure) {
    front.outdateLoad(key);
    if (result == null || failure != null) {
      throw failure == null
          ? new StoreException("the store gave no result")
          : WaitingStore.failure(failure);
    }
    return result.value();
  }
}
