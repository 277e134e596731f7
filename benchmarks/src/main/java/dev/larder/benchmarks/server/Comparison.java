package dev.larder.benchmarks.server;

import dev.larder.Clock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Runs the rows. All servers are up all the time, and in each row they take turns in changing
 * order; the first round of a row only warms up.
 *
 * @param log where servers write what they say
 * @param say told of each row when it is done
 */
record Comparison(Peers peers, int rounds, Clock clock, Path log, Consumer<String> say) {

  /** The samples of each server, by its name. */
  Map<Row, Map<String, List<Sample>>> run(List<Row> rows) throws IOException {
    var servers = new LinkedHashMap<String, ServerProcess>();
    try {
      start(servers, peers.larder());
      if (rows.stream().anyMatch(row -> row.against().equals(Peers.BARE))) {
        start(servers, Peers.bare());
      }
      var redis = Tool.find("redis-server");
      if (redis.isPresent() && rows.stream().anyMatch(row -> row.against().equals(Peers.REDIS))) {
        start(servers, Peers.redis(redis.get()));
      }
      var all = new LinkedHashMap<Row, Map<String, List<Sample>>>();
      for (var row : rows) {
        all.put(row, turns(row, measured(row, servers)));
        say.accept(row.title());
      }
      return all;
    } finally {
      servers.values().forEach(ServerProcess::close);
    }
  }

  private void start(Map<String, ServerProcess> servers, ServerProcess.Plan plan)
      throws IOException {
    servers.put(plan.name(), plan.start(clock, log));
  }

  private static List<ServerProcess> measured(Row row, Map<String, ServerProcess> servers) {
    return servers.values().stream()
        .filter(server -> server.name().equals(Peers.LARDER) || server.name().equals(row.against()))
        .toList();
  }

  private Map<String, List<Sample>> turns(Row row, List<ServerProcess> servers) throws IOException {
    var samples = new LinkedHashMap<String, List<Sample>>();
    for (var server : servers) {
      if (row.entries() > 0) {
        Filler.fill(server, row.entries(), row.bytes());
      } else {
        Filler.fillHttp(server);
      }
      row.ask().of(server);
    }
    for (var round = 0; round < rounds; round++) {
      for (var turn = 0; turn < servers.size(); turn++) {
        var server = servers.get((round + turn) % servers.size());
        var taken = samples.computeIfAbsent(server.name(), name -> new ArrayList<>());
        taken.add(row.ask().of(server));
      }
    }
    return samples;
  }
}
