package dev.larder.disk;

import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.Placement;
import dev.larder.spi.Settings;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a description says of the disk, checked.
 *
 * @param path the file, or {@link DiskFile#MEMORY}
 * @param durability when a write counts as safe
 * @param interval how often what was written is committed
 * @param exactAccess whether the time of every access is kept; else within a second
 * @param compressAbove values of more bytes than this are compressed, {@link Long#MAX_VALUE} for
 *     none
 * @param readers how many reads of the file run beside each other
 */
record DiskOptions(
    String path,
    Durability durability,
    Duration interval,
    boolean exactAccess,
    long compressAbove,
    int readers) {

  private static final String GROUP = "disk.";
  private static final String PATH = GROUP + "path";
  private static final String DURABILITY = GROUP + "durability";
  private static final String INTERVAL = GROUP + "interval";
  private static final String ACCESS_TIMES = GROUP + "access-times";
  private static final String COMPRESS_ABOVE = GROUP + "compress-above";
  private static final String READERS = GROUP + "readers";
  private static final TreeSet<String> KNOWN =
      new TreeSet<>(
          java.util.Set.of(PATH, DURABILITY, INTERVAL, ACCESS_TIMES, COMPRESS_ABOVE, READERS));

  private static final Duration DEFAULT_INTERVAL = Duration.ofMillis(100);
  private static final Duration LONGEST_INTERVAL = Duration.ofHours(1);
  private static final int MOST_READERS = 64;

  /** Reads the options of a cache; throws {@link ConfigurationException} for what is wrong. */
  static DiskOptions of(CacheSpec<?, ?> spec) {
    return of(spec.name(), spec.placement());
  }

  /** As {@link #of(CacheSpec)}; the name is for messages. */
  static DiskOptions of(String cache, Placement placement) {
    var read = new Reader(cache, placement.options());
    read.refuseUnknown();
    return new DiskOptions(
        read.path(),
        read.option(DURABILITY, Durability.INTERVAL, words(), DiskOptions::durability),
        read.option(INTERVAL, DEFAULT_INTERVAL, "a time from 1ms to 1h", DiskOptions::interval),
        read.option(ACCESS_TIMES, false, "coarse, exact", DiskOptions::exact),
        read.option(
            COMPRESS_ABOVE,
            Long.MAX_VALUE,
            "a size such as 4KB, or never",
            DiskOptions::compressAbove),
        read.option(
            READERS,
            defaultReaders(),
            "a number from 1 to " + MOST_READERS,
            text -> (int) Settings.count(text, 1, MOST_READERS)));
  }

  private static int defaultReaders() {
    return Math.max(4, Math.min(8, Runtime.getRuntime().availableProcessors()));
  }

  private static String words() {
    return Arrays.stream(Durability.values())
        .map(Durability::word)
        .collect(Collectors.joining(", "));
  }

  private static Durability durability(String text) {
    return Arrays.stream(Durability.values())
        .filter(each -> each.word().equals(text))
        .findFirst()
        .orElseThrow(() -> unknown(text));
  }

  private static boolean exact(String text) {
    return switch (text) {
      case "exact" -> true;
      case "coarse" -> false;
      default -> throw unknown(text);
    };
  }

  private static Duration interval(String text) {
    var interval = Settings.time(text, Duration.ofMillis(1));
    if (interval.isZero() || interval.compareTo(LONGEST_INTERVAL) > 0) {
      throw new IllegalArgumentException(Settings.quote(text) + " is out of range");
    }
    return interval;
  }

  private static long compressAbove(String text) {
    return text.equals("never") ? Long.MAX_VALUE : Settings.size(text);
  }

  private static IllegalArgumentException unknown(String text) {
    return new IllegalArgumentException(Settings.quote(text) + " is not known");
  }

  /** Reads options and says of a wrong one which it is and what is allowed. */
  private record Reader(String cache, Map<String, String> options) {

    /** Options of other groups are somebody else's. */
    void refuseUnknown() {
      for (var name : new TreeSet<>(options.keySet())) {
        if (name.startsWith(GROUP) && !KNOWN.contains(name)) {
          throw new ConfigurationException(
              "cache '"
                  + cache
                  + "': unknown option "
                  + name
                  + "; allowed are "
                  + String.join(", ", KNOWN));
        }
      }
    }

    String path() {
      var path = options.get(PATH);
      if (path == null || path.isBlank()) {
        throw wrong(PATH, "is not set", "a file, or " + DiskFiles.MEMORY + " for tests", null);
      }
      return path;
    }

    <T> T option(String name, T standard, String allowed, Function<String, T> reading) {
      var text = options.get(name);
      if (text == null) {
        return standard;
      }
      try {
        return reading.apply(text.strip());
      } catch (IllegalArgumentException e) {
        throw wrong(name, "is wrong: " + e.getMessage(), allowed, e);
      }
    }

    private ConfigurationException wrong(
        String name, String what, String allowed, @Nullable Throwable cause) {
      return new ConfigurationException(
          "cache '" + cache + "': " + name + " " + what + "; allowed: " + allowed, cause);
    }
  }
}
