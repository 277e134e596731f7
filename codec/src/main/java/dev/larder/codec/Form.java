package dev.larder.codec;

import dev.larder.Codec;
import java.io.ByteArrayOutputStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** How the keys, or the values, of one cache stand in a snapshot. */
interface Form<T> {

  /** The name in the file. */
  String name();

  /** Writes one value. */
  void write(T value, JsonGenerator out);

  /** Reads one value whose first token is the current one; its last is the current one then. */
  T read(JsonParser in);

  /** The bytes of a codec: binary, or base64 where there is none. */
  record Binary<T>(Codec<T> codec) implements Form<T> {
    @Override
    public String name() {
      return codec.contentType();
    }

    @Override
    public void write(T value, JsonGenerator out) {
      out.writeBinary(codec.encode(value));
    }

    @Override
    public T read(JsonParser in) {
      return codec.decode(in.getBinaryValue());
    }
  }

  /** The JSON of a codec as a part of the JSON of the file. */
  record Embedded<T>(Codec<T> codec, JsonFactory factory) implements Form<T> {
    static final String NAME = "json";

    @Override
    public String name() {
      return NAME;
    }

    @Override
    public void write(T value, JsonGenerator out) {
      try (var in = factory.createParser(ObjectReadContext.empty(), codec.encode(value))) {
        in.nextToken();
        out.copyCurrentStructureExact(in);
      }
    }

    @Override
    public T read(JsonParser in) {
      var bytes = new ByteArrayOutputStream();
      try (var copy = factory.createGenerator(ObjectWriteContext.empty(), bytes)) {
        copy.copyCurrentStructureExact(in);
      }
      return codec.decode(bytes.toByteArray());
    }
  }
}
