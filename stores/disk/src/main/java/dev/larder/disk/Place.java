package dev.larder.disk;

import dev.larder.ConfigurationException;
import dev.larder.StoreException;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * The files of one database.
 *
 * @param database the database itself, with no link left in its path
 */
record Place(Path database) {
  private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

  /**
   * Where the path leads. Makes missing directories, for this user alone.
   *
   * @throws ConfigurationException when no file can be there
   * @throws StoreException when the machine does not let us
   */
  static Place of(String path) {
    try {
      var file = parse(path);
      if (Files.isDirectory(file)) {
        throw new ConfigurationException(
            "disk.path: "
                + file
                + " is a directory; give the path of a file, such as "
                + file.resolve("larder.db"));
      }
      if ((Files.exists(file) && !Files.isRegularFile(file)) || dangling(file)) {
        throw new ConfigurationException(
            "disk.path: "
                + file
                + " is a device, a pipe or a link to nothing; give the path of a file");
      }
      if (Files.exists(file)) {
        return new Place(file.toRealPath());
      }
      return new Place(directory(file).toRealPath().resolve(file.getFileName()));
    } catch (IOException e) {
      throw new StoreException("disk.path: " + path + " cannot be used: " + e, e);
    }
  }

  /**
   * Whether there is something at the path. Makes nothing.
   *
   * @throws ConfigurationException when it is no path of a file
   */
  static boolean taken(String path) {
    return Files.exists(parse(path));
  }

  private static boolean dangling(Path file) {
    return Files.isSymbolicLink(file) && !Files.exists(file);
  }

  private static Path parse(String path) {
    try {
      if (!path.isBlank() && path.indexOf('\0') < 0) {
        var file = Path.of(path).toAbsolutePath().normalize();
        if (file.getFileName() != null) {
          return file;
        }
      }
    } catch (InvalidPathException e) {
      throw new ConfigurationException(
          "disk.path: '" + path + "' is not a path: " + e.getMessage(), e);
    }
    throw new ConfigurationException(
        "disk.path: '" + path + "' names no file; give the path of one, or :memory:");
  }

  private static Path directory(Path file) throws IOException {
    var directory = file.getParent();
    for (var above = directory; above != null; above = above.getParent()) {
      if (Files.exists(above) && !Files.isDirectory(above)) {
        throw new ConfigurationException(
            "disk.path: " + file + " would lie in " + above + ", which is not a directory");
      }
    }
    return Files.createDirectories(directory, attributes("rwx------"));
  }

  private static FileAttribute<?>[] attributes(String permissions) {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : NO_ATTRIBUTES;
  }

  /** Makes an empty file for this user alone; entries may be secret. */
  static void create(Path file) throws IOException {
    Files.createFile(file, attributes("rw-------"));
  }

  /** The log of commits. */
  Path log() {
    return beside("-wal");
  }

  /** What SQLite shares between connections. */
  Path shared() {
    return beside("-shm");
  }

  /** The lock that keeps other processes out. */
  Path lock() {
    return beside(".lock");
  }

  /** A database under construction. */
  Place draft() {
    return new Place(beside(".new"));
  }

  /** Where the database goes when it is ruined, the youngest first. */
  Place ruined(int number) {
    return new Place(beside(".ruined-" + number));
  }

  /** The database, its log and what is shared, away. */
  void delete() throws IOException {
    Files.deleteIfExists(database);
    Files.deleteIfExists(log());
    Files.deleteIfExists(shared());
    Files.deleteIfExists(beside("-journal"));
  }

  private Path beside(String suffix) {
    return database.resolveSibling(database.getFileName() + suffix);
  }

  @Override
  public String toString() {
    return database.toString();
  }
}
