package dev.larder.benchmarks.disk;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The plainest table in SQLite, with its log and {@code synchronous = NORMAL}: a connection for
 * each thread that reads, and one that writes and commits a thousand rows together.
 */
final class SqliteSubject implements Subject {
  private static final int GROUP = 1_000;

  private final String url;
  private final List<Connection> connections = new ArrayList<>();
  private final ThreadLocal<PreparedStatement> reading = ThreadLocal.withInitial(this::reader);
  private final Connection writer;
  private final PreparedStatement insert;
  private int pending;

  SqliteSubject(Path folder) {
    url = "jdbc:sqlite:" + folder.resolve("plain.db");
    try {
      writer = connect();
      run("CREATE TABLE IF NOT EXISTS kv(k BLOB PRIMARY KEY, v BLOB)");
      insert = writer.prepareStatement("INSERT OR REPLACE INTO kv(k, v) VALUES(?, ?)");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private synchronized Connection connect() throws SQLException {
    var connection = DriverManager.getConnection(url);
    connections.add(connection);
    try (var statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = NORMAL");
    }
    return connection;
  }

  private void run(String sql) throws SQLException {
    try (var statement = writer.createStatement()) {
      statement.execute(sql);
    }
  }

  private PreparedStatement reader() {
    try {
      return connect().prepareStatement("SELECT v FROM kv WHERE k = ?");
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public byte @Nullable [] get(String key) {
    try {
      var query = reading.get();
      query.setBytes(1, bytes(key));
      try (var found = query.executeQuery()) {
        return found.next() ? found.getBytes(1) : null;
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public synchronized void put(String key, byte[] value) {
    try {
      if (pending == 0) {
        run("BEGIN");
      }
      insert.setBytes(1, bytes(key));
      insert.setBytes(2, value);
      insert.executeUpdate();
      if (++pending == GROUP) {
        commit();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private void commit() throws SQLException {
    if (pending > 0) {
      run("COMMIT");
      pending = 0;
    }
  }

  @Override
  public synchronized void putAll(Map<String, byte[]> entries) {
    try {
      commit();
      entries.forEach(this::put);
      commit();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] bytes(String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public synchronized void close() {
    try {
      commit();
      for (var connection : connections) {
        connection.close();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
