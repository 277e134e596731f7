package dev.larder.codec;

import dev.larder.codec.Snapshots.Format;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.OptionalLong;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.DefaultPrettyPrinter;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;
import tools.jackson.dataformat.cbor.CBORWriteFeature;

/*
 * Both layouts are one object of the same shape, fields in this order:
 *
 *   larder-snapshot  the version of the format
 *   cache, saved-at, key-type, key-form, value-type, value-form, schema-version, order
 *   entries          an array of objects: key, value, and only where they say something
 *                    what is left of life and limit in milliseconds, whether the life is its own,
 *                    and whether it was read since the eviction policy last looked
 *   count            of entries
 *   sha256           of every byte before this field; JSON: before the comma
 *
 * The beginning up to the version and everything from sha256 on have fixed bytes, so that both are
 * found and compared without a parser, in a file that may hold anything.
 */
/** The bytes of the two formats of snapshots. */
enum Layout {
  /** For people. */
  JSON(
      "{\n  \"larder-snapshot\" : ",
      "key",
      "value",
      "remaining-ms",
      "limit-ms",
      "own-life",
      "read") {
    @Override
    byte[] trailer(byte[] digest) {
      return (",\n  \"sha256\" : \"" + HexFormat.of().formatHex(digest) + "\"\n}\n")
          .getBytes(StandardCharsets.UTF_8);
    }

    @Override
    OptionalLong version(byte[] head, int at) {
      long version = 0;
      int index = at;
      while (index < head.length && head[index] >= '0' && head[index] <= '9' && index - at < 9) {
        version = version * 10 + head[index++] - '0';
      }
      return index > at && index < head.length && head[index] == ','
          ? OptionalLong.of(version)
          : OptionalLong.empty();
    }
  },
  /** Compact: tag 55799, an open map, a text of 15 bytes ({@code o} is 0x6f). */
  CBOR("\u00d9\u00d9\u00f7\u00bfolarder-snapshot", "k", "v", "r", "l", "o", "h") {
    @Override
    byte[] trailer(byte[] digest) {
      // A text of 6 bytes (f is 0x66), then binary of 32 ("X " is 0x58 0x20), then the map ends.
      var name = "fsha256X ".getBytes(StandardCharsets.ISO_8859_1);
      var bytes = Arrays.copyOf(name, name.length + digest.length + 1);
      System.arraycopy(digest, 0, bytes, name.length, digest.length);
      bytes[bytes.length - 1] = (byte) 0xff;
      return bytes;
    }

    @Override
    OptionalLong version(byte[] head, int at) {
      int first = at < head.length ? head[at] & 0xff : 0xff;
      if (first < 24) {
        return OptionalLong.of(first);
      }
      return first == 24 && at + 1 < head.length
          ? OptionalLong.of(head[at + 1] & 0xff)
          : OptionalLong.empty();
    }
  };

  static final String MARK = "larder-snapshot";
  static final int VERSION = 1;
  static final int DIGEST = 32;

  private final String prefix;
  final String key;
  final String value;
  final String life;
  final String limit;
  final String own;
  final String hot;

  Layout(
      String prefix, String key, String value, String life, String limit, String own, String hot) {
    this.prefix = prefix;
    this.key = key;
    this.value = value;
    this.life = life;
    this.limit = limit;
    this.own = own;
    this.hot = hot;
  }

  /** Lazily, and the mappers are used for their streams alone. */
  private static final class Mappers {
    /** What a codec that calls itself for each level still reads on a stack of usual size. */
    private static final int DEEPEST = 1_000;

    private static final StreamReadConstraints READ =
        StreamReadConstraints.builder()
            .maxStringLength(Integer.MAX_VALUE)
            .maxNumberLength(Integer.MAX_VALUE)
            .maxNameLength(Integer.MAX_VALUE)
            .maxNestingDepth(DEEPEST)
            .build();
    private static final StreamWriteConstraints WRITE =
        StreamWriteConstraints.builder().maxNestingDepth(DEEPEST).build();

    static final ObjectMapper JSON =
        JsonMapper.builder(
                JsonFactory.builder()
                    .streamReadConstraints(READ)
                    .streamWriteConstraints(WRITE)
                    .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                    .build())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .defaultPrettyPrinter(
                new DefaultPrettyPrinter()
                    .withObjectIndenter(new Indent(1))
                    .withArrayIndenter(new Indent(2)))
            .build();

    static final ObjectMapper CBOR =
        CBORMapper.builder(
                CBORFactory.builder()
                    .streamReadConstraints(READ)
                    .streamWriteConstraints(WRITE)
                    .disable(StreamWriteFeature.AUTO_CLOSE_CONTENT)
                    .enable(CBORWriteFeature.WRITE_TYPE_HEADER)
                    .build())
            .build();
  }

  /** A line each down to a depth, one line below it. */
  private record Indent(int deepest) implements DefaultPrettyPrinter.Indenter {
    @Override
    public void writeIndentation(tools.jackson.core.JsonGenerator out, int level) {
      out.writeRaw(level <= deepest ? "\n" + "  ".repeat(level) : " ");
    }

    @Override
    public boolean isInline() {
      return false;
    }
  }

  static Layout of(Format format) {
    return format == Format.JSON ? JSON : CBOR;
  }

  /** The streams of this layout. */
  ObjectMapper mapper() {
    return this == JSON ? Mappers.JSON : Mappers.CBOR;
  }

  /** Whether the file begins as one of this layout does. */
  boolean begins(byte[] head) {
    return new String(head, StandardCharsets.ISO_8859_1).startsWith(prefix);
  }

  /** The version in the head of a file that begins so, if it is a number. */
  OptionalLong version(byte[] head) {
    return version(head, prefix.length());
  }

  abstract OptionalLong version(byte[] head, int at);

  /** What follows the content with that checksum. */
  abstract byte[] trailer(byte[] digest);
}
