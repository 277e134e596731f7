package dev.larder.spring;

import static java.util.concurrent.CompletableFuture.completedFuture;
import static java.util.concurrent.CompletableFuture.failedFuture;

import dev.larder.RecursiveLoadException;
import dev.larder.SingleFlight;
import dev.larder.jcache.AsyncReads;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.integration.CacheLoaderException;
import javax.cache.processor.EntryProcessor;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.support.AbstractValueAdaptingCache;

/**
 * A cache of Larder as Spring sees it. Differs from Spring's own adapter of JCache caches in that
 *
 * <ul>
 *   <li>{@code @Cacheable(sync = true)} computes once for all who ask, on topology {@code remote}
 *       for all processes, and no lock or lease is held meanwhile, so computations may use the
 *       cache; what a computation that began before an eviction brings is not stored after it;
 *   <li>methods that return futures or reactive types are cached ({@link #retrieve});
 *   <li>{@link #clear} is one request and tells no listeners.
 * </ul>
 *
 * <p>Null values, where allowed, are stored as Spring's placeholder. Values are copied where the
 * cache stores by value. Safe for all threads.
 */
public final class LarderCache extends AbstractValueAdaptingCache {
  private static final EntryProcessor<Object, Object, @Nullable Object> PUT_IF_ABSENT =
      (entry, arguments) -> {
        @Nullable Object present = entry.getValue();
        if (present == null) {
          entry.setValue(arguments[0]);
        }
        return present;
      };

  private final Cache<Object, Object> cache;
  private final SingleFlight<Object, Object> flights;
  private final AsyncReads<Object, Object> reads;

  LarderCache(
      Cache<Object, Object> cache,
      SingleFlight<Object, Object> flights,
      AsyncReads<Object, Object> reads,
      boolean nullValues) {
    super(nullValues);
    this.cache = cache;
    this.flights = flights;
    this.reads = reads;
  }

  @Override
  public String getName() {
    return cache.getName();
  }

  /** The JCache cache, whose {@code unwrap} gives the {@link dev.larder.Cache}. */
  @Override
  public Cache<Object, Object> getNativeCache() {
    return cache;
  }

  @Override
  protected @Nullable Object lookup(Object key) {
    return cache.get(key);
  }

  /**
   * As Spring says, with one computation for all. A computation that asks for its own key, by
   * itself or in a circle with others, computes without the cache.
   */
  @Override
  @SuppressWarnings("unchecked") // left to the caller by the interface
  public <T> @Nullable T get(Object key, Callable<T> valueLoader) {
    try {
      return (T) fromStoreValue(flights.getOrCompute(key, () -> toStoreValue(valueLoader.call())));
    } catch (CacheLoaderException e) {
      @Nullable Throwable cause = e.getCause();
      if (cause instanceof RecursiveLoadException) {
        return computed(key, valueLoader);
      }
      throw new ValueRetrievalException(key, valueLoader, cause == null ? e : cause);
    }
  }

  private static <T> @Nullable T computed(Object key, Callable<T> valueLoader) {
    try {
      return valueLoader.call();
    } catch (Exception e) {
      throw new ValueRetrievalException(key, valueLoader, e);
    }
  }

  /**
   * As Spring says: null when there is certainly no entry, which in memory is known at once. Where
   * entries are elsewhere nothing waits, and the future completes on a thread of the common pool.
   */
  @Override
  public @Nullable CompletableFuture<?> retrieve(Object key) {
    var found = find(key);
    if (found.isDone() && !found.isCompletedExceptionally() && found.join() == null) {
      return null;
    }
    return found.thenApply(this::toValueWrapper);
  }

  /** What the cache holds, as it is stored. */
  private CompletableFuture<@Nullable Object> find(Object key) {
    var found = reads.later(key).toCompletableFuture();
    // A thread of the store is not for code of the user, which comes next.
    return found.isDone() ? found : found.thenApplyAsync(value -> value);
  }

  /**
   * As Spring says, with one computation for all as in {@link #get(Object, Callable)}. It begins on
   * the calling thread where entries are in memory, else on the common pool. It must not wait for a
   * future of its own key, by itself or in a circle with others: that would never come.
   */
  @Override
  @SuppressWarnings("unchecked") // left to the caller by the interface
  public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
    return find(key)
        .thenCompose(
            found -> found != null ? completedFuture(found) : computedLater(key, valueLoader))
        .thenApply(value -> (T) fromStoreValue(value));
  }

  private <T> CompletionStage<@Nullable Object> computedLater(
      Object key, Supplier<CompletableFuture<T>> valueLoader) {
    return flights
        .getOrComputeLater(key, () -> valueLoader.get().thenApply(this::toStoreValue))
        .exceptionallyCompose(thrown -> failedFuture(ofUser(thrown)));
  }

  /** What the computation failed with, without what JCache and stages put around it. */
  private static Throwable ofUser(Throwable thrown) {
    var failure = thrown instanceof CompletionException ? thrown.getCause() : thrown;
    var cause = failure instanceof CacheLoaderException ? failure.getCause() : failure;
    return cause == null ? thrown : cause;
  }

  @Override
  public void put(Object key, @Nullable Object value) {
    cache.put(key, toStoreValue(value));
  }

  @Override
  public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
    return toValueWrapper(cache.invoke(key, PUT_IF_ABSENT, toStoreValue(value)));
  }

  @Override
  public void evict(Object key) {
    evictIfPresent(key);
  }

  @Override
  public boolean evictIfPresent(Object key) {
    return cache.remove(key);
  }

  @Override
  public void clear() {
    cache.clear();
  }

  @Override
  public boolean invalidate() {
    var present = cache.unwrap(dev.larder.Cache.class).size() > 0;
    clear();
    return present;
  }
}
