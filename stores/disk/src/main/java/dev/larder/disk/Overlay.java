package dev.larder.disk;

import dev.larder.CacheClosedException;
import dev.larder.disk.Table.Totals;
import dev.larder.spi.Bytes;
import java.util.Collection;
import java.util.concurrent.locks.StampedLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * A read looks into the open generation, then into the one that is being committed, then into the table. That order is
 * what makes it right: a row leaves the second only after the table has it, and the state is one reference, read once.
 *
 * The gate is a read-write lock the other way round. Writers of entries hold its read half while they put, and only
 * then, so that they do not keep each other; whoever takes the open generation away holds the write half. So what is
 * put together is committed together, and the counters taken with a generation are exactly those after it.
 *
 * An era ends when all entries go at once. Whoever has looked at an entry in one era may not put in the next.
 */
/** The changes that are not committed yet, in memory. Safe for all threads. */
final class Overlay {
  /** More accesses are not kept until the next commit, unless they move deadlines. */
  static final int MOST_ACCESSES = 1_000;

  /** From so many on they are worth a commit of their own. */
  private static final int WORTH_A_COMMIT = 500;

  /** After so many milliseconds they are committed however few. */
  private static final long OLDEST_ACCESS = 1_000;

  private static final Generation NOTHING = Generation.empty(false);

  /** Where the generations stand, as one. */
  record State(Generation open, Generation closing, long era) {

    /** As {@link Generation#row}. */
    @Nullable Row row(Bytes key) {
      var row = open.row(key);
      return row != null || open.clears() || closing == NOTHING ? row : closing.row(key);
    }

    /** Whether the table does not count any more. */
    boolean cleared() {
      return open.clears() || closing.clears();
    }

    @Nullable Access access(Bytes key) {
      var access = open.access(key);
      if (closing == NOTHING) {
        return access;
      }
      var earlier = closing.access(key);
      return access == null ? earlier : access.after(earlier);
    }
  }

  /**
   * A generation on its way into the table.
   *
   * @param origin where writers put it
   * @param generation the rows and accesses
   * @param after the counters after it
   * @param era the era it belongs to
   */
  record Closing(Generation origin, Generation generation, Totals after, long era) {}

  private final String cache;
  private final StampedLock gate = new StampedLock();
  private final Sums sums;
  private volatile State state = new State(Generation.empty(false), NOTHING, 0);
  private volatile boolean closed;

  /** Guarded by the write half of the gate. */
  private long accessesCommittedAt;

  Overlay(String cache, Totals from) {
    this.cache = cache;
    this.sums = new Sums(from);
  }

  State state() {
    return state;
  }

  Sums sums() {
    return sums;
  }

  boolean closed() {
    return closed;
  }

  CacheClosedException closedException() {
    return new CacheClosedException("cache '" + cache + "' is closed");
  }

  /** No change comes in from now on. */
  void close() {
    exclusively(
        any -> {
          closed = true;
        });
  }

  /**
   * Puts what became of entries; all of it or, when their era is over, nothing.
   *
   * @return where it was put, null when the entries have to be looked at again
   * @throws CacheClosedException after {@link #close}
   */
  @Nullable Generation publish(Collection<Cell> cells) {
    var stamp = gate.readLock();
    try {
      if (closed) {
        throw closedException();
      }
      var now = state;
      for (var cell : cells) {
        if (cell.era() != now.era) {
          return null;
        }
      }
      for (var cell : cells) {
        cell.putInto(now.open, sums);
      }
      return now.open;
    } finally {
      gate.unlockRead(stamp);
    }
  }

  /**
   * Notes an access.
   *
   * @param moving whether it moves a deadline
   * @return whether there is room for more
   */
  boolean touch(Bytes key, Access access, boolean moving) {
    var stamp = gate.readLock();
    try {
      var open = state.open;
      var room = open.accesses().size() < MOST_ACCESSES;
      if (!closed && (room || moving)) {
        open.touch(key, access, moving);
      }
      return room;
    } finally {
      gate.unlockRead(stamp);
    }
  }

  /**
   * Takes the open generation to be committed. One at a time: after it comes {@link #committed} or
   * {@link #failed}.
   *
   * @param everything whether accesses have to be in it
   * @return null when there is nothing to commit
   */
  @Nullable Closing take(boolean everything, long now) {
    var stamp = gate.writeLock();
    try {
      var open = state.open;
      var withAccesses = worthwhile(open, everything, now);
      if (open.count() == 0 && !open.clears() && !withAccesses) {
        return null;
      }
      if (withAccesses) {
        accessesCommittedAt = now;
      }
      var closing = withAccesses ? open : open.withoutAccesses();
      var next = withAccesses ? Generation.empty(false) : open.followedWithAccesses();
      state = new State(next, closing, state.era);
      return new Closing(open, closing, sums.totals(), state.era);
    } finally {
      gate.unlockWrite(stamp);
    }
  }

  private boolean worthwhile(Generation open, boolean everything, long now) {
    var accesses = open.accesses().size();
    return accesses > 0
        && (everything
            || open.moves()
            || accesses >= WORTH_A_COMMIT
            || now - accessesCommittedAt >= OLDEST_ACCESS);
  }

  /**
   * The table has the generation.
   *
   * @param counted the counters as the table has them now
   */
  void committed(Closing done, Totals counted) {
    exclusively(
        now -> {
          if (done.era == now.era) {
            var after = done.after;
            sums.add(
                counted.entries() - after.entries(),
                counted.weight() - after.weight(),
                counted.bytes() - after.bytes());
          }
          state = new State(now.open, NOTHING, now.era);
        });
    done.origin.commit();
  }

  /** The table does not have it: its changes go with the next. */
  void failed() {
    exclusively(now -> state = new State(now.open.over(now.closing), NOTHING, now.era));
  }

  /** All entries go at once. Gives how many there were. */
  long clear() {
    var stamp = gate.writeLock();
    try {
      if (closed) {
        throw closedException();
      }
      var entries = sums.entries();
      state = new State(Generation.empty(true), state.closing, state.era + 1);
      sums.reset();
      return entries;
    } finally {
      gate.unlockWrite(stamp);
    }
  }

  /** The table has lost all its rows: only what is here is left. Gives how many entries went. */
  long tableLost() {
    var stamp = gate.writeLock();
    try {
      var before = sums.entries();
      state = new State(state.open, state.closing, state.era + 1);
      sums.reset();
      var seen = state;
      seen.open.rows().values().forEach(this::recount);
      if (!seen.open.clears()) {
        seen.closing.rows().values().stream()
            .filter(row -> seen.open.row(row.key()) == null)
            .forEach(this::recount);
      }
      return Math.max(0, before - sums.entries());
    } finally {
      gate.unlockWrite(stamp);
    }
  }

  private void recount(Row row) {
    if (row.payload() != null) {
      sums.add(1, row.weight(), row.size());
    }
  }

  private void exclusively(Consumer<State> work) {
    var stamp = gate.writeLock();
    try {
      work.accept(state);
    } finally {
      gate.unlockWrite(stamp);
    }
  }
}
