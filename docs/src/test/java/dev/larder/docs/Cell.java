package dev.larder.docs;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A cell of a table in a Markdown file.
 *
 * @param line where it stands, from 1
 * @param spans what stands in it between backticks
 */
record Cell(int line, List<String> spans) {

  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");

  /** A bar that is no {@code \|}. */
  private static final Pattern BAR = Pattern.compile("(?<!\\\\)\\|");

  /** The cells of the columns under that header, in all tables of a text that have one. */
  static List<Cell> under(String header, String markdown) {
    var cells = new ArrayList<Cell>();
    var column = -1;
    var number = 0;
    for (var line : markdown.lines().toList()) {
      number++;
      if (!line.startsWith("|")) {
        column = -1;
      } else if (column < 0) {
        column = columns(line).indexOf(header);
        column = column < 0 ? Integer.MAX_VALUE : column;
      } else if (column < Integer.MAX_VALUE && !line.startsWith("|---")) {
        cells.add(new Cell(number, spans(columns(line).get(column))));
      }
    }
    return cells;
  }

  private static List<String> columns(String row) {
    return Arrays.stream(BAR.split(row)).map(String::strip).toList();
  }

  private static List<String> spans(String cell) {
    return SPAN.matcher(cell)
        .results()
        .map((MatchResult found) -> found.group(1).replace("\\|", "|"))
        .toList();
  }
}
