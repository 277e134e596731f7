package dev.larder;

import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The operations of a {@link Cache} as stages, over the same entries, loader, writer and
 * statistics. A bad argument throws at the call; every other failure completes the stage
 * exceptionally with the exception that the synchronous method would throw. In memory the stage is
 * complete when the method returns, unless user code has to run: loaders, writers and update
 * functions run on the manager's executor. Stages complete on the calling thread, on the executor
 * or on a store's thread; dependants that block belong on an executor of their own.
 */
public interface AsyncCache<K, V> {

  /** As {@link Cache#get(Object)}. */
  CompletionStage<@Nullable V> get(K key);

  /** As {@link Cache#get(Object, CacheLoader)}; the loader runs on the manager's executor. */
  CompletionStage<V> get(K key, CacheLoader<? super K, ? extends V> loader);

  /** As {@link Cache#getAll}. */
  CompletionStage<Map<K, V>> getAll(Collection<? extends K> keys);

  /** As {@link Cache#contains}. */
  CompletionStage<Boolean> contains(K key);

  /** As {@link Cache#put(Object, Object)}. */
  CompletionStage<Void> put(K key, V value);

  /** As {@link Cache#put(Object, Object, Duration)}. */
  CompletionStage<Void> put(K key, V value, Duration timeToLive);

  /** As {@link Cache#putAll}. */
  CompletionStage<Void> putAll(Map<? extends K, ? extends V> entries);

  /** As {@link Cache#remove}. */
  CompletionStage<Boolean> remove(K key);

  /** As {@link Cache#removeAll}. */
  CompletionStage<Void> removeAll(Collection<? extends K> keys);

  /** As {@link Cache#clear}. */
  CompletionStage<Void> clear();

  /** As {@link Cache#update}; the function runs on the manager's executor. */
  <R extends @Nullable Object> CompletionStage<R> update(
      K key, Function<? super MutableEntry<K, V>, ? extends R> function);
}
