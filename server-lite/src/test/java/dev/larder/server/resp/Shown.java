package dev.larder.server.resp;

import java.util.ArrayList;
import java.util.List;

/** Answers in RESP2 as a person reads them. */
final class Shown {
  private final String wire;
  private int at;

  private Shown(String wire) {
    this.wire = wire;
  }

  /** {@code OK}, {@code 3}, {@code 'text'}, {@code nil}, {@code -ERR why}, {@code [1, nil]}. */
  static String of(String wire) {
    var shown = new Shown(wire);
    var text = shown.next();
    if (shown.at != wire.length()) {
      throw new IllegalArgumentException("more than one answer: " + wire);
    }
    return text;
  }

  private String line() {
    int end = wire.indexOf("\r\n", at);
    var line = wire.substring(at, end);
    at = end + 2;
    return line;
  }

  private String next() {
    var line = line();
    var rest = line.substring(1);
    return switch (line.charAt(0)) {
      case '+', ':' -> rest;
      case '-' -> line;
      case '$' -> bulk(Integer.parseInt(rest));
      case '*' -> array(Integer.parseInt(rest));
      default -> throw new IllegalArgumentException("no answer: " + wire);
    };
  }

  private String bulk(int length) {
    if (length < 0) {
      return "nil";
    }
    var text = wire.substring(at, at + length);
    at += length + 2;
    return "'" + text + "'";
  }

  private String array(int length) {
    if (length < 0) {
      return "nil-array";
    }
    List<String> elements = new ArrayList<>();
    for (int element = 0; element < length; element++) {
      elements.add(next());
    }
    return elements.toString();
  }
}
