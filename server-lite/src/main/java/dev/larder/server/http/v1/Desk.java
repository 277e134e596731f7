package dev.larder.server.http.v1;

import dev.larder.Life;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.server.core.Database;
import dev.larder.server.core.Operation;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import dev.larder.spi.Result;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import org.jspecify.annotations.Nullable;

/**
 * What the versioned API does to one database: reads and changes, with leases respected and counted
 * what is counted. Its methods work on the calling thread, inside the gate of the database. Safe
 * for all threads.
 */
final class Desk {
  /** So often a look that announces a load is made again for an entry that left meanwhile. */
  private static final int LOOKS = 3;

  /** When to look again where it is not known better, in milliseconds. */
  private static final long SOON = 1;

  private final Database database;
  private final LeaseTable leases;
  private final LoadTable loads;
  private final FillRegister fills;
  private final Feed feed;
  private final boolean eternal;

  Desk(Database database, LeaseTable leases, LoadTable loads, Feed feed) {
    this.database = database;
    this.leases = leases;
    this.loads = loads;
    this.fills = new FillRegister(database, loads);
    this.feed = feed;
    this.eternal = database.control().spec().expiry().life().eternal();
  }

  Database database() {
    return database;
  }

  LeaseTable leases() {
    return leases;
  }

  LoadTable loads() {
    return loads;
  }

  Feed feed() {
    return feed;
  }

  /**
   * Does an operation; a leased key is said, not waited for. Throws nothing that a store throws.
   */
  Answer run(Op op) {
    var edit = op.edit();
    if (edit != null && leases.leased(op.key())) {
      return Answer.leased(leases.left(op.key()));
    }
    return runNow(op);
  }

  /** As {@link #run} by somebody whose turn it is. */
  Answer runNow(Op op) {
    try {
      var edit = op.edit();
      return edit == null ? read(op) : named(op, edit);
    } catch (OutcomeUnknownException e) {
      return Answer.failed(String.valueOf(e.getMessage()), true);
    } catch (StoreException e) {
      return Answer.failed(String.valueOf(e.getMessage()), false);
    }
  }

  private Answer named(Op op, Edit edit) {
    if (op.operation() == 0) {
      return edit(op.key(), edit);
    }
    var answer = new Answer[1];
    Operation.run(op.operation(), () -> answer[0] = edit(op.key(), edit));
    return answer[0];
  }

  private Answer read(Op op) {
    var key = op.key();
    if (op.single() != 0) {
      return shared(op);
    }
    if (op.touch() == Touch.FILL || op.touch() == Touch.REFRESH) {
      return look(op);
    }
    var entry = database.snapshot(key, op.touch());
    return entry == null ? Answer.missing(database.explain(key), 0) : found(op, entry, 0);
  }

  private static Answer found(Op op, Stored<Payload> entry, long token) {
    return entry.version() == op.notVersion() && entry.version() != 0
        ? Answer.notModified(entry, token)
        : Answer.found(entry, token);
  }

  /** A read by one who will load if nobody else does. */
  private Answer shared(Op op) {
    var entry = database.snapshot(op.key(), Touch.READ);
    for (var attempt = 0; attempt < LOOKS && entry == null; attempt++) {
      var load = loads.begin(op.key(), op.single());
      var answer = load == null ? others(op.key()) : own(op, load);
      if (answer != null) {
        return answer;
      }
      entry = database.snapshot(op.key(), Touch.PEEK);
    }
    return entry == null ? Answer.loading(database.explain(op.key()), SOON) : found(op, entry, 0);
  }

  /** Null when the load of somebody else has just ended. */
  private @Nullable Answer others(Bytes key) {
    var left = loads.left(key);
    return left == 0 ? null : Answer.loading(database.explain(key), left);
  }

  /** Null when there is an entry after all, or things change too quickly; then no load is there. */
  private @Nullable Answer own(Op op, SharedLoad load) {
    var key = op.key();
    var begun = false;
    try {
      for (var attempt = 0; attempt < LOOKS; attempt++) {
        var look = database.announce(key, Touch.FILL);
        if (look.entry() != null) {
          return null;
        }
        if (loads.started(load, look.fillToken())) {
          begun = true;
          fills.issued(key, look.fillToken());
          var why = look.missing();
          return Answer.missing(why == null ? database.explain(key) : why, look.fillToken());
        }
        database.update(key, Edits.EDIT, Edit.fill(null, Life.UNCHANGED, look.fillToken()));
      }
      return null;
    } finally {
      if (!begun) {
        loads.end(load);
      }
    }
  }

  private Answer look(Op op) {
    for (var attempt = 0; attempt < LOOKS; attempt++) {
      var look = database.look(op.key(), op.touch());
      if (look.fillToken() != 0) {
        fills.issued(op.key(), look.fillToken());
      }
      if (look.entry() == null) {
        var why = look.missing();
        return Answer.missing(why == null ? database.explain(op.key()) : why, look.fillToken());
      }
      // The parts of the entry, as they belong together.
      var entry = database.snapshot(op.key(), Touch.PEEK);
      if (entry != null) {
        return found(op, entry, look.fillToken());
      }
      if (look.fillToken() != 0) {
        return Answer.missing(database.explain(op.key()), look.fillToken());
      }
    }
    return Answer.missing(database.explain(op.key()), 0);
  }

  private Answer edit(Bytes key, Edit edit) {
    var result = change(key, edit);
    return answer(key, edit, result);
  }

  /** What a change is to the client. */
  Answer answer(Bytes key, Edit edit, Result<Outcome> result) {
    return Answer.of(edit, result.value(), result.version(), deadline(key, edit, result));
  }

  /** Makes a change, whoever has a lease. */
  Result<Outcome> change(Bytes key, Edit edit) {
    var result = database.change(key, Edits.EDIT, edit);
    settle(key, edit, result.value());
    count(edit, result.value());
    return result;
  }

  /**
   * What a change means to those who load the key, or keep copies. Inside the gate, so that a mark
   * asked for after the change comes after what is told of it.
   */
  void settle(Bytes key, Edit edit, Outcome outcome) {
    if (edit.kind() == Edit.Kind.FILL) {
      fills.returned(key, edit.number());
    } else if (edit.kind() == Edit.Kind.REMOVE && outcome.did() == Outcome.Did.ABSENT) {
      // Nobody is told of it, and yet it outdates the token.
      loads.outdated(key);
    } else if (outcome.did() == Outcome.Did.SHORTENED) {
      feed.shortened(key, outcome.version());
    }
  }

  /** Counts a change that was made. */
  void count(Edit edit, Outcome outcome) {
    if (!outcome.did().wrote()) {
      return;
    }
    switch (edit.kind()) {
      case WRITE, INCREMENT -> database.counted(1, 0);
      case REMOVE -> database.counted(0, 1);
      default -> {
        // a touch stores nothing, a load is counted by who loads
      }
    }
  }

  /** When what was written under the rule of the cache expires: the client cannot know that. */
  private long deadline(Bytes key, Edit edit, Result<Outcome> result) {
    var ruled =
        result.value().did().wrote()
            && edit.value() != null
            && edit.life() == Life.UNCHANGED
            && !eternal;
    if (!ruled) {
      return Life.FOREVER;
    }
    Stored<?> after = result.after();
    if (after == null && !database.waits()) {
      after = database.peek(key);
    }
    return after == null || after.version() != result.version() ? Life.FOREVER : after.deadline();
  }
}
