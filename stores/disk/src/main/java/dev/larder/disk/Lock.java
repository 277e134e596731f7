package dev.larder.disk;

import dev.larder.ConfigurationException;
import dev.larder.StoreException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The file beside a database that one process at a time holds, and that remembers what the database
 * must know:
 *
 * <pre>
 *   0  8 bytes  the last commit known to be forced
 *   8  4 bytes  which database this is about
 *  12  4 bytes  CRC32C of the 12 before
 *  16  8 bytes  the salts of the log of which a part has been moved into the database
 *  24  4 bytes  how many pages of it must be readable
 *  28  4 bytes  CRC32C of the 12 before
 * </pre>
 *
 * <p>A database that says less than this has lost commits that were acknowledged, and shows values
 * that are not the last ones. While only a part of the log is in the database, it makes sense with
 * the whole log alone: without its end, old pages of the log would come before newer ones of the
 * database. The file is written without being forced: after a loss of power it may say too little,
 * never too much.
 */
final class Lock {
  private static final int LENGTH = 32;
  private static final int HALF = 16;
  private static final int SUMMED = 12;

  /**
   * What it remembers.
   *
   * @param commits the last commit known to be forced
   * @param ident which database
   */
  record Mark(long commits, int ident) {}

  /**
   * A log of which a part is in the database.
   *
   * @param salts which log
   * @param pages how many of its pages must be readable; 0 when it does not matter
   */
  record Moving(long salts, int pages) {
    /** No log, or one that is in the database to its end. */
    static final Moving NOTHING = new Moving(LogHeader.NONE, 0);
  }

  /**
   * What the properties of the system call a lock that this process holds. They are the one place
   * that the classes of all class loaders share: a lock of the operating system belongs to the
   * whole process, and closing any descriptor of its file would drop it, whoever opened that.
   */
  private static final String HELD = "dev.larder.disk.held:";

  /** Never closed, for the same reason. */
  private static final List<RandomAccessFile> LEFT_OPEN = new CopyOnWriteArrayList<>();

  private final Path path;

  /** Not written through its channel: an interrupt would close that, and so lose the lock. */
  private final RandomAccessFile file;

  private final boolean made;

  private Lock(Path path, RandomAccessFile file, boolean made) {
    this.path = path;
    this.file = file;
    this.made = made;
  }

  /**
   * Takes the lock.
   *
   * @throws StoreException when somebody else has it
   */
  static Lock take(Place place) throws IOException {
    var path = place.lock();
    if (System.getProperties().putIfAbsent(HELD + path, "") != null) {
      throw heldHere(place, null);
    }
    try {
      return taken(place, path);
    } catch (IOException | RuntimeException e) {
      System.getProperties().remove(HELD + path);
      throw e;
    }
  }

  private static StoreException heldHere(Place place, @Nullable Throwable cause) {
    return new StoreException(
        place + " is used in this process by another copy of Larder (another class loader)", cause);
  }

  private static Lock taken(Place place, Path path) throws IOException {
    var made = made(path);
    var file = new RandomAccessFile(path.toFile(), "rw");
    try {
      if (file.length() > LENGTH) {
        throw new ConfigurationException(
            "disk.path: " + path + " is in the way: it is not the lock of a Larder file");
      }
      if (file.getChannel().tryLock() == null) {
        throw new StoreException(
            place
                + " is used by another process; two processes cannot share a file of the"
                + " topology disk. Give each its own disk.path");
      }
      return new Lock(path, file, made);
    } catch (OverlappingFileLockException e) {
      // Somebody replaced the properties of the system.
      LEFT_OPEN.add(file);
      throw heldHere(place, e);
    } catch (IOException | RuntimeException e) {
      file.close();
      throw e;
    }
  }

  private static boolean made(Path path) throws IOException {
    try {
      Place.create(path);
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }

  /** What was last written; null when it is nothing or does not pass its checksum. */
  @Nullable Mark mark() throws IOException {
    var half = read(0);
    return half == null ? null : new Mark(half.getLong(0), half.getInt(8));
  }

  /** Remembers. */
  void mark(Mark mark) throws IOException {
    write(0, mark.commits(), mark.ident());
  }

  /** What was last written of a log. */
  Moving moving() throws IOException {
    var half = read(HALF);
    return half == null ? Moving.NOTHING : new Moving(half.getLong(0), half.getInt(8));
  }

  /** Remembers. */
  void moving(Moving moving) throws IOException {
    write(HALF, moving.salts(), moving.pages());
  }

  private synchronized @Nullable ByteBuffer read(int place) throws IOException {
    if (file.length() < place + HALF) {
      return null;
    }
    var bytes = new byte[HALF];
    file.seek(place);
    file.readFully(bytes);
    var half = ByteBuffer.wrap(bytes);
    return half.getInt(SUMMED) == sum(bytes) ? half : null;
  }

  private synchronized void write(int place, long first, int second) throws IOException {
    var half = ByteBuffer.allocate(HALF).putLong(first).putInt(second);
    half.putInt(sum(half.array()));
    file.seek(place);
    file.write(half.array());
  }

  private static int sum(byte[] bytes) {
    var crc = new CRC32C();
    crc.update(bytes, 0, SUMMED);
    return (int) crc.getValue();
  }

  /** Lets go; the file stays. */
  void release() throws IOException {
    try {
      file.close();
    } finally {
      System.getProperties().remove(HELD + path);
    }
  }

  /** Lets go of a lock on what turned out not to be ours, leaving no trace. */
  void undo() throws IOException {
    try {
      if (made) {
        Files.deleteIfExists(path);
      }
    } finally {
      release();
    }
  }
}
