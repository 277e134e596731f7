package dev.larder.disk;

import dev.larder.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whose a file is and whether it can be used, and makes a new one where there is none or
 * the old one is ruined. Only what was ours is ever moved. A new database is built under another
 * name and renamed when complete, so that whatever has the name of a database has our mark in its
 * first bytes. The lock is held all the time.
 */
final class Opening {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 100;
  private static final int USER_VERSION = 60;
  private static final int APPLICATION_ID = 68;
  private static final int UNREADABLE = -1;
  private static final int RUINED_KEPT = 3;

  private final Place place;
  private final DiskSettings settings;
  private final Lock lock;

  Opening(Place place, DiskSettings settings, Lock lock) {
    this.place = place;
    this.settings = settings;
    this.lock = lock;
  }

  /**
   * A database that can be used.
   *
   * @param writer a connection to it
   * @param ident which it is
   * @param commits how many it has had
   * @param ruined why the one before could not be used, null when it could
   */
  record Opened(Session writer, int ident, long commits, @Nullable String ruined) {}

  /** A database fails its examination. */
  private static final class RuinedException extends Exception {
    private static final long serialVersionUID = 1L;

    RuinedException(String message) {
      super(message);
    }
  }

  /** Sees to a database in the place. */
  Opened open() throws IOException, SQLException {
    var mark = lock.mark();
    if (!Files.exists(place.database())) {
      return begin(draft(), null);
    }
    try {
      if (mark == null && Files.size(place.database()) == 0) {
        return begin(draft(), null);
      }
      peek(mark);
      return examine(mark);
    } catch (RuinedException e) {
      return replace(String.valueOf(e.getMessage()));
    } catch (SQLException e) {
      if (Faults.ruins(e)) {
        return replace(String.valueOf(e.getMessage()));
      }
      throw e;
    }
  }

  /**
   * Moves the database aside and puts a new one in its place, which is built before anything is
   * moved. After a failure, all of it can be tried again.
   */
  Opened replace(String why) throws IOException, SQLException {
    var ident = draft();
    if (Files.exists(place.database())) {
      for (int number = RUINED_KEPT; number > 0; number--) {
        move(number == 1 ? place : place.ruined(number - 1), place.ruined(number));
      }
    }
    return begin(ident, why + "; it is kept as " + place.ruined(1).database().getFileName());
  }

  private static void move(Place from, Place to) throws IOException {
    if (Files.exists(from.database())) {
      to.delete();
      Files.move(from.database(), to.database());
      if (Files.exists(from.log())) {
        Files.move(from.log(), to.log());
      }
    }
  }

  /** Builds a new database under another name; gives which it is. */
  private int draft() throws IOException, SQLException {
    var ident = ThreadLocalRandom.current().nextInt();
    var draft = place.draft();
    draft.delete();
    Place.create(draft.database());
    var session = new Opener(draft, settings).plain();
    try {
      build(session, ident);
    } finally {
      session.close();
    }
    return ident;
  }

  private Opened begin(int ident, @Nullable String ruined) throws IOException, SQLException {
    // A log left over here would be taken for the log of the new database.
    place.delete();
    Files.move(place.draft().database(), place.database(), StandardCopyOption.ATOMIC_MOVE);
    lock.moving(Lock.Moving.NOTHING);
    lock.mark(new Lock.Mark(0, ident));
    return new Opened(new Opener(place, settings).writer(), ident, 0, ruined);
  }

  /** Makes the tables. */
  static void build(Session session, int ident) throws SQLException {
    session.once("PRAGMA page_size = 4096");
    session.once("PRAGMA auto_vacuum = INCREMENTAL");
    session.once("BEGIN IMMEDIATE");
    session.once("PRAGMA application_id = " + Sql.APPLICATION);
    session.once("PRAGMA user_version = " + Sql.FORMAT);
    for (var table : Sql.SCHEMA) {
      session.once(table);
    }
    var row = session.on(Sql.FILE_ADD);
    row.setInt(1, Sql.FORMAT);
    row.setInt(2, ident);
    row.executeUpdate();
    session.once("COMMIT");
    session.once("PRAGMA journal_mode = WAL");
  }

