package dev.larder.server.resp;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Splits an inline request into words as Redis does: blanks part them; in double quotes {@code \n},
 * {@code \r}, {@code \t}, {@code \b}, {@code \a}, {@code \x0f} and a backslash before any other
 * character mean what they mean in C; in single quotes only {@code \'} means something. A closing
 * quote ends its word, so a blank or the end must follow.
 */
final class Inline {
  private final byte[] in;
  private final int to;
  private int at;

  private Inline(byte[] in, int from, int to) {
    this.in = in;
    this.at = from;
    this.to = to;
  }

  /** The words between two places. */
  static byte[][] words(byte[] in, int from, int to) throws ProtocolException {
    var line = new Inline(in, from, to);
    var words = new ArrayList<byte[]>();
    for (var word = line.word(); word != null; word = line.word()) {
      words.add(word);
    }
    return words.toArray(new byte[0][]);
  }

  private byte @Nullable [] word() throws ProtocolException {
    while (at < to && blank(in[at])) {
      at++;
    }
    if (at == to) {
      return null;
    }
    var word = new ByteArrayOutputStream();
    while (at < to && !blank(in[at])) {
      var letter = in[at++];
      if (letter == '"' || letter == '\'') {
        quoted(letter, word);
      } else if (letter == 0) {
        at = to;
      } else {
        word.write(letter);
      }
    }
    return word.toByteArray();
  }

  private void quoted(byte quote, ByteArrayOutputStream word) throws ProtocolException {
    while (at < to) {
      var letter = in[at++];
      if (letter == quote) {
        if (at < to && !blank(in[at])) {
          throw unbalanced();
        }
        return;
      }
      word.write(letter == '\\' && at < to ? escaped(quote) : letter);
    }
    throw unbalanced();
  }

  /** What follows a backslash, which stands before it. */
  private int escaped(byte quote) {
    if (quote == '\'') {
      return in[at] == '\'' ? in[at++] : '\\';
    }
    if (in[at] == 'x' && at + 2 < to && hex(in[at + 1]) >= 0 && hex(in[at + 2]) >= 0) {
      at += 3;
      return hex(in[at - 2]) << 4 | hex(in[at - 1]);
    }
    var letter = in[at++];
    return switch (letter) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 7;
      default -> letter;
    };
  }

  private static int hex(byte digit) {
    return Character.digit(digit, 16);
  }

  /** What {@code isspace} of C takes for a blank. */
  private static boolean blank(byte letter) {
    return letter == ' ' || (letter >= '\t' && letter <= '\r');
  }

  private static ProtocolException unbalanced() {
    return new ProtocolException("unbalanced quotes in request");
  }
}
