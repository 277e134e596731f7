package dev.larder.server.http;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * JSON text being put together from pieces that are JSON or UTF-8 already, which a generator would
 * decode and encode again. Bounded; not for use by several threads.
 */
final class JsonText {
  private static final int FIRST = 8 << 10;
  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  private byte[] bytes = new byte[FIRST];
  private int length;
  private final int limit;

  /** Text of so many bytes at most. */
  JsonText(int limit) {
    this.limit = limit;
  }

  /** One character of ASCII, as it is. */
  JsonText add(char letter) {
    room(1);
    bytes[length++] = (byte) letter;
    return this;
  }

  /** ASCII as it is. */
  JsonText add(String ascii) {
    return add(ascii.getBytes(StandardCharsets.US_ASCII));
  }

  /** JSON text as it is. */
  JsonText add(byte[] json) {
    room(json.length);
    System.arraycopy(json, 0, bytes, length, json.length);
    length += json.length;
    return this;
  }

  /** UTF-8 text as a string. */
  JsonText string(byte[] utf8) {
    room(utf8.length + 2);
    bytes[length++] = '"';
    for (int at = 0; at < utf8.length; at++) {
      var letter = utf8[at];
      if ((letter >= 0 && letter < ' ') || letter == '"' || letter == '\\') {
        room(utf8.length - at + 7);
        escape(letter);
      } else {
        bytes[length++] = letter;
      }
    }
    return add('"');
  }

  /** A control character, which the two digits at the end are enough for, or what needs a slash. */
  private void escape(byte letter) {
    bytes[length++] = '\\';
    if (letter == '"' || letter == '\\') {
      bytes[length++] = letter;
      return;
    }
    bytes[length++] = 'u';
    bytes[length++] = '0';
    bytes[length++] = '0';
    bytes[length++] = HEX[letter >> 4];
    bytes[length++] = HEX[letter & 15];
  }

  /** Bytes as {@code {"base64":"..."}}. */
  JsonText base64(byte[] any) {
    return add("{\"base64\":\"").add(Base64.getEncoder().encode(any)).add("\"}");
  }

  private void room(int more) {
    if (more > limit - length) {
      throw new ProblemException(
          413,
          "answer-too-long",
          "the answer would have more than " + limit + " bytes; ask for less");
    }
    if (more > bytes.length - length) {
      bytes =
          Arrays.copyOf(
              bytes, (int) Math.min(limit, Math.max(2L * bytes.length, length + (long) more)));
    }
  }

  /** All of it. */
  byte[] complete() {
    return Arrays.copyOf(bytes, length);
  }
}
