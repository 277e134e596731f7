package dev.larder.server.resp;

import dev.larder.spi.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One command as it came: its name and its arguments, each bytes. The arrays are its own; whoever
 * stores one takes it over.
 */
final class Request {
  private final @Nullable Known known;
  private final byte[][] parts;

  /** A command that is not looked up in a table. */
  Request(byte[][] parts) {
    this(null, parts);
  }

  /** A request for that command of the table, or for one that is not in it. */
  Request(@Nullable Known known, byte[][] parts) {
    this.known = known;
    this.parts = parts;
  }

  /** The command that its name means, null for one that nobody knows. */
  @Nullable Known known() {
    return known;
  }

  /** How many bytes its parts have together. */
  long bytes() {
    var sum = 0L;
    for (var part : parts) {
      sum += part.length;
    }
    return sum;
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
