package dev.larder.server.resp;

import dev.larder.server.resp.Definition.Flag;
import dev.larder.server.resp.RespSession.Answers;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** {@code CLIENT}: what connections say about themselves and others. */
final class ClientCommands {
  private ClientCommands() {}

  static List<Definition> definitions() {
    return List.of(
        define("id", 2, (request, session, reply) -> reply.integer(RespSession.of(session).id())),
        define("getname", 2, ClientCommands::getName),
        define("setname", 3, ClientCommands::setName),
        define("setinfo", 4, ClientCommands::setInfo),
        define("info", 2, ClientCommands::info),
        define("list", -2, ClientCommands::list),
        define("kill", -3, ClientCommands::kill),
        define("reply", 3, ClientCommands::reply),
        define("no-evict", 3, ClientCommands::noEvict),
        define("no-touch", 3, ClientCommands::noTouch),
        define("unblock", -3, ClientCommands::unblock));
  }

  private static Definition define(String name, int arity, Command command) {
    return new Definition("client|" + name, arity, Set.of(Flag.FAST), 0, 0, 0, command);
  }

  private static void getName(Request request, Session session, Reply reply) {
    var name = RespSession.of(session).name();
    if (name.isEmpty()) {
      reply.nil();
    } else {
      reply.bulk(name);
    }
  }

  private static void setName(Request request, Session session, Reply reply) {
    RespSession.of(session).name(ConnectionCommands.name(request, 2));
    reply.ok();
  }

  private static void setInfo(Request request, Session session, Reply reply) {
    var mine = RespSession.of(session);
    if (request.is(2, "lib-name")) {
      mine.library(said(request, "lib-name"));
    } else if (request.is(2, "lib-ver")) {
      mine.libraryVersion(said(request, "lib-ver"));
    } else {
      throw new CommandException("ERR Unrecognized option '" + request.text(2) + "'");
    }
    reply.ok();
  }

  private static String said(Request request, String what) {
    try {
      return ConnectionCommands.name(request, 3);
    } catch (CommandException e) {
      throw new CommandException(
          "ERR " + what + " cannot contain spaces, newlines or special characters.");
    }
  }

  private static void info(Request request, Session session, Reply reply) {
    reply.verbatim(ClientLine.of(RespSession.of(session)) + "\n");
  }

  private static void list(Request request, Session session, Reply reply) {
    var clients = RespSession.of(session).server().clients();
    var chosen = new ArrayList<RespSession>();
    if (request.size() == 2) {
      chosen.addAll(clients.all());
    } else if (request.is(2, "id") && request.size() > 3) {
      for (int at = 3; at < request.size(); at++) {
        var client = clients.find(id(request, at));
        if (client != null) {
          chosen.add(client);
        }
      }
    } else if (request.is(2, "type") && request.size() == 4) {
      clients.all().stream().filter(client -> ofType(client, request)).forEach(chosen::add);
    } else {
      throw new CommandException(CommandException.SYNTAX);
    }
    var text = new StringBuilder();
    chosen.forEach(client -> text.append(ClientLine.of(client)).append('\n'));
    reply.verbatim(text.toString());
  }

  private static boolean ofType(RespSession client, Request request) {
    if (request.is(3, "normal")) {
      return !client.listens();
    }
    if (request.is(3, "pubsub")) {
      return client.listens();
    }
    if (request.is(3, "master") || request.is(3, "replica") || request.is(3, "slave")) {
      return false;
    }
    throw new CommandException("ERR Unknown client type '" + request.text(3) + "'");
  }

  private static long id(Request request, int index) {
    try {
      var id = Long.parseLong(request.text(index));
      if (id > 0) {
        return id;
      }
    } catch (NumberFormatException e) {
      throw new CommandException("ERR Invalid client ID");
    }
    throw new CommandException("ERR Invalid client ID");
  }

  /** {@code KILL ip:port}, or filters by ID, ADDR, LADDR, TYPE, USER and SKIPME. */
  private static void kill(Request request, Session session, Reply reply) {
    var mine = RespSession.of(session);
    var old = request.size() == 3;
    var kill = old ? ClientKill.byAddress(request.text(2)) : ClientKill.filtered(request);
    var killed = 0;
    for (var client : mine.server().clients().all()) {
      if (kill.meets(client, mine)) {
        killed++;
        if (client == mine) {
          mine.end();
        } else {
          client.handler().cut("killed");
        }
      }
    }
    if (!old) {
      reply.integer(killed);
    } else if (killed == 0) {
      throw new CommandException("ERR No such client");
    } else {
      reply.ok();
    }
  }

  private static void reply(Request request, Session session, Reply reply) {
    var mine = RespSession.of(session);
    if (request.is(2, "on")) {
      mine.answers(Answers.ON);
      reply.ok();
    } else if (request.is(2, "off")) {
      mine.answers(Answers.OFF);
    } else if (request.is(2, "skip")) {
      if (mine.answers() == Answers.ON) {
        mine.answers(Answers.SKIP_NEXT);
      }
    } else {
      throw new CommandException(CommandException.SYNTAX);
    }
  }

  private static boolean on(Request request) {
    if (request.is(2, "on")) {
      return true;
    }
    if (request.is(2, "off")) {
      return false;
    }
    throw new CommandException(CommandException.SYNTAX);
  }

  private static void noEvict(Request request, Session session, Reply reply) {
    RespSession.of(session).noEvict(on(request));
    reply.ok();
  }

  private static void noTouch(Request request, Session session, Reply reply) {
    RespSession.of(session).noTouch(on(request));
    reply.ok();
  }

  /** No command blocks here, so nobody is ever unblocked. */
  private static void unblock(Request request, Session session, Reply reply) {
    if (request.size() > 4
        || (request.size() == 4 && !request.is(3, "timeout") && !request.is(3, "error"))) {
      throw new CommandException("ERR CLIENT UNBLOCK reason should be TIMEOUT or ERROR");
    }
    Arguments.integer(request, 2);
    reply.integer(0);
  }
}
