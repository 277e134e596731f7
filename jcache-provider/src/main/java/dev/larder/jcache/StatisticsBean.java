package dev.larder.jcache;

import dev.larder.CacheControl;
import dev.larder.CacheStats;
import javax.cache.management.CacheStatisticsMXBean;

/** The counts of one cache, made through this process, as JMX shows them. */
record StatisticsBean(CacheControl control, Timings timings) implements CacheStatisticsMXBean {

  @Override
  public void clear() {
    control.resetStats();
    timings.reset();
  }

  @Override
  public long getCacheHits() {
    return control.stats().hits();
  }

  @Override
  public float getCacheHitPercentage() {
    var stats = control.stats();
    return percent(stats.hits(), stats);
  }

  @Override
  public long getCacheMisses() {
    return control.stats().misses();
  }

  @Override
  public float getCacheMissPercentage() {
    var stats = control.stats();
    return percent(stats.misses(), stats);
  }

  private static float percent(long part, CacheStats stats) {
    var reads = stats.hits() + stats.misses();
    return reads == 0 ? 0 : 100f * part / reads;
  }

  @Override
  public long getCacheGets() {
    var stats = control.stats();
    return stats.hits() + stats.misses();
  }

  @Override
  public long getCachePuts() {
    return control.stats().puts();
  }

  @Override
  public long getCacheRemovals() {
    return control.stats().removals();
  }

  @Override
  public long getCacheEvictions() {
    return control.stats().evictions();
  }

  @Override
  public float getAverageGetTime() {
    return timings.gets().average();
  }

  @Override
  public float getAveragePutTime() {
    return timings.puts().average();
  }

  @Override
  public float getAverageRemoveTime() {
    return timings.removals().average();
  }
}
