package dev.larder.testkit.reference;

import dev.larder.AsyncCache;
import dev.larder.Cache;
import dev.larder.CacheLoader;
import dev.larder.Checks;
import dev.larder.MutableEntry;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The same operations, done at once. */
record ReferenceAsync<K, V>(Cache<K, V> cache) implements AsyncCache<K, V> {

  private static <T extends @Nullable Object> CompletionStage<T> done(Supplier<T> work) {
    try {
      return CompletableFuture.completedFuture(work.get());
    } catch (IllegalArgumentException | NullPointerException e) {
      throw e;
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private static CompletionStage<@Nullable Void> done(Runnable work) {
    return ReferenceAsync.<@Nullable Void>done(
        () -> {
          work.run();
          return null;
        });
  }

  @Override
  public CompletionStage<@Nullable V> get(K key) {
    return ReferenceAsync.<@Nullable V>done(() -> cache.get(key));
  }

  @Override
  public CompletionStage<V> get(K key, CacheLoader<? super K, ? extends V> loader) {
    return ReferenceAsync.<V>done(() -> cache.get(key, loader));
  }

  @Override
  public CompletionStage<Map<K, V>> getAll(Collection<? extends K> keys) {
    return done(() -> cache.getAll(keys));
  }

  @Override
  public CompletionStage<Boolean> contains(K key) {
    return done(() -> cache.contains(key));
  }

  @Override
  public CompletionStage<@Nullable Void> put(K key, V value) {
    return done(() -> cache.put(key, value));
  }

  @Override
  public CompletionStage<@Nullable Void> put(K key, V value, Duration timeToLive) {
    return done(() -> cache.put(key, value, timeToLive));
  }

  @Override
  public CompletionStage<@Nullable Void> putAll(Map<? extends K, ? extends V> entries) {
    return done(() -> cache.putAll(entries));
  }

  @Override
  public CompletionStage<Boolean> remove(K key) {
    return done(() -> cache.remove(key));
  }

  @Override
  public CompletionStage<@Nullable Void> removeAll(Collection<? extends K> keys) {
    return done(() -> cache.removeAll(keys));
  }

  @Override
  public CompletionStage<@Nullable Void> clear() {
    return done(cache::clear);
  }

  /** A failure of the function is a failure of the stage, whatever its type. */
  @Override
  public <R extends @Nullable Object> CompletionStage<R> update(
      K key, Function<? super MutableEntry<K, V>, ? extends R> function) {
    Checks.notNull(key, "key");
    Checks.notNull(function, "function");
    try {
      return CompletableFuture.completedFuture(cache.<R>update(key, function));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
