package dev.larder.server.serve;

import dev.larder.SnapshotException;
import dev.larder.codec.Snapshots;
import dev.larder.server.core.Database;
import dev.larder.server.core.Databases;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Keeps the entries of databases in memory over a restart. The default database has the file of the
 * setting, each other one a file beside it, with its name appended. What is on disk anyway has
 * none.
 */
@Singleton
final class SnapshotFiles {
  /** What names of caches may have and names of files had better not. */
  private static final String STRANGE = "/$(),:@+";

  private final Optional<Path> base;
  private final Databases databases;
  private final Log log = Log.of("snapshot");

  @Inject
  SnapshotFiles(Settings settings, Databases databases) {
    this.base = settings.snapshot();
    this.databases = databases;
  }

  /**
   * Puts back what was saved; a file that is not there is none.
   *
   * @throws StartException when a file is there and cannot be used: going on without it would
   *     replace it at the end
   */
  void restore() {
    for (var database : databases.all()) {
      var file = file(database);
      if (file.filter(Files::exists).isPresent()) {
        restore(database, file.get());
      }
    }
  }

  private void restore(Database database, Path file) {
    try {
      var restored = Snapshots.restore(database.front(), file);
      log.info(
          "snapshot restored",
          "cache",
          database.name(),
          "entries",
          restored.entries(),
          "expired",
          restored.expired(),
          "surplus",
          restored.surplus(),
          "file",
          file);
    } catch (SnapshotException e) {
      throw new StartException(
          "server.snapshot: "
              + e.getMessage()
              + "; move that file away to start without its entries",
          e);
    }
  }

  /** Saves all of them; false when one could not be saved, which the log tells. */
  boolean save() {
    var all = true;
    for (var database : databases.all()) {
      var file = file(database);
      if (file.isPresent()) {
        all &= save(database, file.get());
      }
    }
    return all;
  }

  private boolean save(Database database, Path file) {
    try {
      var saved = Snapshots.save(database.front(), file, Snapshots.Format.CBOR);
      log.info(
          "snapshot saved",
          "cache",
          database.name(),
          "entries",
          saved.entries(),
          "bytes",
          saved.bytes(),
          "file",
          file);
      return true;
    } catch (SnapshotException e) {
      log.error("snapshot not saved", "cache", database.name(), "reason", e.getMessage());
      return false;
    }
  }

  /** With the code in place of what is strange: a slash would be a folder. */
  private static String plain(String name) {
    var text = new StringBuilder();
    for (var i = 0; i < name.length(); i++) {
      var letter = name.charAt(i);
      if (STRANGE.indexOf(letter) < 0) {
        text.append(letter);
      } else {
        text.append('%').append(Integer.toHexString(letter));
      }
    }
    return text.toString();
  }

  private Optional<Path> file(Database database) {
    if (database.waits() || base.isEmpty()) {
      return Optional.empty();
    }
    return database.name().equals(Databases.DEFAULT)
        ? base
        : base.map(path -> path.resolveSibling(path.getFileName() + "." + plain(database.name())));
  }
}
