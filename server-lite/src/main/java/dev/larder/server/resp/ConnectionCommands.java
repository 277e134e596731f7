package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.larder.server.core.Database;
import dev.larder.server.resp.Definition.Flag;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Commands about the connection itself. */
final class ConnectionCommands {
  private static final String WRONG =
      "WRONGPASS invalid username-password pair or user is disabled.";
  private static final String NOT_WANTED =
      "ERR AUTH <password> called without any password configured for the default user. Are you"
          + " sure your configuration is correct?";
  private static final int LONGEST_NAME = 128;

  private ConnectionCommands() {}

  static List<Definition> definitions() {
    return List.of(
        define("ping", -1, ConnectionCommands::ping, Flag.FAST, Flag.PUBSUB),
        define("echo", 2, (request, session, reply) -> reply.bulk(request.part(1)), Flag.FAST),
        define("hello", -1, ConnectionCommands::hello, Flag.FAST, Flag.NO_AUTH, Flag.NO_MULTI),
        define("auth", -2, ConnectionCommands::auth, Flag.FAST, Flag.NO_AUTH, Flag.NO_MULTI),
        define("select", 2, ConnectionCommands::select, Flag.FAST),
        define("quit", -1, ConnectionCommands::quit, Flag.FAST, Flag.NO_AUTH, Flag.PUBSUB),
        define("reset", 1, ConnectionCommands::reset, Flag.FAST, Flag.NO_AUTH, Flag.PUBSUB));
  }

  private static Definition define(String name, int arity, Command command, Flag... flags) {
    return new Definition(name, arity, Set.of(flags), 0, 0, 0, command);
  }

  private static void ping(Request request, Session session, Reply reply) {
    if (request.size() > 2) {
      throw new CommandException("ERR wrong number of arguments for 'ping' command");
    }
    var mine = RespSession.of(session);
    if (!mine.resp3() && !mine.subscriptions().isEmpty()) {
      reply.array(2);
      reply.bulk("pong");
      reply.bulk(request.size() == 2 ? request.part(1) : new byte[0]);
    } else if (request.size() == 2) {
      reply.bulk(request.part(1));
    } else {
      reply.simple("PONG");
    }
  }

  private static void hello(Request request, Session session, Reply reply) {
    var hello = new Hello(request, RespSession.of(session));
    hello.answer(reply);
  }

  private static void auth(Request request, Session session, Reply reply) {
    if (request.size() > 3) {
      throw new CommandException(CommandException.SYNTAX);
    }
    var mine = RespSession.of(session);
    var user = request.size() == 3 ? request.text(1) : null;
    if (user == null && !mine.server().access().wanted()) {
      throw new CommandException(NOT_WANTED);
    }
    check(user, request.part(request.size() - 1), mine, () -> {}, Reply::ok);
  }

  /** What is written when somebody was let in. */
  interface Welcome {
    void write(RespReply reply);
  }

  /**
   * Has a password checked, and answers when that is done.
   *
   * @param first done once the password was found right, before the answer
   */
  static void check(
      @Nullable String user, byte[] password, RespSession session, Runnable first, Welcome then) {
    session.suspend();
    session
        .server()
        .access()
        .check(
            user,
            password,
            session.remote(),
            right ->
                session.resume(
                    reply -> {
                      if (right) {
                        session.authenticated(true);
                        first.run();
                        then.write(reply);
                      } else {
                        reply.error(WRONG);
                      }
                    }));
  }

  private static void select(Request request, Session session, Reply reply) {
    var chosen = selected(request, session);
    if (chosen == null) {
      throw new CommandException("ERR DB index is out of range");
    }
    var mine = RespSession.of(session);
    mine.database(chosen);
    mine.server().notices().refreshIfWanted();
    reply.ok();
  }

  /** The database that SELECT means, by number or by name, null for none. */
  static @Nullable Database selected(Request request, Session session) {
    if (request.size() != 2) {
      return null;
    }
    var text = request.text(1);
    try {
      return session.databases().numbered(Integer.parseInt(text)).orElse(null);
    } catch (NumberFormatException e) {
      return session
          .databases()
          .find(text)
          .orElseThrow(() -> new CommandException("ERR value is not an integer or out of range"));
    }
  }

  private static void quit(Request request, Session session, Reply reply) {
    reply.ok();
    RespSession.of(session).end();
  }

  private static void reset(Request request, Session session, Reply reply) {
    var mine = RespSession.of(session);
    mine.server().pubSub().forget(mine);
    mine.subscribed();
    mine.watches().clear(mine);
    if (mine.tracking() != null) {
      mine.server().trackers().remove(mine);
    }
    mine.reset();
    mine.server().notices().refresh();
    ((RespReply) reply).protocol(false);
    reply.simple("RESET");
  }

  /** Text that can be shown in one line of CLIENT LIST. */
  static String name(Request request, int index) {
    for (var letter : request.part(index)) {
      if (letter < '!' || letter > '~') {
        throw new CommandException(
            "ERR Client names cannot contain spaces, newlines or special characters.");
      }
    }
    if (request.part(index).length > LONGEST_NAME) {
      throw new CommandException("ERR Client names have at most " + LONGEST_NAME + " characters.");
    }
    return new String(request.part(index), UTF_8);
  }
}
