package dev.larder.disk;

import dev.larder.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** The databases that are open in this process, by where they are. */
final class DiskFiles {
  /** The path of a database that lives in memory, one for each cache. */
  static final String MEMORY = ":memory:";

  /** Guards {@link #OPEN} and who opens and closes; taken before any lock of a file. */
  private static final ReentrantLock GATE = new ReentrantLock();

  private static final Map<Path, DiskFile> OPEN = new HashMap<>();

  private DiskFiles() {}

  /**
   * The table of a cache, made when it is new.
   *
   * @param path of a file, or {@link #MEMORY}
   * @param namespace the name of the cache
   * @throws dev.larder.ConfigurationException when no file can have this path
   * @throws StoreException when the file cannot be opened: another process has it, it is not ours,
   *     it is of a newer format, or the machine refuses
   */
  static Table open(String path, String namespace, DiskSettings settings, Table.Watcher watcher) {
    return with(path, settings, file -> file.table(namespace, settings, watcher));
  }

  /** The names of the caches in a file; none when there is no file. */
  static Set<String> names(String path, DiskSettings settings) {
    return path.equals(MEMORY) || !Place.taken(path)
        ? Set.of()
        : with(path, settings, DiskFile::names);
  }

  /**
   * Deletes a cache, if there is one.
   *
   * @throws StoreException when it is open
   */
  static void destroy(String path, String namespace, DiskSettings settings) {
    if (names(path, settings).contains(namespace)) {
      with(
          path,
          settings,
          file -> {
            file.drop(namespace);
            return true;
          });
    }
  }

  /** Does something with the database, which is closed after if nobody uses it. */
  private static <R> R with(String path, DiskSettings settings, Function<DiskFile, R> work) {
    GATE.lock();
    try {
      var file = attached(path, settings);
      try {
        return work.apply(file);
      } finally {
        closeUnused(file);
      }
    } finally {
      GATE.unlock();
    }
  }

  /** Does what leaves a database perhaps without use, and closes it then. */
  static void release(DiskFile file, Runnable work) {
    GATE.lock();
    try {
      work.run();
      closeUnused(file);
    } finally {
      GATE.unlock();
    }
  }

  private static void closeUnused(DiskFile file) {
    if (!file.used()) {
      var place = file.place();
      if (place != null) {
        OPEN.remove(place.database(), file);
      }
      file.close();
    }
  }

  private static DiskFile attached(String path, DiskSettings settings) {
    try {
      if (path.equals(MEMORY)) {
        return new DiskFile(null, null, settings).started(null);
      }
      var place = Place.of(path);
      var open = OPEN.get(place.database());
      if (open == null) {
        open = opened(place, settings);
        OPEN.put(place.database(), open);
      }
      return open;
    } catch (SQLException e) {
      throw Faults.told(e, path);
    } catch (IOException e) {
      throw new StoreException("disk.path: " + path + " cannot be used: " + e, e);
    }
  }

  private static DiskFile opened(Place place, DiskSettings settings)
      throws IOException, SQLException {
    var lock = Lock.take(place);
    try {
      return new DiskFile(place, lock, settings).started(new Opening(place, settings, lock).open());
    } catch (IOException | SQLException | RuntimeException e) {
      lock.undo();
      throw e;
    }
  }
}
