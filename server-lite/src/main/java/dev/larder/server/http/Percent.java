package dev.larder.server.http;

import java.util.Arrays;

/** Percent-encoding (RFC 3986, section 2.1): text of a request line to bytes, and bytes to text. */
final class Percent {
  private Percent() {}

  /**
   * The bytes that a part of a request line stands for. A character beyond ASCII is the byte as it
   * came: clients that do not encode are understood.
   *
   * @param form whether a plus is a space, as in a query
   * @throws ProblemException when a percent sign is not followed by two hexadecimal digits
   */
  static byte[] decode(String text, int start, int end, boolean form) {
    var decoded = new byte[end - start];
    var length = 0;
    for (int at = start; at < end; at++) {
      var letter = text.charAt(at);
      if (letter == '%') {
        decoded[length++] = (byte) escaped(text, at, end);
        at += 2;
      } else {
        decoded[length++] = (byte) (form && letter == '+' ? ' ' : letter);
      }
    }
    return length == decoded.length ? decoded : Arrays.copyOf(decoded, length);
  }

  private static int escaped(String text, int at, int end) {
    var value =
        at + 2 < end
            ? Character.digit(text.charAt(at + 1), 16) << 4
                | Character.digit(text.charAt(at + 2), 16)
            : -1;
    if (value < 0) {
      throw new ProblemException(
          400,
          "invalid-encoding",
          "a percent sign must be followed by two hexadecimal digits; a percent sign itself is %25");
    }
    return value;
  }

  /** As {@link #decode} where it has to be UTF-8; {@code what} names it in the refusal. */
  static String text(String text, int start, int end, boolean form, String what) {
    return Utf8.text(decode(text, start, end, form), what);
  }
}
