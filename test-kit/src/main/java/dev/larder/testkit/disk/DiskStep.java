package dev.larder.testkit.disk;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a program asks of a disk, as far as {@link DiskFaults} tells it apart. */
public enum DiskStep {
  /** A connection is opened. */
  OPEN,
  /** A query runs. */
  READ,
  /** A statement changes rows or tables; outside a transaction that is its commit too. */
  WRITE,
  /** A transaction is committed. */
  COMMIT,
  /** A log is written back into its file: {@code PRAGMA wal_checkpoint}. */
  CHECKPOINT,
  /** A file is forced to the disk. */
  FORCE;

  /** The step of an SQL statement by its first words; null for those that leave the disk alone. */
  static @Nullable DiskStep of(String sql) {
    var words = sql.strip().toUpperCase(Locale.ROOT).split("[\\s;(]+", 3);
    return switch (words[0]) {
      case "SELECT", "WITH", "VALUES", "EXPLAIN" -> READ;
      case "COMMIT", "END" -> COMMIT;
      case "BEGIN", "ROLLBACK", "SAVEPOINT", "RELEASE", "" -> null;
      case "PRAGMA" ->
          words.length > 1 && words[1].startsWith("WAL_CHECKPOINT") ? CHECKPOINT : null;
      default -> WRITE;
    };
  }
}
