package dev.larder.server.resp;

import dev.larder.server.core.Database;
import dev.larder.spi.Bytes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The keys that one client watches before a transaction. Any change of one counts, though the value
 * be the same in the end; and an entry whose time ran out, though nobody took it away yet.
 */
final class Watches {
  private final Map<Watched, Boolean> present = new ConcurrentHashMap<>();
  private volatile boolean spoiled;

  /** A key of a database. */
  private record Watched(Database database, Bytes key) {}

  /** Begins to watch; may wait where the database does. */
  void add(RespSession session, Database database, Bytes key) {
    if (present.size() >= session.limits().batch()) {
      throw new CommandException(
          "ERR at most " + session.limits().batch() + " keys can be watched");
    }
    var watched = new Watched(database, key);
    if (present.putIfAbsent(watched, true) == null) {
      session.server().notices().watch(database, key, session);
      present.put(watched, database.peek(key) != null);
    }
  }

  /** One of the keys was changed; on any thread. */
  void spoil() {
    spoiled = true;
  }

  /** All entries were dropped, which changes the key if there was one; on any thread. */
  void spoilPresent(Database database, Bytes key) {
    if (present.getOrDefault(new Watched(database, key), false)) {
      spoil();
    }
  }

  /** Whether a key has changed; may wait where its database does. */
  boolean changed() {
    for (var watch : present.entrySet()) {
      if (spoiled) {
        return true;
      }
      var watched = watch.getKey();
      if (watch.getValue() && watched.database().peek(watched.key()) == null) {
        return true;
      }
    }
    return spoiled;
  }

  /** The databases of the keys. */
  Set<Database> databases() {
    return present.keySet().stream().map(Watched::database).collect(Collectors.toSet());
  }

  /** How many keys are watched. */
  int size() {
    return present.size();
  }

  /** Ends all watches. */
  void clear(RespSession session) {
    for (var watched : present.keySet()) {
      session.server().notices().unwatch(watched.database(), watched.key(), session);
    }
    present.clear();
    spoiled = false;
  }
}
