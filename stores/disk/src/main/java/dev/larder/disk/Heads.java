package dev.larder.disk;

import dev.larder.spi.Bytes;
import java.util.concurrent.ConcurrentHashMap;
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

  /**
   * What is kept, of one era.
   *
   * @param era the {@linkplain Overlay.State#era era}
   * @param young the rows of the last commits
   * @param old the rows of those before
   */
  record Kept(long era, ConcurrentHashMap<Bytes, Row> young, ConcurrentHashMap<Bytes, Row> old) {
    static Kept none(long era) {
      return new Kept(era, new ConcurrentHashMap<>(), new ConcurrentHashMap<>());
    }

    @Nullable Row get(Bytes key) {
      var row = young.get(key);
      return row == null ? old.get(key) : row;
    }

    void put(Row row) {
      young.put(row.key(), Cell.head(row));
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
    if (now.young.size() >= MOST) {
      replace(now, new Kept(era, new ConcurrentHashMap<>(), now.young));
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
