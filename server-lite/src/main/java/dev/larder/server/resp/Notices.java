package dev.larder.server.resp;

import dev.larder.RemovalCause;
import dev.larder.server.core.Database;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Watcher;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Listens to databases for those who have to hear of changes: clients that watch keys, that track
 * what they read, or that listen to keyspace events. While there is none of them for a database, it
 * is not listened to, and its changes cost nothing. Safe for all threads.
 */
final class Notices {
  private final Databases databases;
  private final Trackers trackers;
  private final KeyEvents events;
  private final ConcurrentHashMap<Database, Ear> ears = new ConcurrentHashMap<>();

  Notices(Databases databases, Trackers trackers, KeyEvents events) {
    this.databases = databases;
    this.trackers = trackers;
    this.events = events;
  }

  /** What listens to one database. */
  private final class Ear implements Watcher {
    private final Database database;
    private final ConcurrentHashMap<Bytes, Set<RespSession>> watched = new ConcurrentHashMap<>();
    private boolean listens;

    Ear(Database database) {
      this.database = database;
    }

    /** What is wanted is asked inside: whoever began to want it comes here after that. */
    synchronized void refresh() {
      var wanted = wanted() || !watched.isEmpty();
      if (wanted != listens) {
        listens = wanted;
        if (wanted) {
          database.watch(this);
        } else {
          database.unwatch(this);
        }
      }
    }

    @Override
    public void changed(Bytes key, Change<Payload> change, long operation) {
      var by = Bench.current();
      var watching = watched.get(key);
      if (watching != null) {
        watching.forEach(session -> session.watches().spoil());
      }
      if (!trackers.isEmpty()) {
        trackers.changed(key, madeBy(change, by));
      }
      if (events.on()) {
        events.changed(database, key, change, by);
      }
    }

    /**
     * Whose change it was: an entry that ran out of time or space left by itself, though a client's
     * command found that out, and NOLOOP must not hide it from that client.
     */
    private static @Nullable RespSession madeBy(Change<Payload> change, @Nullable RespSession by) {
      var cause = change.cause();
      return cause == null || cause == RemovalCause.EXPLICIT || cause == RemovalCause.REPLACED
          ? by
          : null;
    }

    @Override
    public void cleared(long operation) {
      watched.forEach(
          (key, sessions) ->
              sessions.forEach(session -> session.watches().spoilPresent(database, key)));
      if (!trackers.isEmpty()) {
        trackers.cleared();
      }
    }
  }

  private Ear ear(Database database) {
    return ears.computeIfAbsent(database, Ear::new);
  }

  private boolean wanted() {
    return !trackers.isEmpty() || events.on();
  }

  /**
   * Begins or ends to listen, after tracking or events were switched, or a client came to a
   * database that may be new.
   */
  void refresh() {
    if (wanted()) {
      databases.all().forEach(this::ear);
    }
    ears.keySet().removeIf(Database::closed);
    ears.values().forEach(Ear::refresh);
  }

  /** As {@link #refresh} where anything is listened to for everybody; cheap where not. */
  void refreshIfWanted() {
    if (wanted()) {
      refresh();
    }
  }

  /** Has the session told when the key changes. */
  void watch(Database database, Bytes key, RespSession session) {
    var ear = ear(database);
    ear.watched.compute(
        key,
        (same, known) -> {
          var sessions = known == null ? ConcurrentHashMap.<RespSession>newKeySet() : known;
          sessions.add(session);
          return sessions;
        });
    ear.refresh();
  }

  /** Ends that. */
  void unwatch(Database database, Bytes key, RespSession session) {
    var ear = ear(database);
    ear.watched.computeIfPresent(
        key,
        (same, sessions) -> {
          sessions.remove(session);
          return sessions.isEmpty() ? null : sessions;
        });
    ear.refresh();
  }
}
