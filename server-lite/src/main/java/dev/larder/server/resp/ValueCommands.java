package dev.larder.server.resp;

import static dev.larder.server.resp.Definition.Flag.FAST;
import static dev.larder.server.resp.Definition.Flag.READONLY;
import static dev.larder.server.resp.Definition.Flag.WRITE;

import dev.larder.RemovalCause;
import dev.larder.server.core.Verb;
import dev.larder.server.resp.Instants.Unit;
import dev.larder.server.resp.ValueOptions.Condition;
import dev.larder.server.resp.ValueOptions.Life;
import dev.larder.spi.Payload;
import dev.larder.spi.Slot;
import dev.larder.spi.Verbs;
import dev.larder.spi.Verbs.Nothing;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The commands that read and write whole values. */
final class ValueCommands {
  /**
   * A write with conditions.
   *
   * @param deadline where the life ends, if it is {@link Life#UNTIL}
   */
  private record Write(Payload value, Condition condition, Life life, long deadline) {}

  /** What it did, and the value it found. */
  private record Written(boolean done, @Nullable Payload before) {}

  /** What a read does to the life of what it reads. */
  private record Move(Life life, long deadline) {}

  private static final Verb<Write, Written> WRITE_IF = Verb.of("set", ValueCommands::write);
  private static final Verb<Payload, @Nullable Payload> EXCHANGE =
      Verb.of("getset", ValueCommands::exchange);
  private static final Verb<Nothing, @Nullable Payload> TAKE =
      Verb.of("getdel", (none, slot) -> take(slot));
  private static final Verb<Move, @Nullable Payload> READ_AND_MOVE =
      Verb.of("getex", ValueCommands::move);

  private ValueCommands() {}

  static List<Definition> definitions() {
    return List.of(
        new Definition("get", 2, Set.of(READONLY, FAST), 1, 1, 1, ValueCommands::get),
        new Definition("set", -3, Set.of(WRITE), 1, 1, 1, ValueCommands::set),
        new Definition("setnx", 3, Set.of(WRITE, FAST), 1, 1, 1, ValueCommands::setNx),
        new Definition("setex", 4, Set.of(WRITE), 1, 1, 1, setFor(Unit.EX, "setex")),
        new Definition("psetex", 4, Set.of(WRITE), 1, 1, 1, setFor(Unit.PX, "psetex")),
        new Definition("getset", 3, Set.of(WRITE, FAST), 1, 1, 1, ValueCommands::getSet),
        new Definition("getdel", 2, Set.of(WRITE, FAST), 1, 1, 1, ValueCommands::getDel),
        new Definition("getex", -2, Set.of(WRITE, FAST), 1, 1, 1, ValueCommands::getEx));
  }

  private static void get(Request request, Session session, Reply reply) {
    reply.bulk(Arguments.bytes(session.database().get(Arguments.key(request, 1, session))));
  }

  private static void set(Request request, Session session, Reply reply) {
    if (request.size() > 3) {
      setWith(request, session, reply);
      return;
    }
    var database = session.database();
    var key = Arguments.key(request, 1, session);
    database.update(key, Verbs.put(), Arguments.value(request, 2, session));
    database.counted(1, 0);
    reply.ok();
  }

  private static void setWith(Request request, Session session, Reply reply) {
    var options = ValueOptions.ofSet(request);
    var deadline = options.deadline(session.database().clock().exact(), "set");
    var value = Arguments.value(request, 2, session);
    var written =
        write(request, session, new Write(value, options.condition(), options.life(), deadline));
    if (options.get()) {
      session.database().read(written.before() != null);
      reply.bulk(array(written.before()));
    } else if (written.done()) {
      reply.ok();
    } else {
      reply.nil();
    }
  }

  private static void setNx(Request request, Session session, Reply reply) {
    var value = Arguments.value(request, 2, session);
    var written = write(request, session, new Write(value, Condition.NX, Life.RULE, 0));
    reply.integer(written.done() ? 1 : 0);
  }

  private static Command setFor(Unit unit, String name) {
    return (request, session, reply) -> {
      var now = session.database().clock().exact();
      var deadline = Instants.positive(request.part(2), unit, now, name);
      var value = Arguments.value(request, 3, session);
      write(request, session, new Write(value, Condition.NONE, Life.UNTIL, deadline));
      reply.ok();
    };
  }

  private static Written write(Request request, Session session, Write write) {
    var database = session.database();
    var written = database.update(Arguments.key(request, 1, session), WRITE_IF, write);
    database.counted(written.done() ? 1 : 0, 0);
    return written;
  }

  private static void getSet(Request request, Session session, Reply reply) {
    var database = session.database();
    var key = Arguments.key(request, 1, session);
    var before = database.update(key, EXCHANGE, Arguments.value(request, 2, session));
    database.read(before != null);
    database.counted(1, 0);
    reply.bulk(array(before));
  }

  private static void getDel(Request request, Session session, Reply reply) {
    var database = session.database();
    var before = database.update(Arguments.key(request, 1, session), TAKE, Nothing.NOTHING);
    database.read(before != null);
    database.counted(0, before == null ? 0 : 1);
    reply.bulk(array(before));
  }

  private static void getEx(Request request, Session session, Reply reply) {
    var options = ValueOptions.ofGetEx(request);
    if (options.life() == Life.RULE) {
      get(request, session, reply);
      return;
    }
    var database = session.database();
    var key = Arguments.key(request, 1, session);
    // As in Redis, a bad figure is no error where there is no entry.
    if (database.get(key) == null) {
      reply.nil();
      return;
    }
    var deadline = options.deadline(database.clock().exact(), "getex");
    reply.bulk(array(database.update(key, READ_AND_MOVE, new Move(options.life(), deadline))));
  }

  private static byte @Nullable [] array(@Nullable Payload value) {
    return value == null ? null : value.array();
  }

  private static Written write(Write write, Slot<Payload> slot) {
    var before = Values.of(slot);
    var refused = write.condition == (before == null ? Condition.XX : Condition.NX);
    if (!refused) {
      store(write, slot);
    }
    return new Written(!refused, before);
  }

  private static void store(Write write, Slot<Payload> slot) {
    var current = slot.current();
    if (write.life == Life.UNTIL) {
      slot.write(write.value, write.deadline, write.value.meta());
    } else if (write.life == Life.KEEP && current != null) {
      slot.write(write.value, current.deadline(), write.value.meta());
    } else {
      slot.write(write.value);
    }
  }

  private static @Nullable Payload exchange(Payload value, Slot<Payload> slot) {
    var before = Values.of(slot);
    slot.write(value);
    return before;
  }

  private static @Nullable Payload take(Slot<Payload> slot) {
    var before = Values.of(slot);
    slot.remove(RemovalCause.EXPLICIT);
    return before;
  }

  private static @Nullable Payload move(Move move, Slot<Payload> slot) {
    var value = Values.of(slot);
    if (value != null) {
      Expiries.end(
          slot, value, move.life == Life.FOREVER ? dev.larder.Life.FOREVER : move.deadline);
    }
    return value;
  }
}
