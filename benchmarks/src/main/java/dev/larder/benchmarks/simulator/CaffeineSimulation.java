package dev.larder.benchmarks.simulator;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * The real Caffeine. Its maintenance runs in the calling thread, so that a replay is the same each
 * time (but for its guard against hash flooding, which admits a few newcomers by chance).
 */
final class CaffeineSimulation implements Simulation {
  private final Trace trace;
  private final Cache<Object, Integer> cache;

  CaffeineSimulation(Trace trace, long capacity) {
    this.trace = trace;
    var builder = Caffeine.newBuilder().executor(Runnable::run);
    cache =
        trace.weighted()
            ? builder
                .maximumWeight(capacity)
                .<Object, Integer>weigher((key, weight) -> weight)
                .build()
            : builder.maximumSize(capacity).build();
  }

  @Override
  public boolean access(int id, int position) {
    var key = trace.key(id);
    var found = cache.getIfPresent(key);
    int weight = trace.weight(position);
    if (found == null || found != weight) {
      cache.put(key, weight);
    }
    return found != null;
  }

  long size() {
    return cache.estimatedSize();
  }
}
