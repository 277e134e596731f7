package dev.larder.server.resp;

import dev.larder.spi.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * One command as it came: its name and its arguments, each bytes. The arrays are its own; whoever
 * stores one takes it over.
 */
final class Request {
  private final byte[][] parts;

  Request(byte[][] parts) {
    this.parts = parts;
  }

  /** How many parts there are, the name included. */
  int size() {
    return parts.length;
  }

  /** A part; 0 is the name. */
  byte[] part(int index) {
    return parts[index];
  }

  /** A part as a key. */
  Bytes key(int index) {
    return new Bytes(parts[index]);
  }

  /** A part as text, for words, patterns and messages. */
  String text(int index) {
    return new String(parts[index], StandardCharsets.UTF_8);
  }

  /** Whether a part is that word, which is given in lower case; case does not count. */
  boolean is(int index, String word) {
    var part = parts[index];
    if (part.length != word.length()) {
      return false;
    }
    for (int at = 0; at < part.length; at++) {
      int letter = part[at];
      if (letter >= 'A' && letter <= 'Z') {
        letter += 'a' - 'A';
      }
      if (letter != word.charAt(at)) {
        return false;
      }
    }
    return true;
  }
}
