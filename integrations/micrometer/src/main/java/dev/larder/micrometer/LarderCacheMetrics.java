package dev.larder.micrometer;

import dev.larder.Cache;
import dev.larder.Checks;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.lang.ref.WeakReference;

/**
 * The meters of one cache, named as Micrometer names those of caches: {@code cache.gets}, {@code
 * cache.puts}, {@code cache.evictions}, … with the tag {@code cache}; docs/metrics.md lists them.
 * Counters other than evictions count while the {@linkplain dev.larder.CacheControl#recordStats
 * statistics} of the cache are on, which binding does not change.
 *
 * <p>Operations on the cache pay nothing: meters look at its statistics when they are read, once
 * for all that are read within 100 ms. They hold the cache weakly. When it is closed, its counters
 * stay as they are and what it holds is {@code NaN}; binding another cache of that name and tags
 * takes their place. {@link LarderMetrics} takes them out. Safe for all threads.
 */
public final class LarderCacheMetrics implements MeterBinder {
  private final WeakReference<Cache<?, ?>> cache;
  private final Tags tags;

  /** Of that cache, with these tags besides {@code cache}. */
  public LarderCacheMetrics(Cache<?, ?> cache, Iterable<Tag> tags) {
    this.cache = new WeakReference<>(Checks.notNull(cache, "cache"));
    this.tags = Tags.of(Checks.notNull(tags, "tags"));
  }

  /**
   * Binds a cache and returns it.
   *
   * @param tags names and values in turn
   * @throws IllegalArgumentException when a name has no value
   * @throws dev.larder.CacheClosedException when the cache is closed
   */
  public static <C extends Cache<?, ?>> C monitor(MeterRegistry registry, C cache, String... tags) {
    new LarderCacheMetrics(cache, Tags.of(tags)).bindTo(Checks.notNull(registry, "registry"));
    return cache;
  }

  /**
   * Registers the meters; does nothing when the cache is not used any more.
   *
   * @throws dev.larder.CacheClosedException when the cache is closed
   */
  @Override
  public void bindTo(MeterRegistry registry) {
    var present = cache.get();
    if (present != null) {
      var unused = CacheMeters.register(registry, present, tags);
    }
  }
}
