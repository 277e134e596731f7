package dev.larder.server.resp;

import static dev.larder.server.resp.Definition.Flag.FAST;
import static dev.larder.server.resp.Definition.Flag.READONLY;
import static dev.larder.server.resp.Definition.Flag.WRITE;

import dev.larder.Life;
import dev.larder.server.resp.Expiries.Moved;
import dev.larder.server.resp.Expiries.When;
import dev.larder.server.resp.Instants.Unit;
import dev.larder.spi.Verbs.Nothing;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongBinaryOperator;

/** The commands that ask for the life of an entry, or change it. */
final class ExpiryCommands {
  private static final long ABSENT = -2;
  private static final long ENDLESS = -1;

  private ExpiryCommands() {}

  static List<Definition> definitions() {
    return List.of(
        expire("expire", Unit.EX),
        expire("pexpire", Unit.PX),
        expire("expireat", Unit.EXAT),
        expire("pexpireat", Unit.PXAT),
        tell("ttl", (deadline, now) -> Instants.seconds(left(deadline, now))),
        tell("pttl", ExpiryCommands::left),
        tell("expiretime", (deadline, now) -> Instants.seconds(deadline)),
        tell("pexpiretime", (deadline, now) -> deadline),
        new Definition("persist", 2, Set.of(WRITE, FAST), 1, 1, 1, ExpiryCommands::persist));
  }

  private static long left(long deadline, long now) {
    return Math.max(0, deadline - now);
  }

  private static Definition expire(String name, Unit unit) {
    return new Definition(
        name,
        -3,
        Set.of(WRITE, FAST),
        1,
        1,
        1,
        (request, session, reply) -> {
          var database = session.database();
          var conditions = conditions(request);
          var now = database.clock().exact();
          var deadline = Instants.any(request.part(2), unit, now, name);
          var key = Arguments.key(request, 1, session);
          var done = database.update(key, Expiries.EXPIRE, new Moved(deadline, conditions));
          reply.integer(done ? 1 : 0);
        });
  }

  private static Set<When> conditions(Request request) {
    if (request.size() == 3) {
      return Set.of();
    }
    var conditions = EnumSet.noneOf(When.class);
    for (int at = 3; at < request.size(); at++) {
      conditions.add(condition(request, at));
    }
    if (conditions.contains(When.NX) && conditions.size() > 1) {
      throw new CommandException(
          "ERR NX and XX, GT or LT options at the same time are not compatible");
    }
    if (conditions.contains(When.GT) && conditions.contains(When.LT)) {
      throw new CommandException("ERR GT and LT options at the same time are not compatible");
    }
    return conditions;
  }

  private static When condition(Request request, int at) {
    for (var each : When.values()) {
      if (request.is(at, each.word())) {
        return each;
      }
    }
    throw new CommandException("ERR Unsupported option " + request.text(at));
  }

  private static Definition tell(String name, LongBinaryOperator figure) {
    return new Definition(
        name,
        2,
        Set.of(READONLY, FAST),
        1,
        1,
        1,
        (request, session, reply) -> {
          var database = session.database();
          var entry = database.peek(Arguments.key(request, 1, session));
          if (entry == null) {
            reply.integer(ABSENT);
            return;
          }
          var deadline = entry.deadline();
          var endless = deadline == Life.FOREVER;
          reply.integer(endless ? ENDLESS : figure.applyAsLong(deadline, database.clock().exact()));
        });
  }

  private static void persist(Request request, Session session, Reply reply) {
    var key = Arguments.key(request, 1, session);
    reply.integer(session.database().update(key, Expiries.PERSIST, Nothing.NOTHING) ? 1 : 0);
  }
}
