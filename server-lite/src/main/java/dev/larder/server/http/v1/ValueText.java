package dev.larder.server.http.v1;

import dev.larder.server.core.Contents;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/** Keys and values as members of an object in JSON or CBOR. */
final class ValueText {
  /** The names of the members that hold a value. */
  record Names(
      SerializableString value,
      SerializableString value64,
      SerializableString type,
      SerializableString schema,
      SerializableString weight) {
    Names(String value, String value64, String type, String schema, String weight) {
      this(
          new SerializedString(value),
          new SerializedString(value64),
          new SerializedString(type),
          new SerializedString(schema),
          new SerializedString(weight));
    }
  }

  /** A value. */
  static final Names VALUE = new Names("value", "value64", "type", "schema", "weight");

  /** The value before. */
  static final Names OLD = new Names("old", "old64", "oldType", "oldSchema", "oldWeight");

  private static final SerializableString KEY = new SerializedString("key");
  private static final SerializableString KEY64 = new SerializedString("key64");

  private ValueText() {}

  /** Writes a key. */
  static void key(Formats format, JsonGenerator out, Bytes key) {
    if (format == Formats.CBOR) {
      out.writeName(KEY);
      out.writeBinary(key.array());
      return;
    }
    var text = text(key);
    if (text == null) {
      out.writeName(KEY64);
      out.writeBinary(key.array());
    } else {
      out.writeName(KEY);
      out.writeString(text);
    }
  }

  /** The key as text, null where it is none. */
  static @Nullable String text(Bytes key) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(key.array())).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Writes a value, JSON in JSON as it stands, and what it carries where that is not usual. */
  static void value(Formats format, JsonGenerator out, Names names, Payload value) {
    bytes(format, out, names, value);
    var meta = value.meta();
    if (meta.schema() != 0) {
      out.writeName(names.schema);
      out.writeNumber(meta.schema());
    }
    if (meta.weight() != Contents.WEIGHT) {
      out.writeName(names.weight);
      out.writeNumber(meta.weight());
    }
  }

  private static void bytes(Formats format, JsonGenerator out, Names names, Payload value) {
    var type = value.meta().contentType();
    if (format == Formats.JSON && Formats.json(type) && Formats.isJson(value.array())) {
      out.writeName(names.value);
      out.writeRawValue(new String(value.array(), StandardCharsets.UTF_8));
      if (!type.equals(Contents.JSON)) {
        type(out, names, type);
      }
      return;
    }
    out.writeName(format == Formats.JSON ? names.value64 : names.value);
    out.writeBinary(value.array());
    if (!type.isEmpty() && !type.equals(Contents.RAW)) {
      type(out, names, type);
    }
  }

  private static void type(JsonGenerator out, Names names, String type) {
    out.writeName(names.type);
    out.writeString(type);
  }
}
