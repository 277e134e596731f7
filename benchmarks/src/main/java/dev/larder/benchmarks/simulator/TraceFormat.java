package dev.larder.benchmarks.simulator;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How a file says what was accessed. Each may be packed with gzip. */
enum TraceFormat {
  U64("little-endian unsigned 64-bit keys"),
  ARC("lines `startBlock count ignored requestNumber`, each for count keys"),
  LIRS("one block number a line; lines `*` are ignored"),
  PLAIN("one key a line, any UTF-8 text; blank lines and lines that begin with # are ignored"),
  WEIGHTED("lines `key weight`");

  private static final int SAMPLE_LINES = 20;
  private static final String NUMBER = "\\d{1,19}";

  private final String meaning;

  TraceFormat(String meaning) {
    this.meaning = meaning;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The formats and what they are, for people. */
  static String list() {
    return Arrays.stream(values())
        .map(format -> format.word() + " (" + format.meaning + ")")
        .collect(Collectors.joining(", "));
  }

  /**
   * The format that a file is most likely in. Never {@link #WEIGHTED}, which looks like plain text.
   *
   * @param name the name of the file
   * @param head how its content begins, unpacked
   */
  static TraceFormat guess(String name, byte[] head) {
    var base = name.toLowerCase(Locale.ROOT).replaceFirst("\\.gz$", "");
    if (base.endsWith(".u64") || binary(head)) {
      return U64;
    }
    var lines = firstLines(head);
    if (!lines.isEmpty() && lines.stream().allMatch(line -> fields(line, 4))) {
      return ARC;
    }
    boolean numbers = lines.stream().allMatch(line -> line.equals("*") || line.matches(NUMBER));
    return numbers && !lines.isEmpty() ? LIRS : PLAIN;
  }

  private static boolean binary(byte[] head) {
    for (byte b : head) {
      if (b >= 0 && b < ' ' && b != '\n' && b != '\r' && b != '\t') {
        return true;
      }
    }
    return false;
  }

  private static List<String> firstLines(byte[] head) {
    // Every byte is some character in Latin-1, and only digits, blanks and stars matter here.
    var text = new String(head, StandardCharsets.ISO_8859_1);
    int end = text.lastIndexOf('\n');
    return text.substring(0, end < 0 ? text.length() : end)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .limit(SAMPLE_LINES)
        .toList();
  }

  private static boolean fields(String line, int count) {
    var fields = line.split("\\s+");
    return fields.length == count && Arrays.stream(fields).allMatch(f -> f.matches(NUMBER));
  }
}
