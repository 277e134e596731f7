package dev.larder.config;

import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.Life;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Completes one description: what speaks of the cache wins over code, code wins over defaults.
 * Bounds are decided together, by the nearest that speaks of any; so is expiry between code and
 * defaults, since half a rule from each would be a rule that nobody wrote.
 */
final class Completion<K, V> {
  private static final Set<String> LIVES = Set.of(Keys.WRITE, Keys.ACCESS);

  private final CacheSpec<K, V> spec;
  private final CacheSpec.Builder<K, V> builder;
  private final Map<String, Given> own;
  private final Map<String, Given> fill;

  /**
   * Takes what there is to be said.
   *
   * @param sections those that speak of the cache, the narrowest first
   * @param defaults the defaults with the top-level topology
   */
  Completion(CacheSpec<K, V> spec, List<Map<String, Given>> sections, Map<String, Given> defaults) {
    this.spec = spec;
    this.builder = spec.toBuilder();
    this.own = merge(sections);
    this.fill = leftOpen(defaults, spec.chosen());
  }

  private static Map<String, Given> merge(List<Map<String, Given>> sections) {
    var merged = new TreeMap<String, Given>();
    for (var section : sections) {
      var boundsKnown = Keys.BOUNDS.stream().anyMatch(merged::containsKey);
      section.forEach(
          (key, given) -> {
            if (!boundsKnown || !Keys.BOUNDS.contains(key)) {
              merged.putIfAbsent(key, given);
            }
          });
    }
    return merged;
  }

  private static Map<String, Given> leftOpen(Map<String, Given> defaults, Set<String> chosen) {
    var left = new TreeMap<>(defaults);
    left.keySet().removeAll(chosen);
    for (var group : List.of(Keys.BOUNDS, LIVES)) {
      if (group.stream().anyMatch(chosen::contains)) {
        left.keySet().removeAll(group);
      }
    }
    return left;
  }

  /** The completed description. */
  CacheSpec<K, V> run() {
    bounds(Keys.BOUNDS.stream().anyMatch(own::containsKey) ? own : fill);
    expiry();
    var others = new TreeMap<>(fill);
    others.putAll(own);
    others.forEach((key, given) -> given.key().apply(builder, given.value()));
    options(topology(), others);
    return builder.build();
  }

  private void bounds(Map<String, Given> from) {
    if (Keys.BOUNDS.stream().noneMatch(from::containsKey)) {
      return;
    }
    builder.unbounded();
    number(from, Keys.ENTRIES).ifPresent(builder::maximumEntries);
    number(from, Keys.BYTES).ifPresent(builder::maximumBytes);
    var weight = from.get(Keys.WEIGHT);
    if (weight != null) {
      if (spec.hooks().weigher() == null) {
        throw new ConfigurationException(
            weight.place()
                + ": cache '"
                + spec.name()
                + "' has no weigher for maximum-weight; allowed: maximum-entries or maximum-bytes,"
                + " or a weigher set in code");
      }
      builder.maximumWeight((long) weight.value());
    }
  }

  private static OptionalLong number(Map<String, Given> from, String key) {
    var given = from.get(key);
    return given == null ? OptionalLong.empty() : OptionalLong.of((long) given.value());
  }

  /** A section replaces the parts of a rule of code that it speaks of, or all of another rule. */
  private void expiry() {
    if (LIVES.stream().noneMatch(key -> own.containsKey(key) || fill.containsKey(key))) {
      return;
    }
    var live = duration(Keys.WRITE, timeToLive());
    var idle = duration(Keys.ACCESS, timeToIdle());
    builder.expiry(Life.ETERNAL);
    if (!live.isZero()) {
      builder.expireAfterWrite(live);
    }
    if (!idle.isZero()) {
      builder.expireAfterAccess(idle);
    }
  }

  private Duration duration(String key, Duration ofCode) {
    var given = own.getOrDefault(key, fill.get(key));
    return given == null ? ofCode : (Duration) given.value();
  }

  private Duration timeToLive() {
    var life = simpleLife();
    if (life == null) {
      return Duration.ZERO;
    }
    return millis(life.sliding() ? life.limit() : life.onCreate());
  }

  private Duration timeToIdle() {
    var life = simpleLife();
    return life == null || !life.sliding() ? Duration.ZERO : millis(life.onAccess());
  }

  private static Duration millis(long life) {
    return life == Life.FOREVER ? Duration.ZERO : Duration.ofMillis(life);
  }

  /** The rule of code if the two durations can say it, else null. */
  private @Nullable Life simpleLife() {
    var life = spec.expiry().life();
    var simple =
        spec.expiry().custom() == null
            && life.staleFor() == 0
            && life.onCreate() > 0
            && life.onUpdate() == life.onCreate()
            && (life.sliding() ? life.onAccess() == life.onCreate() : life.limit() == Life.FOREVER);
    return simple ? life : null;
  }

  private String topology() {
    var given = own.getOrDefault(Keys.TOPOLOGY, fill.get(Keys.TOPOLOGY));
    return given == null ? spec.placement().topology() : given.value().toString();
  }

  /** A place is told its own options, and those of a tier in front where there may be one. */
  private void options(String topology, Map<String, Given> from) {
    if (topology.equals(PlaceKeys.MEMORY)) {
      return;
    }
    from.forEach(
        (key, given) -> {
          if (Set.of(PlaceKeys.NEAR, PlaceKeys.MEMORY, topology).contains(PlaceKeys.group(key))) {
            builder.option(key, text(given.value()));
          }
        });
    if (topology.equals(PlaceKeys.DISK)
        && !from.containsKey(PlaceKeys.PATH)
        && !spec.placement().options().containsKey(PlaceKeys.PATH)) {
      throw noPath(own.getOrDefault(Keys.TOPOLOGY, fill.get(Keys.TOPOLOGY)));
    }
  }

  /** As a store reads it: without end is a word, and no time of zero. */
  private static String text(Object value) {
    return value instanceof Duration time && time.isZero() ? Kinds.NEVER : value.toString();
  }

  private ConfigurationException noPath(@Nullable Given topology) {
    return new ConfigurationException(
        (topology == null ? "" : topology.place() + ": ")
            + "cache '"
            + spec.name()
            + "' is on disk, but where? "
            + PlaceKeys.PATH
            + " is not set; allowed: a file, or :memory:, as "
            + PlaceKeys.PATH
            + " at the top of the configuration or in the section of the cache");
  }
}