  /**
   * Looks at the first bytes before SQLite does. Nothing in this process has the file open now, so
   * that closing it here drops no lock.
   */
  private void peek(Lock.@Nullable Mark mark) throws IOException, RuinedException {
    var head = new byte[HEADER];
    var length = 0;
    try (var file = new RandomAccessFile(place.database().toFile(), "r")) {
      length = file.read(head);
    }
    if (length < HEADER || !Arrays.equals(head, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      if (mark != null) {
        throw new RuinedException("its first bytes are not those of a database");
      }
      throw new StoreException(
          place
              + " is not a Larder file: it is no SQLite database. It was left as it is;"
              + " set disk.path to another path");
    }
    var fields = ByteBuffer.wrap(head);
    var application = fields.getInt(APPLICATION_ID);
    var format = fields.getInt(USER_VERSION);
    if (application == Sql.APPLICATION && format == Sql.FORMAT) {
      return;
    }
    // Others, and newer formats, can be read, and say the same inside.
    var inside = formatInside();
    if (inside == Sql.FORMAT || (inside == UNREADABLE && mark != null)) {
      throw new RuinedException("its first bytes are damaged");
    }
    throw new StoreException(
        application == Sql.APPLICATION
            ? place
                + (" has format " + format + ", written by a newer version of Larder; this one")
                + (" reads format " + Sql.FORMAT + ". It was left as it is; set disk.path to")
                + " another path, or update Larder"
            : place
                + (" belongs to another application (application_id " + application)
                + "). It was left as it is; set disk.path to another path");
  }

  /** The format that the table file says; every format has that table. */
  private int formatInside() {
    try {
      var session = new Opener(place, settings).frozen();
      try {
        return (int) session.number(Sql.FILE);
      } finally {
        session.close();
      }
    } catch (SQLException e) {
      return Faults.noSuchTable(e) ? 0 : UNREADABLE;
    }
  }

  private Opened examine(Lock.@Nullable Mark mark)
      throws IOException, SQLException, RuinedException {
    // Closing the only connection would move the log into the file, so this one stays.
    var session = new Opener(place, settings).writer();
    try {
      schema(session);
      return contents(session, mark);
    } catch (IOException | SQLException | RuinedException e) {
      session.close();
      throw e;
    }
  }

  private Opened contents(Session session, Lock.@Nullable Mark mark)
      throws IOException, SQLException, RuinedException {
    var ident = ident(session);
    var commits = session.number(Sql.COMMITS);
    if (mark != null && mark.ident() == ident) {
      if (mark.commits() > commits) {
        throw new RuinedException(
            "it has lost " + (mark.commits() - commits) + " commits that were in it");
      }
      log(session, lock.moving());
    }
    return new Opened(session, ident, commits, null);
  }

  private static int ident(Session session) throws SQLException, RuinedException {
    try (var rows = session.on(Sql.FILE).executeQuery()) {
      if (!rows.next() || rows.getInt(1) != Sql.FORMAT) {
        throw new RuinedException("it does not say what it is");
      }
      return rows.getInt(2);
    }
  }

  /** Another log than the one remembered was begun when that one was in the file to its end. */
  private void log(Session session, Lock.Moving moving)
      throws IOException, SQLException, RuinedException {
    if (moving.pages() > 0) {
      var salts = LogHeader.salts(place.log());
      if (salts == LogHeader.NONE
          || (salts == moving.salts() && Keeper.log(session, "NOOP").pages() < moving.pages())) {
        throw new RuinedException("the end of its log is missing");
      }
    }
  }

  /** A damaged condition of an index would show other rows without any error. */
  private static void schema(Session session) throws SQLException, RuinedException {
    var found = new ArrayList<String>();
    var query = "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid";
    try (var rows = session.on(query).executeQuery()) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    if (!found.equals(Sql.SCHEMA)) {
      throw new RuinedException("its tables are not ours");
    }
  }
}
