package dev.larder.disk;

import dev.larder.disk.Namespaces.Space;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes changes. Immutable. */
final class Commit {
  /** Larger values lie in a table of their own, so that a touch does not write them again. */
  private static final int INLINE = 1_200;

  private final DiskFile file;
  private final String name;
  private final RowFormat format;

  Commit(DiskFile file, String name, RowFormat format) {
    this.file = file;
    this.name = name;
    this.format = format;
  }

  /**
   * Changes whose values are bytes already, made so before anybody waits.
   *
   * @param changes what is to be done
   * @param values the bytes to store for each row written
   * @param large whether one of them lies in a table of its own
   */
  record Ready(Table.Changes changes, List<byte[]> values, boolean large) {}

  /** Does what needs no database. */
  Ready prepare(Table.Changes changes) {
    var values = new ArrayList<byte[]>(changes.written().size());
    var large = false;
    for (var row : changes.written()) {
      var stored = format.stored(row);
      large |= stored.length > INLINE;
      values.add(stored);
    }
    return new Ready(changes, values, large);
  }

  /**
   * Does the rest, in a transaction of the session.
   *
   * @param damaged rows that go, with the checksums that they had
   * @param unnoted whether there may be more of them, under keys that are written now
   */
  Space apply(Session session, Space from, Ready ready, Map<Long, Long> damaged, boolean unnoted)
      throws SQLException {
    var changes = ready.changes();
    var space = from;
    if (changes.clear()) {
      space = cleared(session, from);
    }
    var lost = removeDamaged(session, damaged);
    if (unnoted) {
      lost |= removeOthers(session, space.number(), ready.changes());
    }
    var large = space.large() || ready.large();
    write(session, space.number(), ready, large);
    for (var row : changes.removed()) {
      remove(session, RowFormat.rowId(space.number(), row.id()), large);
    }
    for (var touch : changes.touches()) {
      touch(session, space.number(), touch);
    }
    var totals = lost ? count(session, space.number(), changes.after()) : changes.after();
    var written = new Space(space.number(), totals, large);
    Namespaces.set(session, written, name, file.next());
    return written;
  }

  /** Without rows to get rid of, the number stays: there are not many of them. */
  private Space cleared(Session session, Space from) throws SQLException {
    var any = session.on(Sql.ANY);
    any.setLong(1, RowFormat.first(from.number()));
    any.setLong(2, RowFormat.end(from.number()));
    try (var found = any.executeQuery()) {
      if (!found.next()) {
        return new Space(from.number(), Table.Totals.NONE, false);
      }
    }
    Namespaces.drop(session, from.number(), file.next());
    return Namespaces.add(session, name, file.next(), Table.Totals.NONE);
  }

  private static boolean removeDamaged(Session session, Map<Long, Long> damaged)
      throws SQLException {
    for (var row : damaged.entrySet()) {
      var delete = session.on(Sql.REMOVE_DAMAGED);
      delete.setLong(1, row.getKey());
      delete.setLong(2, row.getValue());
      if (delete.executeUpdate() > 0) {
        removeLarge(session, row.getKey());
      }
    }
    return !damaged.isEmpty();
  }

  /** Removes rows that have the key of one that is written, and another number. */
  private static boolean removeOthers(Session session, int number, Table.Changes changes)
      throws SQLException {
    var lost = false;
    for (var row : changes.written()) {
      var own = RowFormat.rowId(number, row.id());
      var id = own;
      var query = session.on(Sql.WHICH);
      query.setInt(1, number);
      query.setBytes(2, row.key().array());
      try (var found = query.executeQuery()) {
        if (found.next()) {
          id = found.getLong(1);
        }
      }
      if (id != own) {
        remove(session, id, true);
        lost = true;
      }
    }
    return lost;
  }

  private void write(Session session, int number, Ready ready, boolean large) throws SQLException {
    var value = 0;
    for (var row : ready.changes().written()) {
      var stored = ready.values().get(value++);
      var apart = stored.length > INLINE;
      var id = RowFormat.rowId(number, row.id());
      // A row that got its number with this version is new; an upsert would cost a third more.
      if (row.id() == row.version() || write(session, Sql.OVERWRITE, number, row, stored) == 0) {
        write(session, Sql.WRITE, number, row, stored);
      }
      if (apart) {
        writeLarge(session, id, stored);
      } else if (large) {
        removeLarge(session, id);
      }
    }
  }

  private int write(Session session, String sql, int number, Row row, byte[] stored)
      throws SQLException {
    var id = RowFormat.rowId(number, row.id());
    var key = row.key().array();
    var metadata = RowFormat.metadata(row);
    var deadline = RowFormat.column(row.deadline());
    var seal = format.seal(number, id, key, deadline, metadata);
    var statement = session.on(sql);
    statement.setLong(1, id);
    statement.setLong(2, row.accessedAt());
    statement.setLong(3, deadline);
    statement.setLong(4, seal | RowFormat.checksum(stored));
    statement.setBytes(5, metadata);
    if (stored.length > INLINE) {
      statement.setNull(6, Types.BLOB);
    } else {
      statement.setBytes(6, stored);
    }
    statement.setInt(7, number);
    statement.setBytes(8, key);
    return statement.executeUpdate();
  }

  private static void writeLarge(Session session, long id, byte[] stored) throws SQLException {
    var insert = session.on(Sql.WRITE_LARGE);
    insert.setLong(1, id);
    insert.setBytes(2, stored);
    insert.executeUpdate();
  }

  private static void removeLarge(Session session, long id) throws SQLException {
    var delete = session.on(Sql.REMOVE_LARGE);
    delete.setLong(1, id);
    delete.executeUpdate();
  }

  private static void remove(Session session, long id, boolean large) throws SQLException {
    var delete = session.on(Sql.REMOVE);
    delete.setLong(1, id);
    delete.executeUpdate();
    if (large) {
      removeLarge(session, id);
    }
  }

  private void touch(Session session, int number, Table.Touch touch) throws SQLException {
    var row = touch.row();
    var id = RowFormat.rowId(number, row.id());
    var metadata = RowFormat.metadata(row);
    var deadline = RowFormat.column(touch.deadline());
    var update = session.on(Sql.TOUCH);
    update.setLong(1, touch.accessedAt());
    update.setLong(2, deadline);
    update.setLong(3, format.seal(number, id, row.key().array(), deadline, metadata));
    update.setLong(4, id);
    update.setBytes(5, metadata);
    update.executeUpdate();
  }

  /** The same space with the rows counted. */
  Space recounted(Session session, Space space) throws SQLException {
    var totals = count(session, space.number(), space.totals());
    var counted = new Space(space.number(), totals, space.large());
    Namespaces.set(session, counted, name, file.next());
    return counted;
  }

  /** Counts the rows, because damaged ones are gone that said wrong things of themselves. */
  private static Table.Totals count(Session session, int number, Table.Totals said)
      throws SQLException {
    var query = session.on(Sql.COUNT);
    query.setLong(1, RowFormat.first(number));
    query.setLong(2, RowFormat.end(number));
    query.setInt(3, number);
    long entries = 0;
    long weight = 0;
    long bytes = 0;
    try (var found = query.executeQuery()) {
      while (found.next()) {
        var metadata = found.getBytes(1);
        if (RowFormat.whole(metadata)) {
          entries++;
          weight += RowFormat.weight(metadata);
          bytes += RowFormat.size(metadata);
        }
      }
    }
    return new Table.Totals(said.sequence(), entries, weight, bytes);
  }
}
