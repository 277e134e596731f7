package dev.larder.server.http;

import dev.larder.Life;
import dev.larder.server.core.Contents;
import dev.larder.server.core.Limits;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import java.util.Locale;
import java.util.regex.Pattern;

/** What requests say about entries, checked. */
final class Requests {
  /** The longest time to live that can be asked for, in seconds: 31,000 years. */
  static final long LONGEST = 1_000_000_000_000L;

  /** What curl sends unless it is told otherwise, which says nothing. */
  private static final String FORM = "application/x-www-form-urlencoded";

  private static final int CONTENT_TYPE_LENGTH = 255;
  private static final Pattern NOT_WANTED = Pattern.compile(";\\s*q=0(\\.0*)?\\s*(;|$)");

  private Requests() {}

  /** A key that is neither empty, which no path could name, nor too long. */
  static Bytes key(Bytes key, Limits limits) {
    if (key.array().length == 0) {
      throw new ProblemException(400, "key-empty", "a key has at least one byte");
    }
    if (key.array().length > limits.keyBytes()) {
      throw new ProblemException(
          400, "key-too-long", "a key may have " + limits.keyBytes() + " bytes");
    }
    return key;
  }

  /** The life asked for by {@code ttl} in milliseconds; {@link Life#UNCHANGED} without one. */
  static long life(Exchange exchange) {
    var asked = exchange.query("ttl");
    if (asked.isEmpty()) {
      return Life.UNCHANGED;
    }
    try {
      return life(Long.parseLong(asked.get()));
    } catch (NumberFormatException e) {
      throw invalidLife();
    }
  }

  /** A query parameter that is a whole number from 1 to {@code most}. */
  static int number(Exchange exchange, String name, int without, int most) {
    var asked = exchange.query(name);
    if (asked.isEmpty()) {
      return without;
    }
    var value = -1;
    try {
      value = Integer.parseInt(asked.get());
    } catch (NumberFormatException e) {
      // Refused below.
    }
    if (value < 1 || value > most) {
      throw new ProblemException(
          400, "invalid-" + name, name + " is a whole number from 1 to " + most);
    }
    return value;
  }

  /** A time to live in seconds as a life. */
  static long life(long seconds) {
    if (seconds < 1 || seconds > LONGEST) {
      throw invalidLife();
    }
    return seconds * 1_000;
  }

  /** The refusal of any other. */
  static ProblemException invalidLife() {
    return new ProblemException(
        400, "invalid-ttl", "ttl is a whole number of seconds from 1 to " + LONGEST);
  }

  /** The body as a value: JSON where its content type says so, which it then has to be. */
  static Payload value(Exchange exchange, Contents contents, Limits limits) {
    return fitting(value(exchange, contents), limits);
  }

  /** A value that is not too long. */
  static Payload fitting(Payload value, Limits limits) {
    if (value.array().length > limits.valueBytes()) {
      throw new ProblemException(
          413, "value-too-long", "a value may have " + limits.valueBytes() + " bytes");
    }
    return value;
  }

  /** The refusal of a batch that is too long. */
  static ProblemException tooMany(Limits limits) {
    return new ProblemException(
        413, "batch-too-long", "a batch may have " + limits.batch() + " entries");
  }

  private static Payload value(Exchange exchange, Contents contents) {
    var body = exchange.body();
    var type = exchange.header("content-type").orElse(Contents.RAW).trim();
    if (type.equals(Contents.RAW)) {
      return contents.raw(body);
    }
    var essence = essence(type);
    if (essence.equals(FORM)) {
      return contents.raw(body);
    }
    if (essence.equals(Contents.JSON) || essence.endsWith("+json")) {
      Json.check(body);
    }
    return contents.of(body, essence.equals(Contents.JSON) ? Contents.JSON : type);
  }

  /** Type and subtype of a content type (RFC 9110, section 8.3.1), in lower case. */
  static String essence(String contentType) {
    var semicolon = contentType.indexOf(';');
    var essence = (semicolon < 0 ? contentType : contentType.substring(0, semicolon)).trim();
    var slash = essence.indexOf('/');
    if (contentType.length() > CONTENT_TYPE_LENGTH
        || slash < 1
        || slash == essence.length() - 1
        || essence.indexOf(' ') >= 0) {
      throw new ProblemException(
          415, "invalid-content-type", "a content type is like application/json or text/plain");
    }
    return essence.toLowerCase(Locale.ROOT);
  }

  /** Refuses to send what the client says it does not take (RFC 9110, section 12.5.1). */
  static void wantAccepted(Exchange exchange, String contentType) {
    var accepted = exchange.header("accept");
    if (accepted.isPresent() && !accepts(accepted.get(), essence(contentType))) {
      throw new ProblemException(
          406, "not-acceptable", "this is " + contentType + ", which the request does not accept");
    }
  }

  /** Weights do not matter, as there is one form only; but a weight of zero is a no. */
  private static boolean accepts(String accepted, String essence) {
    for (var range : accepted.toLowerCase(Locale.ROOT).split(",", -1)) {
      var semicolon = range.indexOf(';');
      var type = (semicolon < 0 ? range : range.substring(0, semicolon)).trim();
      var no = semicolon >= 0 && NOT_WANTED.matcher(range).find();
      var all = type.endsWith("/*") && essence.startsWith(type.substring(0, type.length() - 1));
      if (!no && (type.equals("*/*") || type.equals(essence) || all)) {
        return true;
      }
    }
    return false;
  }

  /** The content type that a value is sent with. */
  static String contentType(Payload value) {
    var type = value.meta().contentType();
    return type.isEmpty() ? Contents.RAW : type;
  }

  /** Refuses a body that is not JSON by its content type. */
  static void wantJson(Exchange exchange) {
    // One that is missing is refused, too: pages of other sites can send that without asking.
    var type = exchange.header("content-type").orElse(Contents.RAW);
    if (!essence(type).equals(Contents.JSON)) {
      throw new ProblemException(
          415, "unsupported-content-type", "the body must be application/json; say so");
    }
    wantAccepted(exchange, Contents.JSON);
  }
}
