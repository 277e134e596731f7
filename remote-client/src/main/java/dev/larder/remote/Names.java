package dev.larder.remote;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Names of caches as servers take them: letters and digits of ASCII and some signs, where a cache
 * here may have any name. Usual names stay as they are; what a server does not take becomes {@code
 * +} and its code, and where a part between slashes begins with something else than a letter or
 * digit, {@code _+} and its code. Each name has one form, and each form one name.
 */
final class Names {
  private static final String SIGNS = "_.-$(),:@/";
  private static final char ESCAPE = '+';
  private static final char BEGIN = '_';

  private Names() {}

  /** The name at the server. */
  static String sent(String name) {
    var bytes = name.getBytes(StandardCharsets.UTF_8);
    var text = new StringBuilder(bytes.length);
    var begins = true;
    for (int at = 0; at < bytes.length; at++) {
      var letter = (char) (bytes[at] & 0xFF);
      if (begins && !plain(letter)) {
        escape(text.append(BEGIN), letter);
      } else if (plain(letter) || (SIGNS.indexOf(letter) >= 0 && !lastSlash(letter, at, bytes))) {
        text.append(letter);
      } else {
        escape(text, letter);
      }
      begins = text.charAt(text.length() - 1) == '/';
    }
    return text.toString();
  }

  private static boolean lastSlash(char letter, int at, byte[] bytes) {
    return letter == '/' && at == bytes.length - 1;
  }

  private static void escape(StringBuilder text, char letter) {
    text.append(ESCAPE)
        .append(Character.toUpperCase(Character.forDigit(letter >> 4, 16)))
        .append(Character.toUpperCase(Character.forDigit(letter & 0xF, 16)));
  }

  private static boolean plain(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9');
  }

  /** The name that is sent so; one that nobody here would send is its own. */
  static String given(String sent) {
    var bytes = new ByteArrayOutputStream(sent.length());
    for (int at = 0; at < sent.length(); at++) {
      var letter = sent.charAt(at);
      var begins = letter == BEGIN && at + 1 < sent.length() && sent.charAt(at + 1) == ESCAPE;
      var escape = begins && (at == 0 || sent.charAt(at - 1) == '/') ? at + 1 : at;
      var code = sent.charAt(escape) == ESCAPE ? code(sent, escape) : -1;
      if (code >= 0) {
        bytes.write(code);
        at = escape + 2;
      } else {
        bytes.writeBytes(String.valueOf(letter).getBytes(StandardCharsets.UTF_8));
      }
    }
    var name = bytes.toString(StandardCharsets.UTF_8);
    return sent(name).equals(sent) ? name : sent;
  }

  private static int code(String text, int escape) {
    if (escape + 2 >= text.length()) {
      return -1;
    }
    var high = Character.digit(text.charAt(escape + 1), 16);
    var low = Character.digit(text.charAt(escape + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
