package dev.larder.disk;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/**
 * A connection with the statements that were prepared on it. For one thread at a time.
 *
 * <p>A reading session may keep its transaction open from call to call while nothing was committed:
 * beginning one costs four system calls, a third of a read.
 */
final class Session {
  /** {@link #seen} while no transaction is kept. */
  static final long NONE = -1;

  private static final System.Logger LOG = System.getLogger(Session.class.getName());

  private final Connection connection;
  private final Map<String, PreparedStatement> statements = new HashMap<>();

  /** The commit that the kept transaction sees as the last one. */
  private long seen = NONE;

  Session(Connection connection) {
    this.connection = connection;
  }

  /** The statement, prepared once. */
  PreparedStatement on(String sql) throws SQLException {
    var statement = statements.get(sql);
    if (statement == null) {
      statement = connection.prepareStatement(sql);
      statements.put(sql, statement);
    }
    return statement;
  }

  /** Runs a statement that gives nothing of interest, to its end. */
  void run(String sql) throws SQLException {
    var statement = on(sql);
    if (statement.execute()) {
      // A pragma such as incremental_vacuum does its work row by row.
      try (var rows = statement.getResultSet()) {
        while (rows.next()) {
          rows.getObject(1);
        }
      }
    }
  }

  /** Runs a statement once, without keeping it. */
  void once(String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      if (statement.execute(sql)) {
        drain(statement.getResultSet());
      }
    }
  }

  private static void drain(ResultSet rows) throws SQLException {
    try (rows) {
      while (rows.next()) {
        rows.getObject(1);
      }
    }
  }

  /** The number in the first column of the first row; 0 without one. */
  long number(String sql) throws SQLException {
    try (var rows = on(sql).executeQuery()) {
      return rows.next() ? rows.getLong(1) : 0;
    }
  }

  /** Sees to a transaction that sees this commit, or a later one. */
  void see(long commit) throws SQLException {
    if (seen != commit) {
      forget();
      run(Sql.BEGIN);
      seen = commit;
    }
  }

  /** Ends the kept transaction, which has nothing to commit. */
  void forget() throws SQLException {
    if (seen != NONE) {
      seen = NONE;
      run(Sql.ROLLBACK);
    }
  }

  boolean sees(long commit) {
    return seen == commit;
  }

  /** Closes it; a failure to do so is logged, since nobody could do anything about it. */
  void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.log(Level.DEBUG, "a connection did not close", e);
    }
  }
}
