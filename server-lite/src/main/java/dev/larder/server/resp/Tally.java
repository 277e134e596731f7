package dev.larder.server.resp;

import dev.larder.server.core.Telemetry;
import dev.larder.server.core.Telemetry.Protocol;
import java.util.List;

/** Counts the commands of a batch, so that telemetry is told of each name once. */
final class Tally {
  private static final String UNKNOWN = "unknown";

  private final List<Known> commands;
  private final int[] counts;
  private final int[] seen;
  private int names;
  private int all;

  Tally(List<Known> commands) {
    this.commands = commands;
    this.counts = new int[commands.size() + 1];
    this.seen = new int[commands.size() + 1];
  }

  /** A command of that {@linkplain Known#id id} was run. */
  void count(int id) {
    if (counts[id]++ == 0) {
      seen[names++] = id;
    }
    all++;
  }

  /** A command was asked for that nobody knows. */
  void countUnknown() {
    count(commands.size());
  }

  /** How many were counted. */
  int all() {
    return all;
  }

  /** Tells all and forgets it; the time is shared out by count. */
  void tell(Telemetry telemetry, long nanos) {
    for (int at = 0; at < names; at++) {
      var id = seen[at];
      var count = counts[id];
      counts[id] = 0;
      telemetry.operations(
          Protocol.RESP,
          id == commands.size() ? UNKNOWN : commands.get(id).definition().name(),
          count,
          names == 1 ? nanos : nanos / all * count);
    }
    names = 0;
    all = 0;
  }
}
