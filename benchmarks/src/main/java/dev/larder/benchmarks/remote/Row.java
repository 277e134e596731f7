package dev.larder.benchmarks.remote;

import dev.larder.benchmarks.remote.Client.Side;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A line of the comparison.
 *
 * @param group rows of one group are measured by the same processes
 * @param operation what is done
 * @param threads by how many
 * @param clients by whom
 * @param goal what is to be reached, null where nothing is
 */
record Row(
    String group, Operation operation, int threads, List<Client> clients, @Nullable Goal goal) {

  /**
   * A ratio of rates.
   *
   * @param ours whose rate
   * @param against by whose it is divided
   */
  record Goal(Client ours, Client against, double target, double aim) {}

  private static final String NETWORK = "network";
  private static final String COPIES = "copies";
  private static final List<Client> SINGLES =
      List.of(Client.LARDER, Client.PLAIN, Client.JEDIS, Client.LETTUCE);
  private static final List<Client> BATCHES = List.of(Client.LARDER, Client.JEDIS, Client.LETTUCE);
  private static final List<Client> LATER = List.of(Client.LARDER, Client.LETTUCE);
  private static final List<Client> ALONE = List.of(Client.LARDER);
  private static final List<Client> NEAR =
      List.of(
          Client.EMBEDDED,
          Client.NEAR,
          Client.NEAR_COARSE,
          Client.EMBEDDED_COUNTING,
          Client.NEAR_COUNTING);

  String title() {
    return operation.title() + (threads == 1 ? ", 1 thread" : ", " + threads + " threads");
  }

  /** All of them. */
  static List<Row> all() {
    var rows = new ArrayList<Row>();
    for (var threads : List.of(1, 8, 64)) {
      var goal = threads == 64 ? new Goal(Client.LARDER, Client.JEDIS, 1, 3) : null;
      rows.add(new Row(NETWORK, Operation.GET, threads, SINGLES, goal));
    }
    for (var threads : List.of(1, 8, 64)) {
      rows.add(new Row(NETWORK, Operation.PUT, threads, SINGLES, null));
    }
    rows.add(new Row(NETWORK, Operation.FEW_LATER, 1, LATER, null));
    rows.add(new Row(NETWORK, Operation.MANY_LATER, 1, LATER, null));
    for (var threads : List.of(1, 8)) {
      rows.add(new Row(NETWORK, Operation.GET_ALL, threads, BATCHES, null));
      rows.add(new Row(NETWORK, Operation.PUT_ALL, threads, BATCHES, null));
    }
    for (var threads : List.of(1, 8)) {
      rows.add(new Row(NETWORK, Operation.LEASE_OWN, threads, ALONE, null));
      rows.add(new Row(NETWORK, Operation.RETRY_OWN, threads, ALONE, null));
    }
    rows.add(new Row(NETWORK, Operation.LEASE_SHARED, 8, ALONE, null));
    rows.add(new Row(NETWORK, Operation.RETRY_SHARED, 8, ALONE, null));
    for (var threads : List.of(1, 2)) {
      rows.add(
          new Row(
              COPIES,
              Operation.COPY,
              threads,
              NEAR,
              new Goal(Client.NEAR, Client.EMBEDDED, 0.8, 0.95)));
    }
    return List.copyOf(rows);
  }

  /** Without those that talk to Redis. */
  Row withoutRedis() {
    var left = clients.stream().filter(client -> client.side() != Side.REDIS).toList();
    var kept = goal != null && left.contains(goal.against()) ? goal : null;
    return new Row(group, operation, threads, left, kept);
  }
}
