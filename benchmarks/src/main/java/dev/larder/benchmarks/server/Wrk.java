package dev.larder.benchmarks.server;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/**
 * {@code wrk} with one thread and 50 connections.
 *
 * @param script what it asks, in its language
 * @param seconds the length of a turn
 */
record Wrk(Tool tool, Path script, int seconds) implements Ask {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([\\d.]+)");
  private static final Pattern P99 = Pattern.compile("\\s99%\\s+([\\d.]+)(us|ms|s|m)\\b");
  private static final Pattern ERRORS =
      Pattern.compile("(Non-2xx or 3xx responses: .*|Socket errors: .*)");

  @Override
  public Sample of(ServerProcess server) throws IOException {
    return parse(
        tool.run(
            List.of(
                "-t1",
                "-c50",
                "-d" + seconds + "s",
                "--latency",
                "-s",
                script.toString(),
                "http://" + ServerProcess.HOST + ":" + server.httpPort() + "/")));
  }

  /** Reads what it prints with {@code --latency}; answers other than success are a failure. */
  static Sample parse(String output) throws IOException {
    var errors = ERRORS.matcher(output);
    if (errors.find()) {
      throw new IOException("wrk met errors: " + errors.group());
    }
    var rate = RATE.matcher(output);
    var p99 = P99.matcher(output);
    if (!rate.find() || !p99.find()) {
      throw new IOException("wrk printed no result: " + output);
    }
    return new Sample(
        Double.parseDouble(rate.group(1)), Double.parseDouble(p99.group(1)) * millis(p99.group(2)));
  }

  private static double millis(String unit) {
    return switch (unit) {
      case "us" -> 1e-3;
      case "ms" -> 1;
      case "s" -> 1e3;
      default -> 60e3;
    };
  }
}
