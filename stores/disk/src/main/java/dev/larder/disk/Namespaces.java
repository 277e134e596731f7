package dev.larder.disk;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;

/**
 * The rows of table ns: name, number and counters of each cache of a file. A cache that is cleared
 * or destroyed loses its number, so that its rows are out of sight at once; a number without a name
 * is freed when its last row is gone.
 */
final class Namespaces {
  private Namespaces() {}

  /**
   * One of them.
   *
   * @param number which rows are its own
   * @param totals its counters
   * @param large whether it may have values in table val
   */
  record Space(int number, Table.Totals totals, boolean large) {}

  /** The namespace of the name, made when there is none. Writes the number of the commit. */
  static Space attach(Session session, String name, long commit) throws SQLException {
    var found = find(session, name);
    if (found == null) {
      return add(session, name, commit, Table.Totals.NONE);
    }
    set(session, found, name, commit);
    return found;
  }

  private static @Nullable Space find(Session session, String name) throws SQLException {
    var query = session.on(Sql.SPACE);
    query.setString(1, name);
    try (var row = query.executeQuery()) {
      return row.next() ? checked(row, name) : null;
    }
  }

  private static Space checked(ResultSet row, String name) throws SQLException {
    var space =
        new Space(
            row.getInt(1),
            new Table.Totals(row.getLong(3), row.getLong(4), row.getLong(5), row.getLong(6)),
            row.getInt(7) != 0);
    if (sum(space, name, row.getLong(2)) != row.getLong(8)) {
      throw damaged("the counters of a cache do not pass their checksum");
    }
    return space;
  }

  /** As SQLite says it, so that the file is replaced. */
  static SQLException damaged(String why) {
    return new SQLException(why, null, SQLiteErrorCode.SQLITE_CORRUPT.code);
  }

  /** Another number without rows. */
  static Space add(Session session, String name, long commit, Table.Totals totals)
      throws SQLException {
    var space = new Space(free(session), totals, false);
    var insert = session.on(Sql.SPACE_ADD);
    insert.setInt(1, space.number());
    insert.setString(2, name);
    insert.setLong(3, commit);
    insert.setLong(4, totals.sequence());
    insert.setLong(5, totals.entries());
    insert.setLong(6, totals.weight());
    insert.setLong(7, totals.bytes());
    insert.setInt(8, 0);
    insert.setLong(9, sum(space, name, commit));
    insert.executeUpdate();
    return space;
  }

  private static int free(Session session) throws SQLException {
    var number = 1;
    try (var rows = session.on(Sql.SPACES).executeQuery()) {
      while (rows.next() && rows.getInt(1) == number) {
        number++;
      }
    }
    if (number > RowFormat.NUMBERS) {
      throw new SQLException("a file holds " + RowFormat.NUMBERS + " caches at most");
    }
    return number;
  }

  /** Writes the counters. */
  static void set(Session session, Space space, String name, long commit) throws SQLException {
    var update = session.on(Sql.SPACE_SET);
    var totals = space.totals();
    update.setLong(1, commit);
    update.setLong(2, totals.sequence());
    update.setLong(3, totals.entries());
    update.setLong(4, totals.weight());
    update.setLong(5, totals.bytes());
    update.setInt(6, space.large() ? 1 : 0);
    update.setLong(7, sum(space, name, commit));
    update.setInt(8, space.number());
    if (update.executeUpdate() != 1) {
      throw damaged("the counters of a cache are gone");
    }
  }

  /** Takes the name from a number. */
  static void drop(Session session, int number, long commit) throws SQLException {
    var update = session.on(Sql.SPACE_DROP);
    update.setLong(1, commit);
    update.setInt(2, number);
    update.executeUpdate();
  }

  /** Takes the name from whatever has it, made for that when nothing has. */
  static void drop(Session session, String name, long commit) throws SQLException {
    drop(session, attach(session, name, commit).number(), commit);
  }

  private static long sum(Space space, String name, long commit) {
    var totals = space.totals();
    var crc = new CRC32C();
    crc.update(
        ByteBuffer.allocate(45)
            .putInt(space.number())
            .putLong(commit)
            .putLong(totals.sequence())
            .putLong(totals.entries())
            .putLong(totals.weight())
            .putLong(totals.bytes())
            .put((byte) (space.large() ? 1 : 0))
            .array());
    crc.update(name.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
