package dev.larder.server.serve;

import dev.larder.server.serve.Serving.Options;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Starts {@code larder serve} without picocli where its arguments leave no doubt. The classes of
 * picocli are in a format too old for class data sharing, so that loading them takes as long as all
 * the rest of a start. Whatever is not plain (help, mistakes, anything unknown) is picocli's.
 */
public final class QuickStart {
  private QuickStart() {}

  /** The exit code, once the server has ended; empty where picocli is to have the arguments. */
  public static Optional<Integer> run(List<String> arguments) {
    if (arguments.isEmpty() || !arguments.get(0).equals("serve")) {
      return Optional.empty();
    }
    return options(arguments.subList(1, arguments.size()))
        .map(
            options ->
                new Serving(
                        new PrintWriter(System.out, true, StandardCharsets.UTF_8),
                        new PrintWriter(System.err, true, StandardCharsets.UTF_8))
                    .run(options));
  }

  /** What plain arguments say: each option once, with its value behind an equals sign. */
  static Optional<Options> options(List<String> arguments) {
    var given = new TreeMap<String, String>();
    for (var argument : arguments) {
      var parts = argument.split("=", 2);
      var row = row(parts[0]);
      var fits = row.isPresent() && row.get().plain() == (parts.length == 1);
      if (!fits || quoted(parts) || given.containsKey(row.get().path())) {
        return Optional.empty();
      }
      given.put(row.get().path(), parts.length == 1 ? "true" : parts[1]);
    }
    return Optional.of(
        new Options(Optional.empty(), Map.copyOf(given), given.containsKey("server.password")));
  }

  private static Optional<ServeOptions.Row> row(String option) {
    return ServeOptions.ROWS.stream()
        .filter(row -> option.startsWith("--") && option.substring(2).equals(row.name()))
        .findFirst();
  }

  /** Picocli has ideas of its own about quotes, and about variables of its own in values. */
  private static boolean quoted(String[] parts) {
    return parts.length == 2
        && (parts[1].isEmpty() || parts[1].chars().anyMatch(c -> "\"'${}@\\".indexOf(c) >= 0));
  }
}
