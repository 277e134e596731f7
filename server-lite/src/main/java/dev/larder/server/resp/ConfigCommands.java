package dev.larder.server.resp;

import dev.larder.server.core.Glob;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

/** {@code CONFIG}: shows settings, and changes the one that can be changed while it runs. */
final class ConfigCommands {
  private static final String EVENTS = "notify-keyspace-events";

  private ConfigCommands() {}

  static List<Definition> definitions() {
    return List.of(
        define("get", -3, ConfigCommands::get),
        define("set", -4, ConfigCommands::set),
        define("resetstat", 2, ConfigCommands::resetStatistics),
        define("rewrite", 2, ConfigCommands::rewrite));
  }

  private static Definition define(String name, int arity, Command command) {
    return new Definition("config|" + name, arity, Set.of(Definition.Flag.ADMIN), 0, 0, 0, command);
  }

  private static void get(Request request, Session session, Reply reply) {
    var all = Settings.all(RespSession.of(session).server());
    var found = new TreeMap<String, String>();
    for (int at = 2; at < request.size(); at++) {
      var glob =
          Glob.of(request.text(at).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
      all.forEach(
          (name, value) -> {
            if (glob.matches(name.getBytes(StandardCharsets.UTF_8))) {
              found.put(name, value);
            }
          });
    }
    reply.map(found.size());
    found.forEach(
        (name, value) -> {
          reply.bulk(name);
          reply.bulk(value);
        });
  }

  private static void set(Request request, Session session, Reply reply) {
    var server = RespSession.of(session).server();
    if (request.size() % 2 != 0) {
      throw new CommandException(CommandException.SYNTAX);
    }
    for (int at = 2; at < request.size(); at += 2) {
      if (!request.is(at, EVENTS)) {
        throw unchangeable(request, at, server);
      }
    }
    for (int at = 2; at < request.size(); at += 2) {
      if (!server.events().flags(request.text(at + 1))) {
        throw new CommandException(
            "ERR CONFIG SET failed (possibly related to argument '"
                + EVENTS
                + "') - Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
      }
    }
    server.notices().refresh();
    reply.ok();
  }

  private static CommandException unchangeable(Request request, int at, RespServer server) {
    var name = request.text(at);
    return new CommandException(
        Settings.all(server).containsKey(name.toLowerCase(Locale.ROOT))
            ? "ERR CONFIG SET failed (possibly related to argument '"
                + name
                + "') - can't set immutable config"
            : "ERR Unknown option or number of arguments for CONFIG SET - '" + name + "'");
  }

  private static void resetStatistics(Request request, Session session, Reply reply) {
    session.databases().all().forEach(database -> database.control().resetStats());
    reply.ok();
  }

  private static void rewrite(Request request, Session session, Reply reply) {
    throw new CommandException("ERR The server is running without a config file");
  }
}
