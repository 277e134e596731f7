package dev.larder.disk;

import dev.larder.CacheClosedException;
import dev.larder.disk.Table.Totals;
import dev.larder.spi.Bytes;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
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
  /** Once there are more accesses that move deadlines a commit takes them. */
  static final int MOST_ACCESSES = 1_000;

  /** More of them do not wait for a commit, however long the disk fails. */
  static final int MOST_WAITING = 64 * MOST_ACCESSES;

  /** So many accesses that only tell recency go with a commit, */
  static final int PIECE = 250;

  /** each so many milliseconds, */
  private static final long PIECE_EACH = 1_000;

  /** or, while there is hardly room for more, each so many. */
  private static final long PIECE_EACH_WHEN_FULL = 100;

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
   * @param generation the rows, and accesses that move deadlines
   * @param recent accesses that only tell recency
   * @param after the counters after it
   * @param era the era it belongs to
   */
  record Closing(Generation generation, Map<Bytes, Long> recent, Totals after, long era) {}

  private final String cache;
  private final StampedLock gate = new StampedLock();
  private final Sums sums;
  private volatile State state = new State(Generation.empty(false), NOTHING, 0);
  private volatile boolean closed;

  private final AtomicLong lost = new AtomicLong();
  private final Recency recency = new Recency();
  private volatile long pieceAt;

  /**
   * The era that began when the table lost its rows, the last time. Guarded by the write half of
   * the gate.
   */
  private long lostBefore;

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

  /** How many accesses did not move their deadlines since the last commit. */
  long lost() {
    return lost.get();
  }

  Recency recency() {
    return recency;
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
        recency.forget(cell.key());
      }
      return now.open;
    } finally {
      gate.unlockRead(stamp);
    }
  }

  /**
   * Notes an access that moves a deadline, unless far too many wait.
   *
   * @return whether there is room for more
   */
  boolean touch(Bytes key, Access access) {
    var stamp = gate.readLock();
    try {
      var open = state.open;
      if (open.accesses().size() >= MOST_WAITING && open.access(key) == null) {
        lost.incrementAndGet();
      } else if (!closed) {
        open.touch(key, access);
      }
      return open.accesses().size() <= MOST_ACCESSES;
    } finally {
      gate.unlockRead(stamp);
    }
  }

  /**
   * Takes the open generation to be committed. One at a time: after it comes {@link #committed} or
   * {@link #failed}.
   *
   * @param recent accesses that only tell recency, to go with it
   * @return null when there is nothing to commit
   */
  @Nullable Closing take(Map<Bytes, Long> recent) {
    var stamp = gate.writeLock();
    try {
      var open = state.open;
      if (open.isEmpty() && recent.isEmpty()) {
        return null;
      }
      state = new State(Generation.empty(false), open, state.era);
      return new Closing(open, recent, sums.totals(), state.era);
    } finally {
      gate.unlockWrite(stamp);
    }
  }

  /** The next few accesses that only tell recency, if it is their time. One thread at a time. */
  Map<Bytes, Long> piece(long now) {
    if (!pieceDue(now)) {
      return Map.of();
    }
    pieceAt = now;
    return recency.some(PIECE);
  }

  private boolean pieceDue(long now) {
    var each = recency.nearlyFull() ? PIECE_EACH_WHEN_FULL : PIECE_EACH;
    return !recency.isEmpty() && now - pieceAt >= each;
  }

  /** Whether there is something that the background should commit. */
  boolean due(long now) {
    return !state.open.isEmpty() || pieceDue(now);
  }

  /**
   * The table has the generation.
   *
   * @param counted the counters as the table has them now
   * @return whether it still has it; false when it has lost all since, so that this is another
   *     failure
   */
  boolean committed(Closing done, Totals counted) {
    var stamp = gate.writeLock();
    try {
      var now = state;
      if (done.era < lostBefore) {
        return false;
      }
      if (done.era == now.era) {
        var after = done.after;
        sums.add(
            counted.entries() - after.entries(),
            counted.weight() - after.weight(),
            counted.bytes() - after.bytes());
      }
      state = new State(now.open, NOTHING, now.era);
    } finally {
      gate.unlockWrite(stamp);
    }
    recency.committed(done.recent);
    lost.set(0);
    done.generation.commit();
    return true;
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
      recency.forgetAll();
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
      lostBefore = state.era;
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
