package dev.larder.disk;

import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import java.lang.System.Logger.Level;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The rows of one namespace of a file. */
final class DiskTable implements Table {
  private static final System.Logger LOG = System.getLogger(DiskTable.class.getName());
  private static final int DAMAGED_NOTED = 10_000;

  private final DiskFile file;
  private final String name;
  private final Watcher watcher;
  private final RowFormat format;
  private final Commit commit;

  /** Rows that failed, with the checksum that they had; they go with the next commit. */
  private final Map<Long, Long> damaged = new ConcurrentHashMap<>();

  /** Whether there may be damaged rows that are not noted. Once there are, commits look out. */
  private volatile boolean unnoted;

  private final AtomicLong damagedRows = new AtomicLong();

  /** As last committed. Written under the writing lock of the file. */
  private volatile Namespaces.Space space = DETACHED;

  private static final Namespaces.Space DETACHED = new Namespaces.Space(0, Totals.NONE, false);

  DiskTable(DiskFile file, String name, long compressAbove, Watcher watcher) {
    this.file = file;
    this.name = name;
    this.watcher = watcher;
    this.format = new RowFormat(name, compressAbove);
    this.commit = new Commit(file, name, format);
  }

  String name() {
    return name;
  }

  Watcher watcher() {
    return watcher;
  }

  /** Its number, or a new one. Holds the writing lock. */
  Namespaces.Space find(Session session) throws SQLException {
    var found = Namespaces.attach(session, name, file.next());
    return found.totals().possible() ? found : commit.recounted(session, found);
  }

  /** What was found is committed. Holds the writing lock. */
  void attach(Namespaces.Space found) {
    space = found;
  }

  /** The file is another one. Holds the writing lock. */
  void detach() {
    space = DETACHED;
    damaged.clear();
    unnoted = false;
  }

  @Override
  @SuppressWarnings("NullAway") // the result may be null; it cannot see that of a type variable
  public @Nullable Row read(Bytes key, boolean withValue) {
    return file.read(session -> one(session, key, withValue));
  }

  private @Nullable Row one(Session session, Bytes key, boolean withValue) throws SQLException {
    var number = space.number();
    var query = session.on(withValue ? Sql.READ : Sql.READ_BARE);
    query.setInt(1, number);
    query.setBytes(2, key.array());
    try (var found = query.executeQuery()) {
      return found.next() ? row(found, number, key, withValue) : null;
    }
  }

  /** The row at the cursor, null when it is damaged. */
  private @Nullable Row row(ResultSet at, int number, Bytes key, boolean withValue)
      throws SQLException {
    var id = at.getLong(1);
    var column = at.getLong(4);
    var crc = at.getLong(5);
    var metadata = at.getBytes(6);
    if (!format.sealed(number, id, key.array(), column, metadata, crc)) {
      return damaged(id, crc);
    }
    var row = RowFormat.row(number, id, key, at.getLong(3), column, metadata);
    if (!withValue) {
      return row;
    }
    var stored = at.getBytes(7);
    var payload = RowFormat.value(stored == null ? at.getBytes(8) : stored, crc, row.version());
    return payload == null ? damaged(id, crc) : row.with(payload);
  }

  private @Nullable Row damaged(long id, long crc) {
    if (damaged.size() >= DAMAGED_NOTED) {
      unnoted = true;
    } else if (damaged.put(id, crc) == null && damagedRows.getAndIncrement() == 0) {
      LOG.log(Level.ERROR, "an entry in {0} does not pass its checksum; each such is a miss", file);
    }
    return null;
  }

  @Override
  public Map<Bytes, Row> readAll(Collection<Bytes> keys) {
    return file.read(
        session -> {
          var rows = new HashMap<Bytes, Row>();
          for (var key : keys) {
            var row = one(session, key, true);
            if (row != null) {
              rows.put(key, row);
            }
          }
          return rows;
        });
  }

  @Override
  public List<Row> coldest(int limit) {
    return scan(Sql.COLDEST, limit, false, (query, number) -> query.setInt(1, number));
  }

  @Override
  public List<Row> coldestAfter(@Nullable Row last, int limit) {
    return last == null
        ? scan(Sql.FIRST, limit, true, (query, number) -> query.setInt(1, number))
        : scan(
            Sql.AFTER,
            limit,
            true,
            (query, number) -> {
              query.setInt(1, number);
              query.setLong(2, last.accessedAt());
              query.setBytes(3, last.key().array());
            });
  }

