package dev.larder.config;

import dev.larder.Placement;
import dev.larder.spi.Settings;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The kinds of values there are. */
final class Kinds {
  /** Longer than any number, time or size that makes sense. */
  private static final int LONGEST_NUMBER = 40;

  static final String NEVER = "never";

  /** A size without a unit is one in bytes; a time without one is refused. */
  static final String BYTE_UNITS = "bytes, KB, MB or GB";

  private static final String TIME_UNITS = "ms, s, m, h or d";

  private static final Pattern SHARE = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)( ?%)?");

  /** A bound by count or weight. */
  static final Kind<Long> COUNT_FROM_ZERO = count(0, Long.MAX_VALUE - 1);

  /** A size in bytes. */
  static final Kind<Long> BYTES =
      new Kind<>(
          Long.class,
          "a size",
          "a number of bytes, or one with KB, MB or GB (of 1,024 each), such as 64MB",
          BYTE_UNITS,
          "64MB",
          false,
          Settings::size);

  /** A limit in bytes that can be switched off. */
  static final Kind<String> BYTES_OR_NEVER =
      new Kind<>(
          String.class,
          "a size",
          BYTES.allowed() + ", or never",
          BYTE_UNITS,
          "64MB",
          false,
          text -> text.equalsIgnoreCase(NEVER) ? NEVER : String.valueOf(Settings.size(text)));

  /** A part of a whole. */
  static final Kind<Double> PART =
      new Kind<>(
          Double.class,
          "a share",
          "0 to 1, or 0% to 100%, such as 0.1 or 10%",
          "parts of one, or %",
          "10%",
          false,
          Kinds::share);

  /** Yes or no. */
  static final Kind<Boolean> FLAG = choice(Boolean.class, Map.of("true", true, "false", false));

  /** Yes, said openly. */
  static final Kind<Boolean> YES = choice(Boolean.class, Map.of("true", true));

  /** How long an entry lives; zero stands for {@code never}. */
  static final Kind<Duration> LIFE =
      new Kind<>(
          Duration.class,
          "a time",
          "a time longer than zero such as 250ms, 10s, 5m, 1h30m, 7d or PT10S, or never",
          TIME_UNITS,
          "1h30m",
          false,
          text -> Settings.time(text, Duration.ofNanos(1)));

  /** A time between two commits. */
  static final Kind<Duration> INTERVAL =
      time(Duration.ofMillis(1), Duration.ofHours(1), "250ms or 10s").example("250ms");

  /** A pause or limit that can be switched off; zero stands for {@code never}. */
  static final Kind<Duration> PAUSE =
      new Kind<>(
          Duration.class,
          "a time",
          "a time such as 250ms, 10s, 5m, 1h30m, 7d or PT10S, or never (the same as 0s)",
          TIME_UNITS,
          "5s",
          false,
          text -> Settings.time(text, Duration.ZERO));

  /** The version of a shape, as its number. */
  static final Kind<Integer> SCHEMA_VERSION =
      new Kind<>(
          Integer.class,
          "a version",
          "a whole number, 0 to 2147483647, or a semantic version such as 1.4.2 (up to"
              + " 2047.1023.1023)",
          "",
          "7",
          false,
          Kinds::version);

  /** Text that is not empty. */
  static final Kind<String> TEXT =
      new Kind<>(String.class, "a text", "text that is not empty", "", "text", false, Kinds::text);

  /** A list of texts, kept with commas between. */
  static final Kind<String> TEXTS =
      new Kind<>(
          String.class, "a list", "a list, or text with commas", "", "one,two", true, Kinds::texts);

  private Kinds() {}

  /** The name of something that {@link Services} finds. */
  static Kind<String> named(String what, String sample) {
    return new Kind<>(
        String.class,
        "a name",
        "the name of " + what + " on the class path",
        "",
        sample,
        false,
        Kinds::text);
  }

  /** A time within limits, both included. */
  static Kind<Duration> time(Duration least, Duration most, String sample) {
    return new Kind<>(
        Duration.class,
        "a time",
        "a time from " + least.toMillis() + "ms to " + inWords(most) + ", such as " + sample,
        TIME_UNITS,
        sample,
        false,
        text -> {
          var time = Settings.time(text, Duration.ofMillis(1));
          if (time.compareTo(least) < 0 || time.compareTo(most) > 0) {
            throw outOfRange(text);
          }
          return time;
        });
  }

  private static String inWords(Duration time) {
    return time.toHours() > 0 ? time.toHours() + "h" : time.toMinutes() + "m";
  }

  /** A whole number within limits, both included. */
  static Kind<Long> count(long least, long most) {
    var range = most == Long.MAX_VALUE - 1 ? least + " or more" : least + " to " + most;
    return new Kind<>(
        Long.class,
        "a whole number",
        "a whole number, " + range,
        "",
        String.valueOf(Math.max(least, 7)),
        false,
        text -> Settings.count(text, least, most));
  }

  /** One of some words. */
  static <T> Kind<T> choice(Class<T> type, Map<String, T> words) {
    var allowed = words.keySet().stream().sorted().collect(Collectors.joining(", "));
    return new Kind<>(
        type, "one of its words", allowed, "", allowed.split(",", 2)[0], false, of(words));
  }

  private static <T> Kind.Reader<T> of(Map<String, T> words) {
    return text -> {
      var value = words.get(text.toLowerCase(Locale.ROOT));
      if (value == null) {
        throw new IllegalArgumentException(Settings.quote(text) + " is not one of its words");
      }
      return value;
    };
  }

  static IllegalArgumentException outOfRange(String text) {
    return new IllegalArgumentException(Settings.quote(text) + " is out of range");
  }

  private static int version(String text) {
    if (text.indexOf('.') < 0) {
      return (int) Settings.count(text, 0, Integer.MAX_VALUE);
    }
    try {
      return Placement.versionNumber(text);
    } catch (IllegalArgumentException notOne) {
      throw new IllegalArgumentException(
          Settings.quote(text) + " is no semantic version, or out of range", notOne);
    }
  }

  private static double share(String text) {
    var parts = SHARE.matcher(text.length() > LONGEST_NUMBER ? "" : text);
    if (!parts.matches()) {
      throw new IllegalArgumentException(Settings.quote(text) + " is not a share");
    }
    var number = new BigDecimal(parts.group(1));
    var value = parts.group(2) == null ? number : number.movePointLeft(2);
    if (value.compareTo(BigDecimal.ONE) > 0) {
      throw outOfRange(text);
    }
    return value.doubleValue();
  }

  private static String text(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the text is empty");
    }
    return text;
  }

  static String texts(String text) {
    return Arrays.stream(text(text).split(",", -1))
        .map(String::strip)
        .map(Kinds::text)
        .collect(Collectors.joining(","));
  }
}
