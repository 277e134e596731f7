package dev.larder.disk;

import dev.larder.spi.Bytes;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The rows committed last, without their values, so that who writes a key again need not ask the
 * table what is there. Only commits put rows in and take rows out, one at a time and before the
 * overlay lets go of them; so of a key that is held, and not in the overlay, the table has what is
 * here. Reads do not put rows in: one that was slow would bring back an old one.
 */
final class Heads {
  /** Twice as many are kept at most. */
  static final int MOST = 8_192;

  /** The same of the bytes of their keys. */
  static final int MOST_BYTES = 512 << 10;

  /** Rows with longer keys are not kept. */
  static final int LONGEST_KEY = 1_024;

  /**
   * What is kept, of one era.
   *
   * @param era the {@linkplain Overlay.State#era era}
   * @param young the rows of the last commits
   * @param old the rows of those before
   * @param bytes the sum of the lengths of the keys that ever came into young
   */
  record Kept(
      long era,
      ConcurrentHashMap<Bytes, Row> young,
      ConcurrentHashMap<Bytes, Row> old,
      AtomicLong bytes) {
    static Kept none(long era) {
      return none(era, new ConcurrentHashMap<>());
    }

    static Kept none(long era, ConcurrentHashMap<Bytes, Row> old) {
      return new Kept(era, new ConcurrentHashMap<>(), old, new AtomicLong());
    }

    boolean full() {
      return young.size() >= MOST || bytes.get() > MOST_BYTES - LONGEST_KEY;
    }

    @Nullable Row get(Bytes key) {
      var row = young.get(key);
      return row == null ? old.get(key) : row;
    }

    void put(Row row) {
      var length = row.key().array().length;
      var room = bytes.get() + length <= MOST_BYTES || young.containsKey(row.key());
      if (length > LONGEST_KEY || !room) {
        // What was kept of it before does not hold any more.
        remove(row.key());
      } else if (young.put(row.key(), Cell.head(row)) == null) {
        bytes.addAndGet(length);
      }
    }

    /** As the table does it: only while the row has that version. */
    void touch(Table.Touch touch) {
      var row = get(touch.row().key());
      if (row != null && row.version() == touch.row().version()) {
        put(Cell.moved(row, touch.accessedAt(), touch.deadline()));
      }
    }

    void remove(Bytes key) {
      young.remove(key);
      old.remove(key);
    }
  }

  private volatile Kept kept = Kept.none(0);

  /** How many rows are kept. */
  int size() {
    var now = kept;
    return now.young.size() + now.old.size();
  }

  /** The row of the key as it was committed, null when it is not here. */
  @Nullable Row get(Bytes key, long era) {
    var now = kept;
    return now.era == era ? now.get(key) : null;
  }

  /** Takes in what a commit has brought into the table. */
  void committed(Table.Changes changes, long era) {
    var now = kept;
    if (now.era != era) {
      return;
    }
    if (changes.written().size() > MOST) {
      begin(era);
      return;
    }
    changes.written().forEach(now::put);
    changes.removed().forEach(row -> now.remove(row.key()));
    changes.touches().forEach(now::touch);
    if (now.full()) {
      replace(now, Kept.none(era, now.young));
    }
  }

  @SuppressWarnings("ReferenceEquality") // the very same is meant: nothing came between
  private synchronized void replace(Kept before, Kept after) {
    if (kept == before) {
      kept = after;
    }
  }

  /** Forgets all; from now on it is of that era, unless a later one has begun. */
  synchronized void begin(long era) {
    if (era >= kept.era) {
      kept = Kept.none(era);
    }
  }
}
