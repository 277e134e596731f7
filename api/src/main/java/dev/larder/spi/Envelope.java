package dev.larder.spi;

import dev.larder.CodecException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * One entry as bytes, the same on disk, on the wire and in a cluster. Big-endian:
 *
 * <pre>
 *   0  1 byte   magic 0x4C ('L')
 *   1  1 byte   version of this layout, now 1
 *   2  4 bytes  schema version of the value
 *   6  4 bytes  weight
 *  10  8 bytes  write time, ms since the epoch
 *  18  8 bytes  soft deadline
 *  26  8 bytes  hard deadline
 *  34  8 bytes  version of the entry
 *  42  8 bytes  lease fence
 *  50  2 bytes  length of the content type, then it in UTF-8
 *   .  2 bytes  number of tags, then for each: 2 bytes length, UTF-8
 *   .  4 bytes  length of the value, then the value
 * </pre>
 *
 * @param payload the value with what travels beside it
 * @param writtenAt when it was written
 * @param softDeadline from when on it counts as stale
 * @param deadline when it expires
 * @param version the version of the entry
 * @param fence the fence of the last lease on it
 */
public record Envelope(
    Payload payload, long writtenAt, long softDeadline, long deadline, long version, long fence) {
  private static final byte MAGIC = 0x4C;
  private static final byte LAYOUT = 1;
  private static final int FIXED = 50;

  /** The bytes. */
  public byte[] encode() {
    var meta = payload.meta();
    var type = utf8(meta.contentType());
    var tags = meta.tags().stream().sorted().map(Envelope::utf8).toList();
    var size =
        FIXED
            + 2
            + type.length
            + 2
            + tags.stream().mapToInt(tag -> 2 + tag.length).sum()
            + 4
            + payload.array().length;
    var out =
        ByteBuffer.allocate(size)
            .put(MAGIC)
            .put(LAYOUT)
            .putInt(meta.schema())
            .putInt(meta.weight());
    out.putLong(writtenAt).putLong(softDeadline).putLong(deadline).putLong(version).putLong(fence);
    out.putShort((short) type.length).put(type).putShort((short) tags.size());
    tags.forEach(tag -> out.putShort((short) tag.length).put(tag));
    return out.putInt(payload.array().length).put(payload.array()).array();
  }

  /**
   * The entry of the bytes; throws {@link CodecException} when they are not one, of a newer layout,
   * or cut.
   */
  public static Envelope decode(byte[] bytes) {
    try {
      return read(ByteBuffer.wrap(bytes));
    } catch (BufferUnderflowException e) {
      throw new CodecException("an entry of " + bytes.length + " bytes is cut short", e);
    }
  }

  private static Envelope read(ByteBuffer in) {
    if (in.get() != MAGIC) {
      throw new CodecException("the bytes are not an entry of Larder");
    }
    var layout = in.get();
    if (layout != LAYOUT) {
      throw new CodecException(
          "entry layout " + layout + " is not known here; this version reads layout " + LAYOUT);
    }
    var schema = in.getInt();
    var weight = in.getInt();
    var writtenAt = in.getLong();
    var softDeadline = in.getLong();
    var deadline = in.getLong();
    var version = in.getLong();
    var fence = in.getLong();
    var type = text(in);
    var tags = tags(in);
    var value = take(in, in.getInt());
    if (in.hasRemaining()) {
      throw new CodecException("an entry has " + in.remaining() + " bytes too many");
    }
    return new Envelope(
        new Payload(value, new Meta(type, schema, weight, tags)),
        writtenAt,
        softDeadline,
        deadline,
        version,
        fence);
  }

  private static Set<String> tags(ByteBuffer in) {
    var tags = new LinkedHashSet<String>();
    for (int left = Short.toUnsignedInt(in.getShort()); left > 0; left--) {
      tags.add(text(in));
    }
    return tags;
  }

  private static String text(ByteBuffer in) {
    return new String(take(in, Short.toUnsignedInt(in.getShort())), StandardCharsets.UTF_8);
  }

  private static byte[] take(ByteBuffer in, int length) {
    if (length < 0 || length > in.remaining()) {
      throw new BufferUnderflowException();
    }
    var bytes = new byte[length];
    in.get(bytes);
    return bytes;
  }

  private static byte[] utf8(String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > 0xFFFF) {
      throw new CodecException(
          "a content type or tag may take 65,535 bytes; this one takes " + bytes.length);
    }
    return bytes;
  }
}
