package dev.larder.config;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/** Turns the bytes of a file into text, or says where they are none. */
final class Utf8 {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private Utf8() {}

  /** The text, without a byte order mark; empty when a mistake was noted. */
  static Optional<String> text(String file, ByteBuffer bytes, Mistakes mistakes) {
    var decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    var text = CharBuffer.allocate(bytes.remaining());
    var result = decoder.decode(bytes.duplicate(), text, true);
    text.flip();
    var start = text.hasRemaining() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    var read = text.toString().substring(start);
    if (result.isError()) {
      mistakes.add(end(file, read), "not text in UTF-8", "UTF-8");
      return Optional.empty();
    }
    var bad = firstControl(read);
    if (bad >= 0) {
      var message = "the control character U+00" + HEX.toHexDigits((byte) read.charAt(bad));
      mistakes.add(end(file, read.substring(0, bad)), message, "printable text");
      return Optional.empty();
    }
    return Optional.of(read);
  }

  /** The place just after a text. */
  private static Place end(String file, String before) {
    var lineStart = before.lastIndexOf('\n') + 1;
    var line = 1 + (int) before.chars().filter(c -> c == '\n').count();
    return Place.inFile(file, line, before.length() - lineStart + 1);
  }

  private static int firstControl(String text) {
    for (var i = 0; i < text.length(); i++) {
      var c = text.charAt(i);
      if ((c < ' ' && "\n\r\t".indexOf(c) < 0) || c == '\u007F') {
        return i;
      }
    }
    return -1;
  }
}
