package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import org.jspecify.annotations.Nullable;

/** Whole numbers as text, as strict as Redis: no blanks, no plus, no leading zeros. */
final class Numbers {
  private static final int LONGEST = 20;

  private Numbers() {}

  /**
   * The number that the text is.
   *
   * @throws CommandException when it is none, or does not fit a long
   */
  static long parse(byte[] text) {
    if (!is(text)) {
      throw new CommandException(CommandException.NOT_AN_INTEGER);
    }
    return value(text);
  }

  /** Whether the text is a number that fits a long, in the one way to write it. */
  static boolean is(byte[] text) {
    if (text.length == 0 || text.length > LONGEST) {
      return false;
    }
    int first = text[0] == '-' ? 1 : 0;
    if (first == text.length) {
      return false;
    }
    if (text[first] == '0') {
      return text.length == 1;
    }
    for (int at = first; at < text.length; at++) {
      if (text[at] < '0' || text[at] > '9') {
        return false;
      }
    }
    return fits(text, first);
  }

  private static boolean fits(byte[] text, int first) {
    int digits = text.length - first;
    var limit = first == 1 ? "9223372036854775808" : "9223372036854775807";
    if (digits != limit.length()) {
      return digits < limit.length();
    }
    for (int at = 0; at < digits; at++) {
      int difference = text[first + at] - limit.charAt(at);
      if (difference != 0) {
        return difference < 0;
      }
    }
    return true;
  }

  /** Negative all the way, since the smallest number has no positive twin. */
  private static long value(byte[] text) {
    boolean negative = text[0] == '-';
    long sum = 0;
    for (int at = negative ? 1 : 0; at < text.length; at++) {
      sum = sum * 10 - (text[at] - '0');
    }
    return negative ? sum : -sum;
  }

  /** The text of a number. */
  static byte[] text(long value) {
    return Long.toString(value).getBytes(US_ASCII);
  }

  /**
   * A number that the text is, as unsigned as the cursors of Redis are; a minus turns it round as
   * {@code strtoul} does. Null when it is none, or too large.
   */
  static @Nullable Long unsigned(String text) {
    if (text.isEmpty()) {
      return 0L;
    }
    boolean signed = text.charAt(0) == '-' || text.charAt(0) == '+';
    var digits = signed ? text.substring(1) : text;
    if (digits.isEmpty() || !digits.chars().allMatch(letter -> letter >= '0' && letter <= '9')) {
      return null;
    }
    try {
      var value = Long.parseUnsignedLong(digits);
      return text.charAt(0) == '-' ? -value : value;
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
