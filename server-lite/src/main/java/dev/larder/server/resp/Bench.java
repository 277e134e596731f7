package dev.larder.server.resp;

import dev.larder.server.core.Database;
import dev.larder.server.core.Gate;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a thread needs to run commands: where replies are put together, what was counted, and the
 * gate that it is inside of. One per thread; a session is at it for one batch of commands.
 */
final class Bench {
  private static final FastThreadLocal<Bench> OURS = new FastThreadLocal<>();
  private static final int ROOM = 64 << 10;

  private final RespServer server;
  private final RespReply reply = new RespReply();
  private final Tally tally;
  private final byte[] room = new byte[ROOM];
  private @Nullable RespSession session;
  private @Nullable Gate inside;
  private long stamp;
  private long begun;

  private Bench(RespServer server) {
    this.server = server;
    this.tally = new Tally(server.commands().all());
  }

  /** The bench of this thread. */
  static Bench of(RespServer server) {
    var bench = OURS.getIfExists();
    if (bench == null || bench.server != server) {
      bench = new Bench(server);
      OURS.set(bench);
    }
    return bench;
  }

  /** The session for which this thread runs commands at the moment, null for none. */
  static @Nullable RespSession current() {
    var bench = OURS.getIfExists();
    return bench == null ? null : bench.session;
  }

  /** Begins a batch. */
  void begin(RespSession of) {
    session = of;
    begun = server.clock().ticks();
    reply.open(of.resp3(), server.limits().outputBytes());
  }

  /** Ends the batch; replies stay until they are flushed. */
  void end() {
    leave();
    var of = session;
    session = null;
    if (of != null && tally.all() > 0) {
      var now = server.clock().ticks();
      of.active(now, tally.all());
      server.runner().performed(tally.all());
      tally.tell(server.telemetry(), now - begun);
    }
  }

  RespReply reply() {
    return reply;
  }

  Tally tally() {
    return tally;
  }

  /** Where the bytes of one read may lie while their requests are taken out. */
  byte[] room() {
    return room;
  }

  /** Goes through the gate of a database beside others, unless inside already. */
  void enter(Database database) {
    if (inside != database.gate()) {
      leave();
      stamp = database.gate().enter();
      inside = database.gate();
    }
  }

  /** As {@link #enter} where that is possible at once. */
  boolean tryEnter(Database database) {
    if (inside == database.gate()) {
      return true;
    }
    leave();
    stamp = database.gate().tryEnter();
    inside = stamp == 0 ? null : database.gate();
    return stamp != 0;
  }

  /** Does something alone in those databases, all of one order whoever asks. */
  void alone(Collection<Database> databases, Runnable work) {
    leave();
    var gates = new ArrayList<Gate>(databases.size());
    var stamps = new long[databases.size()];
    try {
      for (var database : ordered(databases)) {
        stamps[gates.size()] = database.gate().enterAlone();
        gates.add(database.gate());
      }
      work.run();
    } finally {
      for (int at = gates.size() - 1; at >= 0; at--) {
        gates.get(at).leave(stamps[at]);
      }
    }
  }

  private static List<Database> ordered(Collection<Database> databases) {
    return databases.stream()
        .distinct()
        .sorted((one, other) -> one.name().compareTo(other.name()))
        .toList();
  }

  private void leave() {
    if (inside != null) {
      inside.leave(stamp);
      inside = null;
    }
  }
}
