package dev.larder.server.resp;

import dev.larder.server.resp.Definition.Flag;
import java.util.List;
import java.util.Set;

/** Commands about transactions; EXEC itself is in {@link Transaction}. */
final class TransactionCommands {
  private TransactionCommands() {}

  static List<Definition> definitions() {
    return List.of(
        new Definition("multi", 1, Set.of(Flag.FAST), 0, 0, 0, TransactionCommands::multi),
        new Definition(
            "exec",
            1,
            Set.of(),
            0,
            0,
            0,
            (request, session, reply) -> {
              throw new CommandException("ERR EXEC without MULTI");
            }),
        new Definition("discard", 1, Set.of(Flag.FAST), 0, 0, 0, TransactionCommands::discard),
        new Definition("watch", -2, Set.of(Flag.FAST), 1, -1, 1, TransactionCommands::watch),
        new Definition("unwatch", 1, Set.of(Flag.FAST), 0, 0, 0, TransactionCommands::unwatch));
  }

  private static void multi(Request request, Session session, Reply reply) {
    var mine = RespSession.of(session);
    if (mine.transaction() != null) {
      throw new CommandException("ERR MULTI calls can not be nested");
    }
    mine.transaction(new Transaction(mine.database()));
    reply.ok();
  }

  private static void discard(Request request, Session session, Reply reply) {
    var mine = RespSession.of(session);
    if (mine.transaction() == null) {
      throw new CommandException("ERR DISCARD without MULTI");
    }
    mine.transaction(null);
    mine.watches().clear(mine);
    reply.ok();
  }

  private static void watch(Request request, Session session, Reply reply) {
    var mine = RespSession.of(session);
    if (mine.transaction() != null) {
      throw new CommandException("ERR WATCH inside MULTI is not allowed");
    }
    for (var key : Arguments.keys(request, 1, 1, session)) {
      mine.watches().add(mine, mine.database(), key);
    }
    reply.ok();
  }

  private static void unwatch(Request request, Session session, Reply reply) {
    var mine = RespSession.of(session);
    mine.watches().clear(mine);
    reply.ok();
  }
}