  @Override
  public List<Row> expired(long now, int limit) {
    return scan(
        Sql.EXPIRED,
        limit,
        false,
        (query, number) -> {
          query.setInt(1, number);
          query.setLong(2, now == Long.MAX_VALUE ? now : RowFormat.column(now));
        });
  }

  @Override
  public List<Row> below(long id, int limit) {
    return scan(
        Sql.BELOW,
        limit,
        true,
        (query, number) -> {
          var first = RowFormat.first(number);
          // The span is what is cut, since a scan begins below the largest number there is.
          var span = Math.min(Math.max(0, id), RowFormat.end(number) - first);
          query.setLong(1, first);
          query.setLong(2, first + span);
          query.setInt(3, number);
        });
  }

  /** Sets what a scan is about. */
  private interface Scope {
    void set(PreparedStatement query, int number) throws SQLException;
  }

  /** Rows from the start of a scan; damaged ones do not count. */
  private List<Row> scan(String sql, int limit, boolean withValue, Scope scope) {
    return file.read(
        session -> {
          var number = space.number();
          var query = session.on(sql);
          scope.set(query, number);
          var rows = new ArrayList<Row>();
          try (var found = query.executeQuery()) {
            while (rows.size() < limit && found.next()) {
              var row = row(found, number, new Bytes(found.getBytes(2)), withValue);
              if (row != null && known(found, withValue)) {
                rows.add(row);
              }
            }
          }
          return rows;
        });
  }

  private boolean known(ResultSet at, boolean withValue) throws SQLException {
    if (at.getLong(withValue ? 9 : 7) == at.getLong(1)) {
      return true;
    }
    damaged(at.getLong(1), at.getLong(5));
    return false;
  }

  @Override
  public List<Bytes> remembered(int limit) {
    var hot = file.read(session -> keys(session, Sql.HOT, limit));
    if (hot.isEmpty()) {
      return file.read(session -> keys(session, Sql.LATEST, limit));
    }
    // After a crash they would be those of an earlier closing.
    remember(List.of());
    return hot;
  }

  private List<Bytes> keys(Session session, String sql, int limit) throws SQLException {
    var query = session.on(sql);
    query.setInt(1, space.number());
    query.setInt(2, limit);
    var keys = new ArrayList<Bytes>();
    try (var found = query.executeQuery()) {
      while (found.next()) {
        keys.add(new Bytes(found.getBytes(1)));
      }
    }
    return keys;
  }

  @Override
  public void remember(List<Bytes> keys) {
    file.write(
        false,
        session -> {
          var number = space.number();
          if (number == 0) {
            // The file was begun anew, and has no rows yet.
            return false;
          }
          var clear = session.on(Sql.HOT_CLEAR);
          clear.setInt(1, number);
          clear.executeUpdate();
          var add = session.on(Sql.HOT_ADD);
          for (int position = 0; position < keys.size(); position++) {
            add.setInt(1, number);
            add.setInt(2, position);
            add.setBytes(3, keys.get(position).array());
            add.executeUpdate();
          }
          return true;
        });
  }

  @Override
  public Totals totals() {
    return space.totals();
  }

  @Override
  public Totals commit(Changes changes, boolean force) {
    var ready = commit.prepare(changes);
    var going = Map.copyOf(damaged);
    var totals =
        file.write(
            true,
            session -> {
              if (!changes.fit(file.generation())) {
                throw new StoreException(
                    file + " was replaced; what was to be committed builds on what is gone");
              }
              var from = space.number() == 0 ? find(session) : space;
              return commit.apply(session, from, ready, going, unnoted);
            },
            written -> space = written);
    going.forEach(damaged::remove);
    if (force) {
      file.force();
    }
    return totals.totals();
  }

  @Override
  public int generation() {
    return file.generation();
  }

  @Override
  public void tick() {
    file.tick();
  }

  @Override
  public void force() {
    file.force();
  }

  @Override
  public List<String> problems() {
    var problems = new ArrayList<String>();
    var ruined = file.ruined();
    if (ruined != null) {
      problems.add(file + " was ruined and has started empty: " + ruined);
    }
    var unreplaced = file.unreplaced();
    if (unreplaced != null) {
      problems.add(
          file + " is ruined and cannot be replaced yet, so that it has no use: " + unreplaced);
    }
    if (damagedRows.get() > 0) {
      problems.add(damagedRows + " entries in " + file + " did not pass their checksums");
    }
    return problems;
  }

  @Override
  public Map<String, String> details() {
    var details = new TreeMap<>(file.details());
    details.put("damaged", damagedRows.toString());
    return details;
  }

  @Override
  public void close() {
    file.release(this);
  }
}
