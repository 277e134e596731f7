package dev.larder.micrometer;

import dev.larder.Cache;
import dev.larder.CacheStats;
import dev.larder.Health;
import dev.larder.MissCause;
import dev.larder.TierStats;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one cache in one registry. They look at the cache when they are read, and never
 * before: operations know nothing of them. The registry holds the cache weakly, as {@link Sampled}
 * does. A registry keeps the first meter of a name and tags, so those of an earlier cache of the
 * same name are taken out first.
 */
final class CacheMeters {
  private final MeterRegistry registry;
  private final Sampled sampled;
  private final Tags tags;
  private final List<Meter> meters = new ArrayList<>();

  private CacheMeters(MeterRegistry registry, Sampled sampled, Tags tags) {
    this.registry = registry;
    this.sampled = sampled;
    this.tags = tags;
  }

  /**
   * Registers them.
   *
   * @throws dev.larder.CacheClosedException when the cache is closed
   */
  static CacheMeters register(MeterRegistry registry, Cache<?, ?> cache, Tags more) {
    var sampled = new Sampled(cache, registry.config().clock());
    var made = new CacheMeters(registry, sampled, more.and("cache", cache.name()));
    made.reads(cache);
    made.writes(cache);
    made.loads(cache);
    made.sizes(cache);
    made.tiers(cache);
    sampled.begin();
    return made;
  }

  boolean areOf(Cache<?, ?> cache) {
    return sampled.isOf(cache);
  }

  /** Takes them out of the registry. */
  void remove() {
    meters.forEach(registry::remove);
    meters.clear();
  }

  private void reads(Cache<?, ?> cache) {
    var gets = "Reads that found an entry, and reads that found none.";
    counter(cache, "cache.gets", gets, CacheStats::hits, "result", "hit");
    counter(cache, "cache.gets", gets, CacheStats::misses, "result", "miss");
    for (var cause : MissCause.values()) {
      counter(
          cache,
          "cache.misses",
          "Reads that found none, by why.",
          stats -> stats.misread().getOrDefault(cause, 0L),
          "cause",
          word(cause));
    }
  }

  private void writes(Cache<?, ?> cache) {
    counter(cache, "cache.puts", "Values stored, loads not included.", CacheStats::puts);
    counter(cache, "cache.removals", "Entries removed by the user.", CacheStats::removals);
    var left = "Entries that left by themselves, by why.";
    counter(cache, "cache.evictions", left, CacheStats::evictions, "cause", "size");
    counter(cache, "cache.evictions", left, CacheStats::expirations, "cause", "expired");
  }

  private void loads(Cache<?, ?> cache) {
    var loads = "Calls of loaders that gave a value, and those that failed.";
    counter(cache, "cache.load", loads, CacheStats::loads, "result", "success");
    counter(cache, "cache.load", loads, CacheStats::loadFailures, "result", "failure");
    add(
        new Meter.Id("cache.load.time", tags, null, null, Meter.Type.TIMER),
        FunctionTimer.builder(
                    "cache.load.time",
                    cache,
                    any -> stats().loads() + stats().loadFailures(),
                    any -> stats().loadTime().toNanos(),
                    TimeUnit.NANOSECONDS)
                .tags(tags)
                .description("The time spent in loaders, successful or not.")
            ::register);
    counter(
        cache,
        "cache.hook.failures",
        "Listeners and access rules that threw.",
        CacheStats::hookFailures);
  }

  private void sizes(Cache<?, ?> cache) {
    gauge(cache, "cache.size", "Entries now.", null, tags, CacheStats::size);
    gauge(cache, "cache.size.peak", "The most there were.", null, tags, CacheStats::peakSize);
    gauge(cache, "cache.weight", "The sum of weights now.", null, tags, CacheStats::weight);
    gauge(
        cache,
        "cache.memory",
        "What the entries take, estimated; 0 when unknown.",
        BaseUnits.BYTES,
        tags,
        CacheStats::estimatedBytes);
    for (var status : Health.Status.values()) {
      var id = tags.and("state", word(status));
      gauge(
          cache,
          "cache.health",
          "1 for how the cache is, 0 for the other states.",
          null,
          id,
          stats -> sampled.get().health() == status ? 1 : 0);
    }
  }

  /** A cache of one tier shows that one, so that all caches add up by tier. */
  private void tiers(Cache<?, ?> cache) {
    var tiers = stats().tiers();
    if (tiers.isEmpty()) {
      tier(cache, cache.control().spec().placement().topology(), CacheMeters::only);
      return;
    }
    for (var tier : tiers) {
      tier(cache, tier.name(), stats -> named(stats, tier));
    }
  }

  @FunctionalInterface
  private interface Tier {
    TierStats of(CacheStats stats);
  }

  private static TierStats only(CacheStats stats) {
    return new TierStats("", stats.hits(), stats.evictions(), stats.size(), stats.estimatedBytes());
  }

  private static TierStats named(CacheStats stats, TierStats otherwise) {
    return stats.tiers().stream()
        .filter(tier -> tier.name().equals(otherwise.name()))
        .findFirst()
        .orElse(otherwise);
  }

  private void tier(Cache<?, ?> cache, String name, Tier tier) {
    var in = tags.and("tier", name);
    counter(
        cache,
        "cache.tier.hits",
        "Reads that the tier answered.",
        stats -> tier.of(stats).hits(),
        "tier",
        name);
    counter(
        cache,
        "cache.tier.evictions",
        "Entries, or copies in a tier in front, that left the tier for space.",
        stats -> tier.of(stats).evictions(),
        "tier",
        name);
    gauge(
        cache,
        "cache.tier.size",
        "Entries in the tier now.",
        null,
        in,
        stats -> tier.of(stats).size());
    gauge(
        cache,
        "cache.tier.memory",
        "What the entries in the tier take, estimated; 0 when unknown.",
        BaseUnits.BYTES,
        in,
        stats -> tier.of(stats).estimatedBytes());
  }

  private CacheStats stats() {
    return sampled.get().stats();
  }

  private void counter(
      Cache<?, ?> cache,
      String name,
      String description,
      ToDoubleFunction<CacheStats> count,
      String... also) {
    var all = tags.and(also);
    add(
        new Meter.Id(name, all, null, null, Meter.Type.COUNTER),
        FunctionCounter.builder(name, cache, any -> count.applyAsDouble(stats()))
                .tags(all)
                .description(description)
            ::register);
  }

  private void gauge(
      Cache<?, ?> cache,
      String name,
      String description,
      @Nullable String unit,
      Tags all,
      ToDoubleFunction<CacheStats> value) {
    add(
        new Meter.Id(name, all, null, null, Meter.Type.GAUGE),
        Gauge.builder(name, cache, any -> now(value))
                .tags(all)
                .description(description)
                .baseUnit(unit)
            ::register);
  }

  /** Counters stay as they were when a cache has closed; of what it holds nothing can be said. */
  private double now(ToDoubleFunction<CacheStats> value) {
    var sample = sampled.get();
    return sample.open() ? value.applyAsDouble(sample.stats()) : Double.NaN;
  }

  private void add(Meter.Id id, Registering meter) {
    registry.removeByPreFilterId(id);
    meters.add(meter.in(registry));
  }

  @FunctionalInterface
  private interface Registering {
    Meter in(MeterRegistry registry);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
