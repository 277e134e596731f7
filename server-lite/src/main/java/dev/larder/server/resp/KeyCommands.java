package dev.larder.server.resp;

import static dev.larder.server.resp.Definition.Flag.ALONE;
import static dev.larder.server.resp.Definition.Flag.FAST;
import static dev.larder.server.resp.Definition.Flag.READONLY;
import static dev.larder.server.resp.Definition.Flag.WRITE;

import dev.larder.server.core.Database;
import dev.larder.server.core.Verb;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import dev.larder.spi.Step;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import dev.larder.spi.Verbs;
import dev.larder.spi.Verbs.Nothing;
import java.util.List;
import java.util.Set;

/** The commands about keys and what is under them, whatever it is. */
final class KeyCommands {
  private record Until(Payload value, long deadline) {}

  private static final Verb<Until, Boolean> PUT_UNTIL =
      Verb.of("put-until", (put, slot) -> slot.write(put.value, put.deadline, put.value.meta()));

  private KeyCommands() {}

  static List<Definition> definitions() {
    return List.of(
        new Definition("type", 2, Set.of(READONLY, FAST), 1, 1, 1, KeyCommands::type),
        new Definition("rename", 3, Set.of(WRITE, ALONE), 1, 2, 1, KeyCommands::rename),
        new Definition("renamenx", 3, Set.of(WRITE, FAST, ALONE), 1, 2, 1, KeyCommands::renameNx),
        new Definition("copy", -3, Set.of(WRITE, ALONE), 1, 2, 1, KeyCommands::copy));
  }

  private static void type(Request request, Session session, Reply reply) {
    var entry = session.database().peek(Arguments.key(request, 1, session));
    reply.simple(entry == null ? "none" : "string");
  }

  private static void rename(Request request, Session session, Reply reply) {
    var entry = existing(request, session);
    var from = Arguments.key(request, 1, session);
    var to = Arguments.key(request, 2, session);
    if (!from.equals(to)) {
      move(session.database(), from, entry, to);
    }
    reply.ok();
  }

  private static void renameNx(Request request, Session session, Reply reply) {
    var entry = existing(request, session);
    var to = Arguments.key(request, 2, session);
    if (session.database().peek(to) != null) {
      reply.integer(0);
      return;
    }
    move(session.database(), Arguments.key(request, 1, session), entry, to);
    reply.integer(1);
  }

  private static Stored<Payload> existing(Request request, Session session) {
    var entry = session.database().snapshot(Arguments.key(request, 1, session), Touch.PEEK);
    if (entry == null) {
      throw new CommandException("ERR no such key");
    }
    return entry;
  }

  private static void move(Database database, Bytes from, Stored<Payload> entry, Bytes to) {
    ManyCommands.run(
        database,
        List.of(
            Step.of(to, PUT_UNTIL, until(entry)), Step.of(from, Verbs.delete(), Nothing.NOTHING)));
    database.counted(1, 1);
  }

  private static Until until(Stored<Payload> entry) {
    var value = entry.value();
    if (value == null) {
      throw new IllegalStateException("a snapshot has a value");
    }
    return new Until(value, entry.deadline());
  }

  private static void copy(Request request, Session session, Reply reply) {
    boolean replace = false;
    int at = 3;
    while (at < request.size()) {
      if (request.is(at, "replace")) {
        replace = true;
        at++;
      } else if (request.is(at, "db") && at + 1 < request.size()) {
        checkHere(request, at + 1, session);
        at += 2;
      } else {
        throw new CommandException(CommandException.SYNTAX);
      }
    }
    reply.integer(copied(request, session, replace) ? 1 : 0);
  }

  private static void checkHere(Request request, int at, Session session) {
    var number = Arguments.integer(request, at);
    if (number != (int) number) {
      throw new CommandException(
          "ERR value is out of range, value must between -2147483648 and 2147483647");
    }
    var named = session.databases().numbered((int) number);
    if (named.isEmpty()) {
      throw new CommandException("ERR DB index is out of range");
    }
    if (named.get() != session.database()) {
      throw new CommandException("ERR COPY works within one database");
    }
  }

  private static boolean copied(Request request, Session session, boolean replace) {
    var database = session.database();
    var from = Arguments.key(request, 1, session);
    var to = Arguments.key(request, 2, session);
    if (from.equals(to)) {
      throw new CommandException("ERR source and destination objects are the same");
    }
    var entry = database.snapshot(from, Touch.PEEK);
    if (entry == null || (!replace && database.peek(to) != null)) {
      return false;
    }
    database.update(to, PUT_UNTIL, until(entry));
    database.counted(1, 0);
    return true;
  }
}
