package dev.larder.disk;

import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteOpenMode;

/** Makes connections to one database. */
final class Opener {
  private static final String MEMORY = "jdbc:sqlite::memory:";
  private static final int BUSY_MILLIS = 10_000;

  /** Kilobytes, as pragmas say it. The writer's own commits leave its pages valid. */
  private static final String WRITER_CACHE = "PRAGMA cache_size = -16000";

  private static final String READER_CACHE = "PRAGMA cache_size = -4000";

  /** What the log may keep of its size once it has been moved into the file. */
  private static final String LOG_KEPT = "PRAGMA journal_size_limit = 16777216";

  private final String url;
  private volatile DiskSettings settings;

  /** To a file, or, without a place, each to a database in memory of its own. */
  Opener(@Nullable Place place, DiskSettings settings) {
    // As a URI, so that no character of a path means anything to the driver.
    this.url = place == null ? MEMORY : "jdbc:sqlite:" + place.database().toUri();
    this.settings = settings;
  }

  /** Connections that write from now on force. */
  void force() {
    settings = settings.forcing();
  }

  /** Lets a connection that writes force, which was opened when nobody wanted that. */
  static void force(Session session) throws SQLException {
    session.once("PRAGMA synchronous = NORMAL");
  }

  /** One that reads. */
  Session reader() throws SQLException {
    return session(url, List.of(READER_CACHE, "PRAGMA query_only = ON"));
  }

  /** One that writes, and never moves the log into the file by itself. */
  Session writer() throws SQLException {
    return session(
        url,
        List.of(
            WRITER_CACHE,
            "PRAGMA synchronous = " + (settings.forced() ? "NORMAL" : "OFF"),
            "PRAGMA wal_autocheckpoint = 0",
            LOG_KEPT,
            // Old versions of rows must not lie about in pages, where a damaged pointer could find
            // them.
            "PRAGMA secure_delete = FAST"));
  }

  /** One that writes, without any settings. */
  Session plain() throws SQLException {
    return session(url, List.of());
  }

  /** One that takes the file as it is, without its log, and leaves no trace. */
  Session frozen() throws SQLException {
    return session(url + "?immutable=1", List.of());
  }

  private Session session(String address, List<String> pragmas) throws SQLException {
    var config = new SQLiteConfig();
    config.setBusyTimeout(BUSY_MILLIS);
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    if (url.equals(MEMORY)) {
      config.setOpenMode(SQLiteOpenMode.CREATE);
    }
    // Each connection has one user at a time, and the driver locks besides.
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    var source = new SQLiteDataSource(config);
    source.setUrl(address);
    var session = new Session(settings.disk().connect(source));
    try {
      session.once("PRAGMA trusted_schema = OFF");
      session.once("PRAGMA cell_size_check = ON");
      // A mapped file that somebody cuts short kills the process.
      session.once("PRAGMA mmap_size = 0");
      for (var pragma : pragmas) {
        session.once(pragma);
      }
      return session;
    } catch (SQLException e) {
      session.close();
      throw e;
    }
  }
}
