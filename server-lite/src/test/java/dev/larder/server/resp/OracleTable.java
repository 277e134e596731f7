package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The answers of redis-server in {@code oracle.txt}, which says how it is written. */
final class OracleTable {
  private static final Pattern ESCAPE = Pattern.compile("\\\\(r|n|\\\\|x\\p{XDigit}{2})");

  private OracleTable() {}

  /** Commands that are sent one after the other to an empty database. */
  record Sequence(String title, List<Exchange> exchanges) {}

  /**
   * A command and its answer.
   *
   * @param line the command as it is written in the table
   * @param answer one character a byte
   * @param ordered whether the lines of the answer come in that order
   */
  record Exchange(String line, String answer, boolean ordered) {
    List<byte[]> words() {
      return Arrays.stream(line.split(" ")).map(OracleTable::word).toList();
    }

    /** The answer, or another one, in the form in which two of them compare. */
    String comparable(String some) {
      if (ordered) {
        return some;
      }
      var lines = some.split("\r\n", -1);
      Arrays.sort(lines);
      return String.join("\r\n", lines);
    }
  }

  private static byte[] word(String word) {
    return word.equals("\"\"") ? new byte[0] : unescaped(word).getBytes(ISO_8859_1);
  }

  static List<Sequence> read() throws IOException {
    List<Sequence> sequences = new ArrayList<>();
    try (var in = OracleTable.class.getResourceAsStream("oracle.txt")) {
      if (in == null) {
        throw new IOException("no oracle.txt beside " + OracleTable.class);
      }
      var command = "";
      for (var line : new String(in.readAllBytes(), ISO_8859_1).split("\n")) {
        var rest = line.length() < 2 ? "" : line.substring(2);
        switch (line.isEmpty() ? '#' : line.charAt(0)) {
          case '=' -> sequences.add(new Sequence(rest, new ArrayList<>()));
          case '>' -> command = rest;
          case '<', '~' ->
              sequences
                  .get(sequences.size() - 1)
                  .exchanges()
                  .add(new Exchange(command, unescaped(rest), line.charAt(0) == '<'));
          case '#' -> {}
          default -> throw new IOException("oracle.txt: not understood: " + line);
        }
      }
    }
    return sequences;
  }

  private static String unescaped(String text) {
    return ESCAPE
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(Character.toString(meant(found.group(1)))));
  }

  private static char meant(String escape) {
    return switch (escape.charAt(0)) {
      case 'r' -> '\r';
      case 'n' -> '\n';
      case 'x' -> (char) Integer.parseInt(escape.substring(1), 16);
      default -> '\\';
    };
  }
}
