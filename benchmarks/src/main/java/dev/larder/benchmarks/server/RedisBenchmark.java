package dev.larder.benchmarks.server;

import java.io.IOException;
import java.util.List;

/**
 * {@code redis-benchmark}.
 *
 * @param test what it does, {@code get} or {@code set}
 * @param bytes the length of a value
 * @param depth requests in a pipeline
 * @param connections open at once
 * @param requests in one turn
 */
record RedisBenchmark(Tool tool, String test, int bytes, int depth, int connections, int requests)
    implements Ask {
  /** Keys are drawn from so many, as in the targets. */
  static final int KEYS = 100_000;

  private static final int RATE = 1;
  private static final int P99 = 6;

  @Override
  public Sample of(ServerProcess server) throws IOException {
    var output =
        tool.run(
            List.of(
                "-h",
                ServerProcess.HOST,
                "-p",
                String.valueOf(server.respPort()),
                "-t",
                test,
                "-d",
                String.valueOf(bytes),
                "-P",
                String.valueOf(depth),
                "-c",
                String.valueOf(connections),
                "-n",
                String.valueOf(requests),
                "-r",
                String.valueOf(KEYS),
                "--csv"));
    return parse(output);
  }

  /** Reads what it prints with {@code --csv}. */
  static Sample parse(String output) throws IOException {
    var found =
        output
            .lines()
            .map(String::strip)
            .filter(line -> line.startsWith("\"") && !line.startsWith("\"test\""))
            .reduce((first, second) -> second)
            .orElseThrow(() -> new IOException("redis-benchmark printed no result: " + output));
    var cells = found.substring(1, found.length() - 1).split("\",\"");
    if (cells.length <= P99) {
      throw new IOException("redis-benchmark is too old, it prints no percentiles: " + found);
    }
    return new Sample(Double.parseDouble(cells[RATE]), Double.parseDouble(cells[P99]));
  }
}
