package dev.larder.spring;

import dev.larder.RecursiveLoadException;
import dev.larder.SingleFlight;
import dev.larder.jcache.AsyncReads;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
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
  private final Futures futures;

  LarderCache(
      Cache<Object, Object> cache,
      SingleFlight<Object, Object> flights,
      AsyncReads<Object, Object> reads,
      boolean nullValues) {
    super(nullValues);
    this.cache = cache;
    this.flights = flights;
    this.futures = new Futures(reads, this::stored);
  }

  private void stored(Object key, @Nullable Object value) {
    cache.put(key, toStoreValue(value));
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
    var found = futures.find(key);
    if (found.isDone() && !found.isCompletedExceptionally() && found.join() == null) {
      return null;
    }
    return found.thenApply(this::toValueWrapper);
  }

  /**
   * As Spring says, with one computation for all of this process. It begins on the calling thread
   * where entries are in memory, else on the common pool. What it brings is not stored when the key
   * was written or evicted through this object meanwhile.
   */
  @Override
  @SuppressWarnings("unchecked") // left to the caller by the interface
  public <T> CompletableFuture<T> retrieve(Object key, Supplier<CompletableFuture<T>> valueLoader) {
    return futures
        .compute(key, () -> valueLoader.get().thenApply(value -> (Object) value))
        .thenApply(value -> (T) fromStoreValue(value));
  }

  @Override
  public void put(Object key, @Nullable Object value) {
    futures.outdate(key);
    stored(key, value);
  }

  @Override
  public @Nullable ValueWrapper putIfAbsent(Object key, @Nullable Object value) {
    futures.outdate(key);
    return toValueWrapper(cache.invoke(key, PUT_IF_ABSENT, toStoreValue(value)));
  }

  @Override
  public void evict(Object key) {
    evictIfPresent(key);
  }

  @Override
  public boolean evictIfPresent(Object key) {
    futures.outdate(key);
    return cache.remove(key);
  }

  @Override
  public void clear() {
    futures.outdateAll();
    cache.clear();
  }

  @Override
  public boolean invalidate() {
    var present = cache.unwrap(dev.larder.Cache.class).size() > 0;
    clear();
    return present;
  }
}
