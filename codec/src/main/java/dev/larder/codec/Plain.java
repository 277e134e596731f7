package dev.larder.codec;

import dev.larder.Codec;
import dev.larder.CodecException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Simple values for people to read. A value of the expected type, strings where none is declared,
 * stands as it is; any other is an object with one field: the name of a simple type and the value,
 * or {@code base64} and the bytes of the cache's codec.
 *
 * @param expected the declared type; {@link Simple#STRING} where none is declared
 * @param codec what has no plain form goes through it
 */
record Plain<T>(Simple expected, Codec<T> codec) implements Form<T> {
  private static final String BYTES = "base64";

  @Override
  public String name() {
    return "plain";
  }

  @Override
  public void write(T value, JsonGenerator out) {
    var type = Simple.of(value.getClass()).filter(each -> each.writes(value)).orElse(null);
    if (type == expected) {
      type.write(value, out);
      return;
    }
    out.writeStartObject();
    if (type == null) {
      out.writeBinaryProperty(BYTES, codec.encode(value));
    } else {
      out.writeName(type.tag);
      type.write(value, out);
    }
    out.writeEndObject();
  }

  @Override
  @SuppressWarnings("unchecked") // the types of the cache were compared with those of the file
  public T read(JsonParser in) {
    if (in.currentToken() != JsonToken.START_OBJECT) {
      return (T) expected.read(in);
    }
    @Nullable String tag = in.nextName();
    in.nextToken();
    var value =
        BYTES.equals(tag)
            ? codec.decode(in.getBinaryValue())
            : (T) Simple.tagged("" + tag).read(in);
    if (in.nextToken() != JsonToken.END_OBJECT) {
      throw new CodecException("a value has more than one form");
    }
    return value;
  }
}
