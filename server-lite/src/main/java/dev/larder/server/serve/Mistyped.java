package dev.larder.server.serve;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Tells of arguments of {@code larder serve} that are none, with the nearest option. Its help is
 * two pages, so it is named rather than printed. Other verbs go on as they did.
 */
public final class Mistyped implements IParameterExceptionHandler {
  /** A guess that is further off helps nobody. */
  private static final int FURTHEST = 4;

  private final IParameterExceptionHandler others;

  /** For verbs other than serve there is another handler. */
  public Mistyped(IParameterExceptionHandler others) {
    this.others = others;
  }

  @Override
  public int handleParseException(ParameterException mistake, String[] arguments) throws Exception {
    var line = mistake.getCommandLine();
    if (!line.getCommandName().equals(ServeCommand.NAME)) {
      return others.handleParseException(mistake, arguments);
    }
    if (mistake instanceof UnmatchedArgumentException unmatched) {
      for (var argument : unmatched.getUnmatched()) {
        line.getErr().println("larder serve: unknown argument '" + argument + "'" + ask(argument));
      }
    } else {
      line.getErr().println("larder serve: " + mistake.getMessage());
    }
    line.getErr().println("larder serve --help tells all options.");
    return CommandLine.ExitCode.USAGE;
  }

  private static String ask(String argument) {
    var word = argument.split("=", 2)[0].replaceFirst("^-+", "");
    return nearest(word, ServeOptions.ROWS.stream().map(ServeOptions.Row::name).toList())
        .map(name -> ", did you mean --" + name + "?")
        .orElse("");
  }

  /** The word that takes the fewest changes of letters, if they are few. */
  static Optional<String> nearest(String word, List<String> words) {
    return words.stream()
        .min(Comparator.comparingInt(each -> distance(word, each)))
        .filter(each -> distance(word, each) <= Math.min(FURTHEST, each.length() / 2));
  }

  /** Letters to change, add, drop, or swap with their neighbour. */
  private static int distance(String one, String other) {
    var rows = new int[one.length() + 1][other.length() + 1];
    for (var i = 0; i <= one.length(); i++) {
      for (var j = 0; j <= other.length(); j++) {
        rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, one, other, i, j);
      }
    }
    return rows[one.length()][other.length()];
  }

  private static int step(int[][] rows, String one, String other, int i, int j) {
    var same = one.charAt(i - 1) == other.charAt(j - 1);
    var least =
        Math.min(rows[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(rows[i - 1][j], rows[i][j - 1]));
    var swapped =
        i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1);
    return swapped ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
  }
}
