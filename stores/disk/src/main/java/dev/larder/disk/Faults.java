package dev.larder.disk;

import dev.larder.StoreException;
import java.sql.SQLException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** What a failure of SQLite means for us. */
final class Faults {
  private Faults() {}

  /**
   * Whether the file itself cannot be used any more, as opposed to the disk under it or the room on
   * it.
   */
  static boolean ruins(SQLException e) {
    return switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xFF)) {
      case SQLITE_CORRUPT, SQLITE_NOTADB, SQLITE_FORMAT, SQLITE_CONSTRAINT, SQLITE_MISMATCH -> true;
      // Our statements are right, so it is the tables that are not ours any more.
      case SQLITE_ERROR ->
          says(e, "no such") || says(e, "malformed") || says(e, "unsupported file format");
      case SQLITE_IOERR -> extended(e) == SQLiteErrorCode.SQLITE_IOERR_SHORT_READ;
      default -> false;
    };
  }

  /** Whether a sound database was asked for a table that it does not have. */
  static boolean noSuchTable(SQLException e) {
    return says(e, "no such table");
  }

  /** The failure in the words of the user. */
  static StoreException told(SQLException e, String file) {
    return new StoreException(
        switch (SQLiteErrorCode.getErrorCode(e.getErrorCode() & 0xFF)) {
          case SQLITE_FULL ->
              "no room for "
                  + file
                  + ": the disk is full. Free some, or bound the cache with maximum-bytes."
                  + " Nothing was changed; the commit can be repeated";
          case SQLITE_READONLY, SQLITE_PERM, SQLITE_AUTH ->
              file + " cannot be written: this process may not, or the disk is mounted read-only";
          case SQLITE_CANTOPEN ->
              file + " cannot be opened: look at the permissions of it and its directory";
          case SQLITE_BUSY, SQLITE_LOCKED -> file + " is locked by another program";
          case SQLITE_IOERR -> "the disk under " + file + " failed: " + e.getMessage();
          default -> file + " failed: " + e.getMessage();
        },
        e);
  }

  private static boolean says(SQLException e, String words) {
    return e.getMessage() != null && e.getMessage().contains(words);
  }

  private static SQLiteErrorCode extended(SQLException e) {
    return e instanceof SQLiteException own ? own.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
  }
}
