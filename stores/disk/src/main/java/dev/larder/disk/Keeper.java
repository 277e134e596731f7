package dev.larder.disk;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The work in the background of one file, in bounded pieces. Guarded by the lock of the file that
 * is for it.
 *
 * <p>The log is moved into the file on a connection of its own, so that no writer waits for the
 * disk. SQLite starts it anew only when all of it has been moved and nobody reads in it; under
 * steady use that moment need not come by itself, so when the log has grown too large the last,
 * short part is moved while nobody reads or writes.
 */
final class Keeper {
  private static final int PAGE = 4096;

  /** So many times what is worth moving is too much: readers and writers wait for the last part. */
  private static final int TOO_LARGE = 16;

  private static final int PURGED_ROWS = 1_000;
  private static final int PURGED_BATCHES = 4;
  private static final int MOST_BATCHES = 50;
  private static final int FREE_PAGES_KEPT = 1_024;
  private static final int FREED_PAGES = 1_024;

  private final DiskFile file;
  private final Opener opener;

  /** What is worth moving, in pages. */
  private final long movedFrom;

  private @Nullable Session session;

  Keeper(DiskFile file, Opener opener, long movedFrom) {
    this.file = file;
    this.opener = opener;
    this.movedFrom = Math.max(1, movedFrom / PAGE);
  }

  /** Work that is done while nobody reads or writes. */
  interface Alone {
    void run() throws SQLException;
  }

  /**
   * The log of commits.
   *
   * @param pages in it
   * @param moved how many of them are in the file already
   */
  record Log(long pages, long moved) {
    boolean allMoved() {
      return moved >= pages;
    }
  }

  /** One piece of everything; says whether there may be more to do without another commit. */
  boolean tick() throws SQLException {
    var more = !file.inMemory() && move();
    more |= purge();
    return shrink() || more;
  }

  /** Says whether something is left that is worth moving. */
  private boolean move() throws SQLException {
    if (session == null) {
      session = opener.writer();
    }
    var log = log(session, "NOOP");
    if (log.pages() - log.moved() < movedFrom) {
      return false;
    }
    file.refresh();
    // Even when all is moved, a reader that keeps its commit would keep the log from starting anew.
    moved(session);
    if (log.pages() > TOO_LARGE * movedFrom) {
      moveAlone();
    }
    // From now on readers look into the file only, and the next writer can start the log anew.
    file.refresh();
    return true;
  }

  /** Moves the rest, for which readers and writers wait; none of them keeps an old commit then. */
  private void moveAlone() throws SQLException {
    if (session == null) {
      session = opener.writer();
    }
    var last = session;
    file.alone(() -> moved(last));
  }

  /**
   * Forces from now on, and what was moved into the file without that too: whenever SQLite has
   * moved all of the log, it forces the file.
   */
  void force() throws SQLException {
    if (session != null) {
      Opener.force(session);
    }
    moveAlone();
  }

  /**
   * Moves what is in the log now; says whether the file has all of it. Pinned, since no more may go
   * than the lock remembers.
   */
  private boolean moved(Session moving) throws SQLException {
    var pin = opener.reader();
    try {
      pin.once(Sql.BEGIN);
      pin.once(Sql.FILE);
      file.moving(log(moving, "NOOP").pages());
      var log = log(moving, "PASSIVE");
      if (log.allMoved()) {
        file.moving(0);
      }
      return log.allMoved();
    } finally {
      pin.close();
    }
  }

  /** What a checkpoint of this mode says; NOOP does nothing and says the same. */
  static Log log(Session session, String mode) throws SQLException {
    try (var row = session.on("PRAGMA wal_checkpoint(" + mode + ")").executeQuery()) {
      return row.next() ? new Log(row.getLong(2), row.getLong(3)) : new Log(0, 0);
    }
  }

  /** More at a time when many caches were cleared, or they would be more and more. */
  private boolean purge() {
    var dropped = file.read(reading -> reading.number(Sql.MANY_DROPPED));
    var batches = Math.min(MOST_BATCHES, PURGED_BATCHES + dropped);
    for (int batch = 0; dropped > 0 && batch < batches; batch++) {
      if (file.write(true, writing -> purge(writing))) {
        return false;
      }
    }
    return dropped > 0;
  }

  /** Deletes some rows of namespaces that lost their names; says whether none is left. */
  private boolean purge(Session writing) throws SQLException {
    // The number of this commit must not go with the row that has it.
    var file = writing.on(Sql.FILE_SET);
    file.setLong(1, this.file.next());
    file.executeUpdate();
    for (int rows = PURGED_ROWS; rows > 0; ) {
      var number = (int) writing.number(Sql.DROPPED);
      if (number == 0) {
        return true;
      }
      var small = purge(writing, Sql.PURGE, number, rows);
      var large = purge(writing, Sql.PURGE_LARGE, number, rows);
      if (small < rows && large < rows) {
        forget(writing, number);
      }
      rows -= Math.max(1, Math.max(small, large));
    }
    return false;
  }

  private static void forget(Session writing, int number) throws SQLException {
    for (var sql : new String[] {Sql.HOT_CLEAR, Sql.PURGED}) {
      var delete = writing.on(sql);
      delete.setInt(1, number);
      delete.executeUpdate();
    }
  }

  private static int purge(Session writing, String sql, int number, int most) throws SQLException {
    var delete = writing.on(sql);
    delete.setLong(1, RowFormat.first(number));
    delete.setLong(2, RowFormat.end(number));
    delete.setInt(3, most);
    return delete.executeUpdate();
  }

  /**
   * Gives free pages back when they are many: a quarter of the file, and more than 4 MB; says
   * whether it did.
   */
  private boolean shrink() {
    var free = file.read(reading -> reading.number("PRAGMA freelist_count"));
    if (free > FREE_PAGES_KEPT
        && free > file.read(reading -> reading.number("PRAGMA page_count")) / 4) {
      file.write(
          false,
          writing -> {
            writing.run("PRAGMA incremental_vacuum(" + FREED_PAGES + ")");
            return true;
          });
      return true;
    }
    return false;
  }

  /** Moves the whole log into the file, as far as it can be, and closes. */
  void last() {
    if (!file.inMemory()) {
      try {
        if (session == null) {
          session = opener.writer();
        }
        if (moved(session)) {
          log(session, "TRUNCATE");
        }
      } catch (SQLException e) {
        // The log stays beside the file, and is read when it is opened again.
        System.getLogger(Keeper.class.getName())
            .log(
                System.Logger.Level.WARNING,
                "the log of " + file + " could not be moved into it",
                e);
      }
    }
    close();
  }

  /** Closes the connection; the next tick makes another. */
  void close() {
    if (session != null) {
      session.close();
      session = null;
    }
  }
}
