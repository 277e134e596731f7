package dev.larder.server.http.v1;

import dev.larder.Life;
import dev.larder.server.http.Exchange;
import dev.larder.server.http.ProblemException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Settings;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/** What requests say in their query and headers. */
final class Params {
  /** The longest life that can be asked for: 100 years. */
  static final long LONGEST = Duration.ofDays(36_500).toMillis();

  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
  private static final Pattern TAG = Pattern.compile("\\s*(?:W/)?\"([0-9]{1,19})\"\\s*");
  private static final int LONGEST_LIST = 4_096;

  private Params() {}

  /** A flag, which may stand alone. */
  static boolean flag(Exchange exchange, String name) {
    var given = exchange.query(name).orElse("false");
    return switch (given.toLowerCase(Locale.ROOT)) {
      case "true", "" -> true;
      case "false" -> false;
      default -> throw Refusals.parameter(name, given, "true, false");
    };
  }

  /** A whole number. */
  static int number(Exchange exchange, String name, int otherwise, int least, int most) {
    var given = exchange.query(name);
    if (given.isEmpty()) {
      return otherwise;
    }
    try {
      return (int) Settings.count(given.get(), least, most);
    } catch (IllegalArgumentException e) {
      throw Refusals.parameter(name, given.get(), least + " to " + most);
    }
  }

  /** A positive whole number, 0 where there is none. */
  static long number(Exchange exchange, String name) {
    var given = exchange.query(name);
    if (given.isEmpty()) {
      return 0;
    }
    try {
      return Settings.count(given.get(), 1, Long.MAX_VALUE);
    } catch (IllegalArgumentException e) {
      throw Refusals.parameter(name, given.get(), "1 to " + Long.MAX_VALUE);
    }
  }

  /** A time in milliseconds: a number of seconds, or a number with a unit. */
  static long time(Exchange exchange, String name, Duration otherwise, Duration most) {
    var given = exchange.query(name);
    if (given.isEmpty()) {
      return otherwise.toMillis();
    }
    var millis = millis(given.get());
    if (millis < 0 || millis > most.toMillis()) {
      throw Refusals.parameter(
          name, given.get(), "seconds, or a time such as 250ms, up to " + most.toSeconds() + "s");
    }
    return millis;
  }

  /** -1 where it is none. */
  private static long millis(String text) {
    if (DIGITS.matcher(text).matches()) {
      var seconds = Long.parseLong(text);
      return seconds > LONGEST ? -1 : seconds * 1_000;
    }
    try {
      return Settings.time(text, Duration.ZERO).toMillis();
    } catch (IllegalArgumentException e) {
      return -1;
    }
  }

  /** The life that the query or the header asks for, {@link Life#UNCHANGED} where neither does. */
  static long life(Exchange exchange) {
    var query = exchange.query("ttl");
    if (query.isPresent()) {
      return lifeOf(query.get());
    }
    var header = exchange.header("Larder-Ttl");
    if (header.isEmpty()) {
      return Life.UNCHANGED;
    }
    var text = header.get();
    if (text.equals("forever")) {
      return Life.FOREVER;
    }
    if (DIGITS.matcher(text).matches() && Long.parseLong(text) <= LONGEST) {
      return Long.parseLong(text);
    }
    throw Refusals.header("Larder-Ttl", text, "milliseconds from 0 to " + LONGEST + ", or forever");
  }

  private static long lifeOf(String text) {
    if (text.equals("forever")) {
      return Life.FOREVER;
    }
    var millis = text.equalsIgnoreCase("never") ? -1 : millis(text);
    if (millis < 0 || millis > LONGEST) {
      throw Refusals.parameter(
          "ttl", text, "seconds, a time with a unit (ms, s, m, h, d) up to 36500d, or forever");
    }
    return millis;
  }

  /** A whole number from 0 to 2^31-1 in a header. */
  static int header(Exchange exchange, String name, int otherwise) {
    var given = exchange.header(name);
    if (given.isEmpty()) {
      return otherwise;
    }
    try {
      return (int) Settings.count(given.get(), 0, Integer.MAX_VALUE);
    } catch (IllegalArgumentException e) {
      throw Refusals.header(name, given.get(), "0 to " + Integer.MAX_VALUE);
    }
  }

  /** What the client calls the operation, 0 for nothing. */
  static long operation(Exchange exchange) {
    var given = exchange.header("Larder-Operation");
    if (given.isEmpty()) {
      return 0;
    }
    try {
      return Settings.count(given.get(), 1, Long.MAX_VALUE);
    } catch (IllegalArgumentException e) {
      throw Refusals.header("Larder-Operation", given.get(), "1 to " + Long.MAX_VALUE);
    }
  }

  /**
   * The condition that the headers make (RFC 9110, 13.1). Weak tags count as strong ones: there is
   * one form of each version.
   */
  static Condition condition(Exchange exchange) {
    var match = exchange.header("If-Match");
    var none = exchange.header("If-None-Match");
    if (match.isPresent() && none.isPresent()) {
      throw new ProblemException(
          400, "bad-header", "If-Match and If-None-Match exclude each other; send one of them");
    }
    if (match.isPresent()) {
      return match.get().strip().equals("*")
          ? Condition.PRESENT
          : new Condition(Condition.Kind.VERSION, tags("If-Match", match.get()));
    }
    if (none.isPresent()) {
      return none.get().strip().equals("*")
          ? Condition.ABSENT
          : new Condition(Condition.Kind.OTHER_VERSION, tags("If-None-Match", none.get()));
    }
    return Condition.NONE;
  }

  private static long[] tags(String header, String given) {
    var parts = given.length() > LONGEST_LIST ? new String[] {given} : given.split(",", -1);
    var versions = new long[parts.length];
    for (var i = 0; i < parts.length; i++) {
      var tag = TAG.matcher(parts[i]);
      if (!tag.matches()) {
        throw Refusals.header(header, given, "\"version\" as ETag gave it, a list of such, or *");
      }
      versions[i] = version(tag.group(1));
    }
    return versions;
  }

  /** Beyond a long there is no version, and -1 is none. */
  private static long version(String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /** The key in the path. */
  static Bytes key(Exchange exchange, int longest) {
    return checked(exchange.segment("key"), longest);
  }

  /** Throws where it is too long or empty. */
  static Bytes checked(Bytes key, int longest) {
    var length = key.array().length;
    if (length == 0 || length > longest) {
      throw new ProblemException(
          400, "bad-key", "the key has " + length + " bytes; allowed: 1 to " + longest);
    }
    return key;
  }
}
