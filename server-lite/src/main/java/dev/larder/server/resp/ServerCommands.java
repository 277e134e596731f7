package dev.larder.server.resp;

import dev.larder.server.resp.Definition.Flag;
import java.util.List;
import java.util.Set;

/** Commands about the server and whole databases. */
final class ServerCommands {
  private ServerCommands() {}

  static List<Definition> definitions() {
    return List.of(
        define("time", 1, ServerCommands::time, Flag.FAST),
        define("dbsize", 1, ServerCommands::size, Flag.FAST),
        define("info", -1, ServerCommands::info),
        define("lolwut", -1, (request, session, reply) -> reply.verbatim(Info.title() + "\n")),
        define("flushdb", -1, ServerCommands::flushOne, Flag.WRITE, Flag.ALONE),
        define("flushall", -1, ServerCommands::flushAll, Flag.WRITE, Flag.ALONE),
        define("acl|whoami", 2, (request, session, reply) -> reply.bulk("default")),
        define("latency|reset", -2, (request, session, reply) -> reply.integer(0)),
        define("latency|latest", 2, (request, session, reply) -> reply.array(0)),
        define("latency|history", 3, (request, session, reply) -> reply.array(0)),
        define("slowlog|get", -2, (request, session, reply) -> reply.array(0)),
        define("slowlog|len", 2, (request, session, reply) -> reply.integer(0)),
        define("slowlog|reset", 2, (request, session, reply) -> reply.ok()),
        define("cluster", -2, ServerCommands::cluster),
        define("readonly", 1, ServerCommands::cluster, Flag.FAST),
        define("readwrite", 1, ServerCommands::cluster, Flag.FAST),
        define("asking", 1, ServerCommands::cluster, Flag.FAST));
  }

  private static Definition define(String name, int arity, Command command, Flag... flags) {
    return new Definition(name, arity, Set.of(flags), 0, 0, 0, command);
  }

  private static void time(Request request, Session session, Reply reply) {
    var now = RespSession.of(session).server().clock().exact();
    reply.array(2);
    reply.bulk(Long.toString(now / 1_000));
    reply.bulk(Long.toString(now % 1_000 * 1_000));
  }

  private static void size(Request request, Session session, Reply reply) {
    reply.integer(session.database().size());
  }

  private static void info(Request request, Session session, Reply reply) {
    reply.verbatim(new Info(RespSession.of(session).server()).text(request));
  }

  /** ASYNC and SYNC are the same here: entries are dropped before the answer. */
  private static void checkFlush(Request request) {
    if (request.size() > 2
        || (request.size() == 2 && !request.is(1, "async") && !request.is(1, "sync"))) {
      throw new CommandException(CommandException.SYNTAX);
    }
  }

  private static void flushOne(Request request, Session session, Reply reply) {
    checkFlush(request);
    session.database().clear();
    reply.ok();
  }

  private static void flushAll(Request request, Session session, Reply reply) {
    checkFlush(request);
    session.databases().all().forEach(database -> database.clear());
    reply.ok();
  }

  private static void cluster(Request request, Session session, Reply reply) {
    throw new CommandException("ERR This instance has cluster support disabled");
  }
}
