package dev.larder.spring.boot;

import dev.larder.Cache;
import dev.larder.CacheStats;
import dev.larder.spring.LarderCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The counts of one cache under the names that Micrometer gives those of every cache ({@code
 * cache.gets}, {@code cache.puts}, {@code cache.evictions}, {@code cache.size}), and what only
 * Larder counts: {@code cache.loads} by result, {@code cache.load.duration}, {@code cache.removals}
 * by cause, {@code cache.weight}, {@code cache.bytes}. Keeps the cache alive only while the
 * application does.
 */
public final class LarderCacheMetrics extends CacheMeterBinder<Cache<?, ?>> {
  private static final String LOADS = "cache.loads";
  private static final String REMOVALS = "cache.removals";

  private LarderCacheMetrics(Cache<?, ?> cache, Iterable<Tag> tags) {
    super(cache, cache.name(), tags);
  }

  /** Of a cache as Spring knows it. */
  public static LarderCacheMetrics of(LarderCache cache, Iterable<Tag> tags) {
    return new LarderCacheMetrics(cache.getNativeCache().unwrap(Cache.class), tags);
  }

  /** What a cache counted; zero once nobody holds it. */
  private static long count(@Nullable Cache<?, ?> cache, ToLongFunction<CacheStats> what) {
    return cache == null ? 0 : what.applyAsLong(cache.control().stats());
  }

  @Override
  protected @Nullable Long size() {
    return count(getCache(), CacheStats::size);
  }

  @Override
  protected long hitCount() {
    return count(getCache(), CacheStats::hits);
  }

  @Override
  protected @Nullable Long missCount() {
    return count(getCache(), CacheStats::misses);
  }

  @Override
  protected @Nullable Long evictionCount() {
    return count(getCache(), CacheStats::evictions);
  }

  @Override
  protected long putCount() {
    return count(getCache(), CacheStats::puts);
  }

  @Override
  protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
    counter(registry, LOADS, "result", "success", CacheStats::loads);
    counter(registry, LOADS, "result", "failure", CacheStats::loadFailures);
    counter(registry, REMOVALS, "cause", "explicit", CacheStats::removals);
    counter(registry, REMOVALS, "cause", "evicted", CacheStats::evictions);
    counter(registry, REMOVALS, "cause", "expired", CacheStats::expirations);
    gauge(registry, "cache.weight", "The sum of the weights of the entries", CacheStats::weight);
    gauge(registry, "cache.bytes", "What the entries take, estimated", CacheStats::estimatedBytes);
    TimeGauge.builder(
            "cache.load.duration",
            getCache(),
            TimeUnit.NANOSECONDS,
            cache -> count(cache, stats -> stats.loadTime().toNanos()))
        .tags(getTagsWithCacheName())
        .description("The time spent in loads since the start")
        .register(registry);
  }

  private void counter(
      MeterRegistry registry,
      String name,
      String tag,
      String value,
      ToLongFunction<CacheStats> what) {
    FunctionCounter.builder(name, getCache(), cache -> count(cache, what))
        .tags(getTagsWithCacheName())
        .tag(tag, value)
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToLongFunction<CacheStats> what) {
    Gauge.builder(name, getCache(), cache -> count(cache, what))
        .tags(getTagsWithCacheName())
        .description(description)
        .register(registry);
  }
}
