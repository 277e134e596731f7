package dev.larder.disk;

import dev.larder.CodecException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Envelope;
import dev.larder.spi.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * A row as bytes. What no index needs is one column of 33 bytes, because every column read or bound
 * costs a call into native code:
 *
 * <pre>
 *   0  8 bytes  version
 *   8  8 bytes  written at
 *  16  8 bytes  size
 *  24  4 bytes  weight
 *  28  4 bytes  schema version of the value
 *  32  1 byte   1 when the deadline was given with the value
 * </pre>
 *
 * <p>The checksum is two CRC32C in 8 bytes. The low half covers the stored value. The high half
 * covers the name and number of the namespace, the number of the row, key, deadline and metadata,
 * and not the low half, so that a touch can renew it without reading the value; what binds value
 * and metadata is the version, which is in both. The access time is covered by neither.
 *
 * <p>The stored value is an {@link Envelope}, or 'Z', its length in 4 bytes, and it deflated.
 */
final class RowFormat {
  /** Namespaces of a file, cleared ones that still have rows included. */
  static final int NUMBERS = 0xFFFF;

  private static final int ID_BITS = 47;
  private static final int META = 33;
  private static final int META_OWN = 32;
  private static final byte DEFLATED = 'Z';
  private static final int DEFLATED_HEAD = 5;
  private static final long LOW = 0xFFFFFFFFL;

  private final byte[] name;
  private final long compressAbove;

  RowFormat(String namespace, long compressAbove) {
    this.name = namespace.getBytes(StandardCharsets.UTF_8);
    this.compressAbove = compressAbove;
  }

  /** The number in the file of the row with this number in its namespace. */
  static long rowId(int number, long id) {
    if (id < 0 || id >= 1L << ID_BITS) {
      throw new IllegalArgumentException("the number of a row may be 0 to 2^47 - 1, not " + id);
    }
    return first(number) + id;
  }

  /** The smallest number in the file that a row of the namespace may have. */
  static long first(int number) {
    return (number - 1L) << ID_BITS;
  }

  /** The largest, plus one. */
  static long end(int number) {
    return first(number) + (1L << ID_BITS);
  }

  /**
   * A deadline as a column: 0, which takes no place, is the one that never comes, and what is not
   * after the epoch moves down by one. Keeps the order.
   */
  static long column(long deadline) {
    return deadline == Long.MAX_VALUE ? 0 : deadline > 0 ? deadline : deadline - 1;
  }

  private static long deadline(long column) {
    return column == 0 ? Long.MAX_VALUE : column > 0 ? column : column + 1;
  }

  /** The column m. */
  static byte[] metadata(Row row) {
    return ByteBuffer.allocate(META)
        .putLong(row.version())
        .putLong(row.writtenAt())
        .putLong(row.size())
        .putInt(row.weight())
        .putInt(row.schema())
        .put((byte) (row.own() ? 1 : 0))
        .array();
  }

  static int weight(byte[] metadata) {
    return ByteBuffer.wrap(metadata).getInt(24);
  }

  static long size(byte[] metadata) {
    return ByteBuffer.wrap(metadata).getLong(16);
  }

  static boolean whole(byte @Nullable [] metadata) {
    return metadata != null && metadata.length == META;
  }

  /** The high half of the checksum, where it is in the column. */
  long seal(int number, long rowId, byte[] key, long deadline, byte[] metadata) {
    var head = ByteBuffer.allocate(name.length + 4 + 8 + 8 + META);
    head.put(name).putInt(number).putLong(rowId).putLong(deadline).put(metadata, 0, META);
    var crc = new CRC32C();
    crc.update(head.array());
    crc.update(key);
    return crc.getValue() << 32;
  }

  /** The low half. */
  static long checksum(byte[] stored) {
    var crc = new CRC32C();
    crc.update(stored);
    return crc.getValue();
  }

  /** Whether the high half holds. */
  boolean sealed(int number, long rowId, byte[] key, long deadline, byte[] metadata, long crc) {
    return whole(metadata) && seal(number, rowId, key, deadline, metadata) == (crc & ~LOW);
  }

  /** The row without its value. */
  static Row row(int number, long rowId, Bytes key, long accessedAt, long column, byte[] metadata) {
    var in = ByteBuffer.wrap(metadata);
    return new Row(
        rowId - first(number),
        key,
        in.getLong(0),
        in.getLong(8),
        accessedAt,
        deadline(column),
        metadata[META_OWN] != 0,
        in.getInt(24),
        in.getLong(16),
        in.getInt(28),
        null);
  }

  /** The value, null when the bytes are not what was stored for this version. */
  static @Nullable Payload value(byte @Nullable [] stored, long crc, long version) {
    if (stored == null || stored.length == 0 || checksum(stored) != (crc & LOW)) {
      return null;
    }
    try {
      var envelope = Envelope.decode(stored[0] == DEFLATED ? inflate(stored) : stored);
      return envelope.version() == version ? envelope.payload() : null;
    } catch (CodecException | DataFormatException e) {
      // The checksum held, so this is a value of a newer version of Larder, or a forged one.
      return null;
    }
  }

  /** The bytes to store for the value of the row. */
  byte[] stored(Row row) {
    var payload = row.payload();
    if (payload == null) {
      throw new IllegalArgumentException("a row to write needs its value");
    }
    var plain =
        new Envelope(payload, row.writtenAt(), row.deadline(), row.deadline(), row.version(), 0)
            .encode();
    if (plain.length > Table.LARGEST_VALUE) {
      throw new IllegalArgumentException("a value of " + plain.length + " bytes is too large");
    }
    return plain.length > compressAbove ? deflated(plain) : plain;
  }

  private static byte[] deflated(byte[] plain) {
    var deflater = new Deflater(Deflater.BEST_SPEED, true);
    try {
      deflater.setInput(plain);
      deflater.finish();
      // One that would not get smaller does not fit, and is stored as it is.
      var out = new byte[plain.length - 1];
      ByteBuffer.wrap(out).put(DEFLATED).putInt(plain.length);
      var length = deflater.deflate(out, DEFLATED_HEAD, out.length - DEFLATED_HEAD);
      return deflater.finished() ? java.util.Arrays.copyOf(out, DEFLATED_HEAD + length) : plain;
    } finally {
      deflater.end();
    }
  }

  private static byte[] inflate(byte[] stored) throws DataFormatException {
    if (stored.length < DEFLATED_HEAD) {
      throw new DataFormatException("cut short");
    }
    var length = ByteBuffer.wrap(stored).getInt(1);
    // Deflate makes nothing more than 1,032 times smaller.
    if (length < 0 || length > Table.LARGEST_VALUE || length / 1032 > stored.length) {
      throw new DataFormatException("a length that cannot be");
    }
    var inflater = new Inflater(true);
    try {
      inflater.setInput(stored, DEFLATED_HEAD, stored.length - DEFLATED_HEAD);
      var out = new byte[length];
      // It may take one more call to come to the end, which must be there.
      var whole = inflater.inflate(out) == length && inflater.inflate(new byte[1]) == 0;
      if (!whole || !inflater.finished()) {
        throw new DataFormatException("not as long as it says");
      }
      return out;
    } finally {
      inflater.end();
    }
  }
}
