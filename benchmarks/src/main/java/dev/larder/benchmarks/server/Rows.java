package dev.larder.benchmarks.server;

import dev.larder.benchmarks.server.Row.Goal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * All lines of the comparison that the tools of this machine can draw; what is missing is named.
 *
 * @param scripts where scripts for wrk go
 * @param seconds how long a turn takes, about
 * @param skipped told of tools that are not there
 */
record Rows(Scripts scripts, int seconds, Consumer<String> skipped) {
  /** What a server of this kind answers in a second, about, to tell how many requests fill one. */
  private static final int SINGLE = 100_000;

  private static final int PIPELINED = 700_000;
  private static final int KILOBYTE = 1 << 10;
  private static final int MANY_CONNECTIONS = 1_000;

  List<Row> all() throws IOException {
    var rows = new ArrayList<Row>();
    var redisBenchmark = Tool.find("redis-benchmark");
    if (redisBenchmark.isPresent() && Tool.find("redis-server").isPresent()) {
      rows.addAll(redis(redisBenchmark.get()));
    } else {
      skipped.accept("Redis protocol: no redis-server or no redis-benchmark");
    }
    var wrk = Tool.find("wrk");
    if (wrk.isPresent()) {
      rows.addAll(http(wrk.get()));
    } else {
      skipped.accept("HTTP/1.1: no wrk");
    }
    var h2load = Tool.find("h2load");
    if (h2load.isPresent()) {
      rows.add(
          Row.alone("HTTP/2 in the clear, GET 100 B", new H2load(h2load.get(), seconds * SINGLE)));
    } else {
      skipped.accept("HTTP/2: no h2load");
    }
    return rows;
  }

  private List<Row> redis(Tool tool) {
    var rows = new ArrayList<Row>();
    // Writes first: they leave the entries that reads of the same size find.
    rows.add(redis(tool, "set", 3, 1, Goal.ratio(0.95, 1.05)));
    rows.add(
        redis(tool, "get", 3, 1, Goal.ratio(0.95, 1.05), Goal.rate(1, 100_000), Goal.p99(5, 5)));
    rows.add(redis(tool, "set", 3, 16, Goal.ratio(1.2, 1.5)));
    rows.add(redis(tool, "get", 3, 16, Goal.ratio(1, 1.3), Goal.rate(1, 1_000_000)));
    rows.add(redis(tool, "set", KILOBYTE, 16, Goal.ratio(1.2, 1.5)));
    rows.add(redis(tool, "get", KILOBYTE, 16, Goal.ratio(1, 1.3)));
    rows.add(redis(tool, "set", KILOBYTE, 64));
    for (var test : List.of("set", "get")) {
      for (var bytes : List.of(3, KILOBYTE)) {
        var title =
            String.format(
                Locale.ROOT, "RESP %s %s, %,d connections", word(test), size(bytes), 1_000);
        var ask = new RedisBenchmark(tool, test, bytes, 1, MANY_CONNECTIONS, seconds * SINGLE);
        rows.add(Row.redis(title, bytes, ask, Goal.p99(5, 5)));
      }
    }
    return rows;
  }

  private Row redis(Tool tool, String test, int bytes, int depth, Goal... goals) {
    var title = String.format(Locale.ROOT, "RESP %s %s, P=%d", word(test), size(bytes), depth);
    var requests = seconds * (depth == 1 ? SINGLE : PIPELINED);
    return Row.redis(
        title, bytes, new RedisBenchmark(tool, test, bytes, depth, 50, requests), goals);
  }

  private static String word(String test) {
    return test.toUpperCase(Locale.ROOT);
  }

  private static String size(int bytes) {
    return bytes == KILOBYTE ? "1 KB" : bytes + " B";
  }

  private List<Row> http(Tool wrk) throws IOException {
    var batch = Scripts.BATCH;
    return List.of(
        // The write comes first, for the read of the same entry.
        Row.http("HTTP PUT 100 B", new Wrk(wrk, scripts.one(true), seconds), Goal.ratio(0.8, 0.95)),
        Row.http(
            "HTTP GET 100 B", new Wrk(wrk, scripts.one(false), seconds), Goal.ratio(0.8, 0.95)),
        Row.alone(
            "HTTP SET, 1,000 keys",
            new Wrk(wrk, scripts.set(), seconds),
            Goal.rate(1, 38_000),
            Goal.p99(8.9, 8.9)),
        Row.alone(
            "HTTP GET, 1,000 keys",
            new Wrk(wrk, scripts.get(), seconds),
            Goal.rate(1, 45_000),
            Goal.p99(7.1, 7.1)),
        Row.alone(
            "HTTP mixed, 4 reads to a write",
            new Wrk(wrk, scripts.mixed(), seconds),
            Goal.rate(1, 42_000),
            Goal.p99(8.2, 8.2)),
        Row.alone(
            Report.BATCH_SET,
            new Wrk(wrk, scripts.batchSet(), seconds),
            Goal.rate(batch, 52_000),
            Goal.p99(5.2, 5.2)),
        Row.alone(
            Report.BATCH_GET,
            new Wrk(wrk, scripts.batchGet(), seconds),
            Goal.rate(batch, 65_000),
            Goal.p99(4.5, 4.5)));
  }
}
