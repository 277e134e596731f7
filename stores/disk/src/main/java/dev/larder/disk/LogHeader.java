package dev.larder.disk;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * The first bytes of SQLite's log (its "WAL format",
 * https://www.sqlite.org/fileformat2.html#walformat):
 *
 * <pre>
 *   0  4 bytes  magic; its last bit says in which order the sums take bytes
 *   4 12 bytes  format, page size, number of the checkpoint
 *  16  8 bytes  salts, others each time that the log starts anew
 *  24  8 bytes  sums of the 24 bytes before
 * </pre>
 */
final class LogHeader {
  /** The salts of a log that cannot be read. */
  static final long NONE = 0;

  private static final int LENGTH = 32;
  private static final int SALTS = 16;
  private static final int SUMMED = 24;
  private static final int MAGIC = 0x377F0682;

  private LogHeader() {}

  /** The salts of the log; {@link #NONE} when there is no whole header. */
  static long salts(Path log) throws IOException {
    if (log.toFile().length() < LENGTH) {
      return NONE;
    }
    var bytes = new byte[LENGTH];
    try (var file = new RandomAccessFile(log.toFile(), "r")) {
      file.readFully(bytes);
    }
    var header = ByteBuffer.wrap(bytes);
    var magic = header.getInt(0);
    if ((magic & ~1) != MAGIC) {
      return NONE;
    }
    var summed =
        header.duplicate().order((magic & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    var first = 0;
    var second = 0;
    while (summed.position() < SUMMED) {
      first += summed.getInt() + second;
      second += summed.getInt() + first;
    }
    return first == header.getInt(SUMMED) && second == header.getInt(SUMMED + 4)
        ? header.getLong(SALTS)
        : NONE;
  }
}
