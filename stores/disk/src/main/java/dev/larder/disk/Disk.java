package dev.larder.disk;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** The door to the disk; tests put a slow or failing one in. Safe for all threads. */
interface Disk {

  /** A new connection of the source. */
  default Connection connect(DataSource source) throws SQLException {
    return source.getConnection();
  }

  /**
   * Returns when what was written to the file would survive a loss of power. Never called on the
   * database itself: closing any descriptor of it would drop the locks that SQLite holds on it.
   */
  default void force(Path log) throws IOException {
    var interrupted = false;
    while (true) {
      try (var channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
        channel.force(false);
        break;
      } catch (ClosedByInterruptException e) {
        // An interrupt closes a channel, and must not fail the commits of others.
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The disk of this machine. */
  static Disk real() {
    return new Disk() {};
  }
}
