package dev.larder.config;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads times such as {@code 1h30m}, {@code 250ms}, {@code PT10S} and {@code never}. */
final class Durations {
  /** Beyond this, {@code never} is what is meant; it also keeps the nanoseconds within a long. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final int LONGEST_TEXT = 60;
  private static final Pattern PART = Pattern.compile("\\G([0-9]{1,18})(ms|s|m|h|d)");

  private Durations() {}

  /** The time, zero for {@code never}; throws {@link IllegalArgumentException} saying why not. */
  static Duration read(String text, Duration least) {
    var lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("never")) {
      return Duration.ZERO;
    }
    var value = lower.startsWith("p") ? iso(text) : sum(lower, text);
    if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
      throw Kinds.outOfRange(text);
    }
    return value;
  }

  private static Duration iso(String text) {
    try {
      return Duration.parse(text.substring(0, Math.min(text.length(), LONGEST_TEXT)));
    } catch (DateTimeException notOne) {
      throw notATime(text, "");
    }
  }

  private static Duration sum(String lower, String text) {
    if (lower.length() > LONGEST_TEXT) {
      throw notATime(text, "");
    }
    var parts = PART.matcher(lower);
    var sum = Duration.ZERO;
    var end = 0;
    while (parts.find()) {
      sum = sum.plus(part(Long.parseLong(parts.group(1)), parts.group(2), text));
      end = parts.end();
    }
    if (end == 0 || end != lower.length()) {
      var plainNumber = lower.chars().allMatch(Character::isDigit);
      throw notATime(text, plainNumber ? " (it has no unit)" : "");
    }
    return sum;
  }

  private static Duration part(long number, String unit, String text) {
    if (number > LONGEST.toMillis()) {
      throw Kinds.outOfRange(text);
    }
    return switch (unit) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      case "m" -> Duration.ofMinutes(number);
      case "h" -> Duration.ofHours(number);
      default -> Duration.ofDays(number);
    };
  }

  private static IllegalArgumentException notATime(String text, String why) {
    return new IllegalArgumentException(Mistakes.quote(text) + " is not a time" + why);
  }
}
