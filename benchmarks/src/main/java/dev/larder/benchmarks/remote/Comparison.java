package dev.larder.benchmarks.remote;

import dev.larder.Clock;
import dev.larder.benchmarks.remote.Client.Side;
import dev.larder.benchmarks.server.Peers;
import dev.larder.benchmarks.server.ServerProcess;
import dev.larder.benchmarks.server.Tool;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Measures clients side by side. The servers are up all the time; each client is a process of its
 * own, and in each row all are warmed up and then take turns, in changing order.
 *
 * @param peers how servers are started
 * @param redis the program, where there is one
 * @param millis the length of a turn
 * @param rounds turns of each client in each row
 * @param log where servers and clients write what they say
 * @param say told of what is done
 */
record Comparison(
    Peers peers,
    Optional<Tool> redis,
    int millis,
    int rounds,
    Clock clock,
    Path log,
    Consumer<String> say) {
  private static final int MOST_THREADS = 64;

  /** Turns before it counts: the compilers of client and server have to be done. */
  private static final int WARM_UPS = 3;

  /** The length of these at least. */
  private static final int WARM_UP_MILLIS = 1_500;

  /** A server and what it counts. */
  private record Place(ServerProcess server, int port, Meter meter) {}

  /** The turns of each client in each row. */
  Map<Row, Map<Client, List<Turn>>> run(List<Row> rows) throws IOException {
    var servers = new ArrayList<ServerProcess>();
    try {
      var places = new EnumMap<Side, Place>(Side.class);
      var larder = started(servers, peers.larder());
      places.put(Side.LARDER, new Place(larder, larder.httpPort(), new Meter(Side.LARDER, larder)));
      if (redis.isPresent()) {
        var other = started(servers, Peers.redis(redis.get()));
        places.put(Side.REDIS, new Place(other, other.respPort(), new Meter(Side.REDIS, other)));
      }
      var results = new LinkedHashMap<Row, Map<Client, List<Turn>>>();
      for (var group : rows.stream().map(Row::group).distinct().toList()) {
        measure(rows.stream().filter(row -> row.group().equals(group)).toList(), places, results);
      }
      return results;
    } finally {
      servers.forEach(ServerProcess::close);
    }
  }

  private ServerProcess started(List<ServerProcess> servers, ServerProcess.Plan plan)
      throws IOException {
    var server = plan.start(clock, log);
    servers.add(server);
    return server;
  }

  private void measure(
      List<Row> rows, Map<Side, Place> places, Map<Row, Map<Client, List<Turn>>> results)
      throws IOException {
    var wanted = new LinkedHashSet<Client>();
    rows.forEach(row -> wanted.addAll(row.clients()));
    var workers = new ArrayList<WorkerProcess>();
    try {
      for (var client : wanted) {
        var place = places.get(client.side());
        if (place == null) {
          throw new IllegalStateException("no server for " + client.title());
        }
        workers.add(WorkerProcess.start(client, place.port(), MOST_THREADS, place.meter(), log));
        say.accept(client.title() + " is ready");
      }
      for (var row : rows) {
        results.put(row, measure(row, workers));
        say.accept("measured " + row.title());
      }
    } finally {
      workers.forEach(WorkerProcess::close);
    }
  }

  private Map<Client, List<Turn>> measure(Row row, List<WorkerProcess> all) throws IOException {
    var workers =
        new ArrayList<>(
            all.stream().filter(each -> row.clients().contains(each.client())).toList());
    var turns = new EnumMap<Client, List<Turn>>(Client.class);
    for (var round = -WARM_UPS; round < rounds; round++) {
      var length = round < 0 ? Math.max(millis, WARM_UP_MILLIS) : millis;
      for (var worker : workers) {
        var turn = worker.run(row.operation(), row.threads(), length);
        if (turn.missed() > 0) {
          throw new IOException(
              worker.client().title() + " missed " + turn.missed() + " in " + row.title());
        }
        if (round >= 0) {
          turns.computeIfAbsent(worker.client(), client -> new ArrayList<>()).add(turn);
        }
      }
      Collections.reverse(workers);
    }
    return turns;
  }
}
