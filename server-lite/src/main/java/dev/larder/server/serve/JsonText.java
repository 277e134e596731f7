package dev.larder.server.serve;

/**
 * Strings as JSON (RFC 8259). Jackson would do, but a server that starts in a fraction of a second
 * has no time to load it for the lines of its log.
 */
final class JsonText {
  private JsonText() {}

  static void append(StringBuilder to, String text) {
    to.append('"');
    for (var at = 0; at < text.length(); at++) {
      var letter = text.charAt(at);
      switch (letter) {
        case '"' -> to.append("\\\"");
        case '\\' -> to.append("\\\\");
        case '\n' -> to.append("\\n");
        case '\r' -> to.append("\\r");
        case '\t' -> to.append("\\t");
        default -> {
          if (letter < ' ' || letter == 0x7f || Character.isSurrogate(letter)) {
            to.append("\\u").append(hex(letter));
          } else {
            to.append(letter);
          }
        }
      }
    }
    to.append('"');
  }

  private static String hex(char letter) {
    var digits = Integer.toHexString(letter);
    return "0".repeat(4 - digits.length()) + digits;
  }
}
