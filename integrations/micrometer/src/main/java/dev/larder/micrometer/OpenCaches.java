package dev.larder.micrometer;

import dev.larder.Cache;
import dev.larder.CacheClosedException;
import dev.larder.CacheWatcher;
import dev.larder.Larder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The meters of the open caches of one manager in one registry. Openings and closings may be told
 * in any order: meters are registered only of the cache that the manager has under the name at that
 * moment, and a cache that closes takes out no meters but its own.
 */
final class OpenCaches implements CacheWatcher {
  private final MeterRegistry registry;
  private final Larder larder;
  private final Function<String, ? extends Iterable<Tag>> tags;

  /** By the name of the cache; guarded by this. */
  private final Map<String, CacheMeters> meters = new HashMap<>();

  private @Nullable Watch watch;
  private boolean ended;

  OpenCaches(
      MeterRegistry registry, Larder larder, Function<String, ? extends Iterable<Tag>> tags) {
    this.registry = registry;
    this.larder = larder;
    this.tags = tags;
  }

  synchronized void begin() {
    watch = larder.watch(this);
  }

  synchronized void end() {
    ended = true;
    if (watch != null) {
      watch.close();
    }
    meters.values().forEach(CacheMeters::remove);
    meters.clear();
  }

  @Override
  public synchronized void opened(Cache<?, ?> cache) {
    var earlier = meters.get(cache.name());
    if (ended || !current(cache) || (earlier != null && earlier.areOf(cache))) {
      return;
    }
    if (earlier != null) {
      earlier.remove();
    }
    try {
      var more = Tags.of(tags.apply(cache.name()));
      meters.put(cache.name(), CacheMeters.register(registry, cache, more));
    } catch (CacheClosedException e) {
      meters.remove(cache.name());
    }
  }

  private boolean current(Cache<?, ?> cache) {
    try {
      return larder.find(cache.name()).filter(found -> found == cache).isPresent();
    } catch (CacheClosedException e) {
      return false;
    }
  }

  @Override
  public synchronized void closed(Cache<?, ?> cache) {
    var those = meters.get(cache.name());
    if (those != null && those.areOf(cache)) {
      those.remove();
      meters.remove(cache.name());
    }
  }
}
