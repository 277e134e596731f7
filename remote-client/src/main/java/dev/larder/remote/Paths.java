package dev.larder.remote;

import dev.larder.spi.Bytes;
import java.nio.charset.StandardCharsets;

/** The paths of one cache at a server. Immutable. */
final class Paths {
  private static final String HEX = "0123456789ABCDEF";
  private static final String UNRESERVED = "-._~";

  private final String name;
  private final String root;

  /** Of a cache of that name, in plain letters. */
  Paths(String cache) {
    this.name = Names.sent(cache);
    this.root = "/v1/caches/" + encoded(name);
  }

  /** The name of the cache at the server, in plain letters. */
  String name() {
    return name;
  }

  /** The cache itself. */
  String root() {
    return root;
  }

  /** What belongs to the cache. */
  String of(String rest) {
    return root + "/" + rest;
  }

  /** What belongs to a key. */
  String of(String what, Bytes key) {
    return root + "/" + what + "/" + encoded(key.array());
  }

  /** Percent-encoded, all but what stands for itself everywhere (RFC 3986, 2.3). */
  static String encoded(byte[] bytes) {
    var text = new StringBuilder(bytes.length + 16);
    for (var each : bytes) {
      var letter = (char) (each & 0xFF);
      if (plain(letter)) {
        text.append(letter);
      } else {
        text.append('%').append(HEX.charAt(letter >> 4)).append(HEX.charAt(letter & 0xF));
      }
    }
    return text.toString();
  }

  /** Of text, in UTF-8. */
  static String encoded(String text) {
    return encoded(text.getBytes(StandardCharsets.UTF_8));
  }

  private static boolean plain(char letter) {
    return (letter >= 'a' && letter <= 'z')
        || (letter >= 'A' && letter <= 'Z')
        || (letter >= '0' && letter <= '9')
        || UNRESERVED.indexOf(letter) >= 0;
  }
}
