package dev.larder.engine;

import dev.larder.Bounds;
import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.FailurePolicy;
import dev.larder.Life;
import dev.larder.spi.Settings;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * What a description says about the tier of memory in front of another store.
 *
 * @param bounds how much it holds
 * @param timeToLive how long a copy lives at most, {@link Life#FOREVER} for as long as its entry
 * @param timeToIdle how long a copy lives after it was last read, {@link Life#FOREVER} likewise
 * @param largest the estimated size up to which an entry is copied
 * @param freshness for how long copies are shown
 * @param warmStart for how long copies are read after opening at most, in milliseconds; 0 for no
 *     warm start
 */
record TierOptions(
    Bounds bounds,
    long timeToLive,
    long timeToIdle,
    long largest,
    Freshness freshness,
    long warmStart) {
  private static final String GROUP = "memory.";
  private static final String ENTRIES = GROUP + "maximum-entries";
  private static final String BYTES = GROUP + "maximum-bytes";
  private static final String WRITE = GROUP + "expire-after-write";
  private static final String ACCESS = GROUP + "expire-after-access";
  private static final String LARGEST = GROUP + "largest-entry";
  private static final String WARM = GROUP + "warm-start";
  private static final Set<String> KNOWN = Set.of(ENTRIES, BYTES, WRITE, ACCESS, LARGEST, WARM);

  private static final String NEAR = "near.";
  private static final String NEAR_ENTRIES = NEAR + "maximum-entries";
  private static final String NEAR_BYTES = NEAR + "maximum-bytes";
  private static final String NEAR_LARGEST = NEAR + "largest-entry";
  private static final String NEAR_STALENESS = NEAR + "max-staleness";
  private static final String NEAR_CLOCK = NEAR + "clock";
  private static final Set<String> NEAR_KNOWN =
      Set.of(NEAR_ENTRIES, NEAR_BYTES, NEAR_LARGEST, NEAR_STALENESS, NEAR_CLOCK);
  private static final long DEFAULT_STALENESS = 1_000;
  private static final long LEAST_STALENESS = 50;
  private static final long MOST_STALENESS = 3_600_000;
  private static final String STALENESS = "a time from 50ms to 1h, such as 1s";

  private static final long MOST_ENTRIES = 10_000;
  private static final long WARM_START = 5_000;
  private static final String TIMES = "a time longer than zero such as 250ms, 10s, 1h30m, or never";
  private static final String SIZES = "a number of bytes, or one with KB, MB or GB, such as 64MB";

  /**
   * Reads the options {@code memory.*}.
   *
   * @throws ConfigurationException when there is one that is unknown or has a value that is not
   *     allowed
   */
  static TierOptions of(CacheSpec<?, ?> spec) {
    var reader = new Reader(spec.name(), spec.placement().options(), GROUP, KNOWN);
    reader.checkNames();
    var entries =
        reader.read(
            ENTRIES,
            "a whole number, 0 or more",
            text -> Settings.count(text, 0, Bounds.NONE - 1),
            Math.min(MOST_ENTRIES, spec.bounds().entries()));
    var bytes = reader.read(BYTES, SIZES, Settings::size, Bounds.NONE);
    return new TierOptions(
        new Bounds(entries, Bounds.NONE, bytes),
        reader.read(WRITE, TIMES, TierOptions::life, Life.FOREVER),
        reader.read(ACCESS, TIMES, TierOptions::life, Life.FOREVER),
        reader.read(LARGEST, SIZES, Settings::size, Long.MAX_VALUE),
        Freshness.ALWAYS,
        reader.read(
            WARM, TIMES, text -> Settings.time(text, Duration.ofMillis(1)).toMillis(), WARM_START));
  }

  /** Whether the description asks for copies in front of a store that others change too. */
  static boolean near(CacheSpec<?, ?> spec) {
    return spec.placement().options().keySet().stream().anyMatch(name -> name.startsWith(NEAR));
  }

  /**
   * Reads the options {@code near.*}.
   *
   * @throws ConfigurationException when there is one that is unknown or has a value that is not
   *     allowed
   */
  static TierOptions nearOf(CacheSpec<?, ?> spec) {
    var reader = new Reader(spec.name(), spec.placement().options(), NEAR, NEAR_KNOWN);
    reader.checkNames();
    var entries =
        reader.read(
            NEAR_ENTRIES,
            "a whole number, 0 or more",
            text -> Settings.count(text, 0, Bounds.NONE - 1),
            MOST_ENTRIES);
    return new TierOptions(
        new Bounds(
            entries, Bounds.NONE, reader.read(NEAR_BYTES, SIZES, Settings::size, Bounds.NONE)),
        Life.FOREVER,
        Life.FOREVER,
        reader.read(NEAR_LARGEST, SIZES, Settings::size, Long.MAX_VALUE),
        new Freshness(
            reader.read(NEAR_STALENESS, STALENESS, TierOptions::staleness, DEFAULT_STALENESS),
            reader.read(NEAR_CLOCK, "exact, coarse", TierOptions::exact, 1L) == 1,
            spec.placement().onFailure() == FailurePolicy.SERVE_STALE),
        0);
  }

  /** The same with copies that live so long at most. */
  TierOptions living(long millis) {
    return new TierOptions(
        bounds, Math.min(timeToLive, millis), timeToIdle, largest, freshness, warmStart);
  }

  private static long exact(String text) {
    return switch (text) {
      case "exact" -> 1;
      case "coarse" -> 0;
      default -> throw new IllegalArgumentException(Settings.quote(text) + " is not known");
    };
  }

  private static long staleness(String text) {
    var time = Settings.time(text, Duration.ofMillis(1)).toMillis();
    if (time < LEAST_STALENESS || time > MOST_STALENESS) {
      throw new IllegalArgumentException(Settings.quote(text) + " is out of range");
    }
    return time;
  }

  private static long life(String text) {
    var time = Settings.time(text, Duration.ofMillis(1));
    return time.isZero() ? Life.FOREVER : Life.millis(time);
  }

  private record Reader(
      String cache, Map<String, String> options, String group, Set<String> known) {
    void checkNames() {
      for (var name : options.keySet()) {
        if (name.startsWith(group) && !known.contains(name)) {
          throw new ConfigurationException(
              "cache '"
                  + cache
                  + "': unknown option "
                  + name
                  + "; allowed: "
                  + String.join(", ", new TreeSet<>(known)));
        }
      }
    }

    long read(String name, String allowed, Function<String, Long> parser, long otherwise) {
      var text = options.get(name);
      if (text == null) {
        return otherwise;
      }
      try {
        return parser.apply(text);
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(
            "cache '"
                + cache
                + "', option "
                + name
                + ": "
                + e.getMessage()
                + "; allowed: "
                + allowed,
            e);
      }
    }
  }
}
