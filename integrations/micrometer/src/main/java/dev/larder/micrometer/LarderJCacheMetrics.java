package dev.larder.micrometer;

import dev.larder.Checks;
import dev.larder.Larder;
import io.micrometer.core.instrument.MeterRegistry;
import javax.cache.Cache;
import javax.cache.CacheManager;

/**
 * The meters of Larder's caches that are used through JCache. Counters count while the statistics
 * of the cache are on ({@code MutableConfiguration.setStatisticsEnabled} or {@code
 * CacheManager.enableStatistics}). Needs cache-api on the class path, which JCache users have.
 */
public final class LarderJCacheMetrics {
  private LarderJCacheMetrics() {}

  /**
   * Binds one cache, as {@link LarderCacheMetrics}, and returns it.
   *
   * @param tags names and values in turn
   * @throws IllegalArgumentException when it is a cache of another provider
   * @throws dev.larder.CacheClosedException when the cache is closed
   */
  public static <C extends Cache<?, ?>> C monitor(MeterRegistry registry, C cache, String... tags) {
    Checks.notNull(cache, "cache");
    dev.larder.Cache<?, ?> ours;
    try {
      ours = cache.unwrap(dev.larder.Cache.class);
    } catch (IllegalArgumentException e) {
      throw foreign("cache '" + cache.getName() + "'", cache, e);
    }
    LarderCacheMetrics.monitor(registry, ours, tags);
    return cache;
  }

  /**
   * Binds all caches of a manager, as {@link LarderMetrics}.
   *
   * @param tags names and values in turn
   * @throws IllegalArgumentException when it is a manager of another provider
   * @throws dev.larder.CacheClosedException when the manager is closed
   */
  public static LarderMetrics monitor(
      MeterRegistry registry, CacheManager manager, String... tags) {
    Checks.notNull(manager, "manager");
    Larder ours;
    try {
      ours = manager.unwrap(Larder.class);
    } catch (IllegalArgumentException e) {
      throw foreign("manager '" + manager.getURI() + "'", manager, e);
    }
    return LarderMetrics.monitor(registry, ours, tags);
  }

  private static IllegalArgumentException foreign(
      String what, Object found, IllegalArgumentException cause) {
    return new IllegalArgumentException(
        what
            + " is a "
            + found.getClass().getName()
            + ", not one of Larder's; use io.micrometer.core.instrument.binder.cache for it",
        cause);
  }
}
