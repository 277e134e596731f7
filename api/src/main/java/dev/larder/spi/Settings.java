package dev.larder.spi;

import java.time.DateTimeException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the values of options as people write them, the same in configuration files and in {@link
 * dev.larder.Placement#options}. Every method throws {@link IllegalArgumentException} saying what
 * is wrong with the text.
 */
public final class Settings {
  /** Beyond this, {@code never} is what is meant; it also keeps the nanoseconds within a long. */
  private static final Duration LONGEST = Duration.ofDays(36_500);

  private static final int LONGEST_TEXT = 60;
  private static final Pattern PART = Pattern.compile("\\G([0-9]{1,18})(ms|s|m|h|d)");

  /** Longer than any number or size that makes sense. */
  private static final int LONGEST_NUMBER = 40;

  private static final int LONGEST_QUOTE = 60;
  private static final Pattern COUNT = Pattern.compile("-?[0-9][0-9_]*");
  private static final Pattern SIZE = Pattern.compile("([0-9][0-9_]*) ?([A-Za-z]*)");

  private static final Map<String, Long> UNITS =
      Map.of(
          "", 1L, "b", 1L, "kb", 1L << 10, "kib", 1L << 10, "mb", 1L << 20, "mib", 1L << 20, "gb",
          1L << 30, "gib", 1L << 30);

  private Settings() {}

  /**
   * A whole number, which may have underscores between its digits.
   *
   * @param least the smallest allowed
   * @param most the largest allowed
   */
  public static long count(String text, long least, long most) {
    return within(whole(text, text), least, most, text);
  }

  /** A size in bytes: a number, or one with KB, MB or GB (of 1,024 each), such as {@code 64MB}. */
  public static long size(String text) {
    var parts = SIZE.matcher(text.length() > LONGEST_NUMBER ? "" : text);
    var unit = parts.matches() ? UNITS.get(parts.group(2).toLowerCase(Locale.ROOT)) : null;
    if (unit == null) {
      throw new IllegalArgumentException(quote(text) + " is not a size");
    }
    return within(whole(parts.group(1), text), 0, (Long.MAX_VALUE - 1) / unit, text) * unit;
  }

  private static long whole(String digits, String text) {
    if (digits.length() > LONGEST_NUMBER || !COUNT.matcher(digits).matches()) {
      throw new IllegalArgumentException(quote(text) + " is not a whole number");
    }
    try {
      return Long.parseLong(digits.replace("_", ""));
    } catch (NumberFormatException tooLong) {
      throw outOfRange(text);
    }
  }

  private static long within(long value, long least, long most, String text) {
    if (value < least || value > most) {
      throw outOfRange(text);
    }
    return value;
  }

  /** The text in quotes, cut where it is long, without control characters. */
  public static String quote(String text) {
    var cut = text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE - 3) + "...";
    var shown = new StringBuilder("'");
    cut.chars().forEach(c -> shown.append(Character.isISOControl(c) ? '?' : (char) c));
    return shown.append('\'').toString();
  }

  private static IllegalArgumentException outOfRange(String text) {
    return new IllegalArgumentException(quote(text) + " is out of range");
  }

  /**
   * A time such as {@code 1h30m}, {@code 250ms}, {@code PT10S}; zero for {@code never}.
   *
   * @param least the shortest allowed
   */
  public static Duration time(String text, Duration least) {
    var lower = text.toLowerCase(Locale.ROOT);
    if (lower.equals("never")) {
      return Duration.ZERO;
    }
    var value = lower.startsWith("p") ? iso(text) : sum(lower, text);
    if (value.compareTo(least) < 0 || value.compareTo(LONGEST) > 0) {
      throw outOfRange(text);
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
      throw outOfRange(text);
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
    return new IllegalArgumentException(quote(text) + " is not a time" + why);
  }
}
