package dev.larder.server.resp;

import static dev.larder.server.resp.Definition.Flag.ALONE;
import static dev.larder.server.resp.Definition.Flag.FAST;
import static dev.larder.server.resp.Definition.Flag.READONLY;
import static dev.larder.server.resp.Definition.Flag.WRITE;

import dev.larder.server.core.Database;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import dev.larder.spi.Step;
import dev.larder.spi.Touch;
import dev.larder.spi.Update;
import dev.larder.spi.Verbs;
import dev.larder.spi.Verbs.Nothing;
import dev.larder.spi.WaitingStore;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The commands over several keys. A database that waits is asked once for all of them; in memory
 * they are done one by one, which costs less.
 */
final class ManyCommands {
  private ManyCommands() {}

  static List<Definition> definitions() {
    return List.of(
        new Definition("mget", -2, Set.of(READONLY, FAST), 1, -1, 1, ManyCommands::get),
        new Definition("mset", -3, Set.of(WRITE, ALONE), 1, -1, 2, ManyCommands::set),
        new Definition("msetnx", -3, Set.of(WRITE, ALONE), 1, -1, 2, ManyCommands::setNx),
        new Definition("del", -2, Set.of(WRITE), 1, -1, 1, ManyCommands::remove),
        new Definition("unlink", -2, Set.of(WRITE, FAST), 1, -1, 1, ManyCommands::remove),
        present("exists", Touch.PEEK),
        present("touch", Touch.READ));
  }

  private static void get(Request request, Session session, Reply reply) {
    var database = session.database();
    var keys = Arguments.keys(request, 1, 1, session);
    if (database.waits()) {
      var found = database.getAll(new LinkedHashSet<>(keys), Touch.READ);
      reply.array(keys.size());
      keys.forEach(key -> reply.bulk(Arguments.bytes(found.get(key))));
    } else {
      reply.array(keys.size());
      keys.forEach(key -> reply.bulk(Arguments.bytes(database.get(key))));
    }
  }

  private static void set(Request request, Session session, Reply reply) {
    write(session.database(), pairs(request, session));
    reply.ok();
  }

  private static void setNx(Request request, Session session, Reply reply) {
    var database = session.database();
    var steps = pairs(request, session);
    var keys = steps.stream().map(Step::key).toList();
    if (count(database, keys, Touch.PEEK) > 0) {
      reply.integer(0);
      return;
    }
    write(database, steps);
    reply.integer(1);
  }

  /** All are checked before the first is written. */
  private static List<Step<Bytes, Payload>> pairs(Request request, Session session) {
    if (request.size() % 2 == 0) {
      throw Arguments.miscounted(request);
    }
    Update<Payload, Payload, Verbs.Written> put = Verbs.put();
    var steps = new ArrayList<Step<Bytes, Payload>>(request.size() / 2);
    for (int at = 1; at < request.size(); at += 2) {
      var key = Arguments.key(request, at, session);
      steps.add(Step.of(key, put, Arguments.value(request, at + 1, session)));
    }
    return steps;
  }

  private static void write(Database database, List<Step<Bytes, Payload>> steps) {
    run(database, steps);
    database.counted(steps.size(), 0);
  }

  private static void remove(Request request, Session session, Reply reply) {
    var database = session.database();
    Update<Nothing, Payload, Boolean> delete = Verbs.delete();
    var keys = Arguments.keys(request, 1, 1, session);
    int removed = 0;
    if (database.waits() && keys.size() > 1) {
      var steps = keys.stream().map(key -> Step.of(key, delete, Nothing.NOTHING)).toList();
      for (var done : run(database, steps)) {
        removed += Boolean.TRUE.equals(done) ? 1 : 0;
      }
    } else {
      for (var key : keys) {
        removed += database.update(key, delete, Nothing.NOTHING) ? 1 : 0;
      }
    }
    database.counted(0, removed);
    reply.integer(removed);
  }

  /** Does the steps, gives their results, and throws if one failed. */
  static List<Object> run(Database database, List<Step<Bytes, Payload>> steps) {
    var values = new ArrayList<Object>(steps.size());
    for (var result : database.updateAll(steps)) {
      if (result.failure() != null) {
        throw WaitingStore.failure(result.failure());
      }
      values.add(result.value());
    }
    return values;
  }

  private static Definition present(String name, Touch touch) {
    return new Definition(
        name,
        -2,
        Set.of(READONLY, FAST),
        1,
        -1,
        1,
        (request, session, reply) ->
            reply.integer(
                count(session.database(), Arguments.keys(request, 1, 1, session), touch)));
  }

  /** How many of the keys have an entry; one that is named twice counts twice. */
  private static int count(Database database, List<Bytes> keys, Touch touch) {
    if (database.waits()) {
      var found = database.getAll(new LinkedHashSet<>(keys), touch);
      return (int) keys.stream().filter(found::containsKey).count();
    }
    int present = 0;
    for (var key : keys) {
      var entry = touch == Touch.READ ? database.get(key) : database.peek(key);
      present += entry == null ? 0 : 1;
    }
    return present;
  }
}
