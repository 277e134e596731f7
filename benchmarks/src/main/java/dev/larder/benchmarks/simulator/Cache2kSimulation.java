package dev.larder.benchmarks.simulator;

import org.cache2k.Cache;
import org.cache2k.Cache2kBuilder;

/** The real cache2k, in one segment, since it does not keep to its bounds exactly otherwise. */
final class Cache2kSimulation implements Simulation {
  private final Trace trace;
  private final Cache<Object, Integer> cache;

  Cache2kSimulation(Trace trace, long capacity) {
    this.trace = trace;
    var builder =
        Cache2kBuilder.of(Object.class, Integer.class)
            .eternal(true)
            .disableStatistics(true)
            .strictEviction(true);
    cache =
        trace.weighted()
            ? builder.maximumWeight(capacity).weigher((key, weight) -> weight).build()
            : builder.entryCapacity(capacity).build();
  }

  @Override
  public boolean access(int id, int position) {
    var key = trace.key(id);
    var found = cache.get(key);
    int weight = trace.weight(position);
    if (found == null || found != weight) {
      cache.put(key, weight);
    }
    return found != null;
  }

  @Override
  public void close() {
    cache.close();
  }

  long size() {
    return cache.asMap().size();
  }
}
