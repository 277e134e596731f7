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

/**
 * What the versioned API does to one database: reads and changes, with leases respected and counted
 * what is counted. Its methods work on the calling thread, inside the gate of the database. Safe
 * for all threads.
 */
final class Desk {
  /** So often a look that announces a load is made again for an entry that left meanwhile. */
  private static final int LOOKS = 3;

  private final Database database;
  private final LeaseTable leases;
  private final FillRegister fills;
  private final Feed feed;
  private final boolean eternal;

  Desk(Database database, LeaseTable leases, Feed feed) {
    this.database = database;
    this.leases = leases;
    this.fills = new FillRegister(database);
    this.feed = feed;
    this.eternal = database.control().spec().expiry().life().eternal();
  }

  Database database() {
    return database;
  }

  LeaseTable leases() {
    return leases;
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
    if (edit.kind() == Edit.Kind.FILL) {
      fills.returned(key, edit.number());
    }
    count(edit, result.value());
    return result;
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
