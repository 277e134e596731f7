package dev.larder.server.http;

import dev.larder.spi.Bytes;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** UTF-8 without replacements: what is not text is refused, never changed. */
final class Utf8 {
  private Utf8() {}

  /** Whether bytes are UTF-8. */
  static boolean valid(byte[] bytes) {
    // Most text is ASCII, and a sum over all bytes is what a compiler makes fast.
    int signs = 0;
    for (var each : bytes) {
      signs |= each;
    }
    if (signs >= 0) {
      return true;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /** Bytes as text; a {@link ProblemException} that names them when they are not UTF-8. */
  static String text(byte[] bytes, String what) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ProblemException(400, "invalid-utf8", what + " must be UTF-8");
    }
  }

  /** Text as bytes; JSON can say halves of characters, which have none. */
  static Bytes bytes(String text, String what) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        return new Bytes(strict(text, what));
      }
    }
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] strict(String text, String what) {
    try {
      var encoded = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
      var bytes = new byte[encoded.remaining()];
      encoded.get(bytes);
      return bytes;
    } catch (CharacterCodingException e) {
      throw new ProblemException(400, "invalid-utf8", what + " must be whole characters");
    }
  }
}
