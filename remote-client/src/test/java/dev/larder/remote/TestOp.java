package dev.larder.remote;

import dev.larder.spi.Bytes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** Operations as plain as they come. */
record TestOp(String op, Bytes key, @Nullable Bytes value, boolean repeatable) implements Op {
  static TestOp get(String key) {
    return new TestOp("get", bytes(key), null, true);
  }

  static TestOp put(String key, String value) {
    return put(key, value.getBytes(StandardCharsets.UTF_8));
  }

  static TestOp put(String key, byte[] value) {
    return new TestOp("put", bytes(key), new Bytes(value), false);
  }

  static TestOp increment(String key) {
    return new TestOp("increment", bytes(key), null, false);
  }

  static Bytes bytes(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The value of an answer, as text. */
  static String text(Answer answer) {
    var value = answer.value();
    return value == null ? "none" : new String(value.array(), StandardCharsets.UTF_8);
  }

  @Override
  public int size() {
    return 32 + key.array().length + (value == null ? 0 : value.array().length);
  }

  @Override
  public void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeName("op");
    out.writeString(op);
    out.writeName("key");
    out.writeBinary(key.array());
    if (value != null) {
      out.writeName("value");
      out.writeBinary(value.array());
    }
    out.writeEndObject();
  }

  @Override
  public String toString() {
    return op;
  }
}
