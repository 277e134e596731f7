package dev.larder.remote;

import dev.larder.Life;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import dev.larder.spi.Remainder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.SerializedString;

/**
 * An operation on one entry.
 *
 * @param word its name on the wire
 * @param key the key
 * @param value what is written, where something is
 * @param ttl the life of what is written in milliseconds, {@link Life#UNCHANGED} for the rule of
 *     the cache
 * @param number the version that the entry must have, the fill token, or how long a load may take,
 *     by the operation; negative for none
 * @param way what a read means, or what is done to a version
 * @param left what was left of the life of a value that is put back
 */
record EntryOp(
    Word word,
    Bytes key,
    @Nullable Payload value,
    long ttl,
    long number,
    @Nullable Way way,
    @Nullable Remainder left)
    implements Op {

  /** No number. */
  static final long NONE = -1;

  private static final int SMALL = 64;
  private static final SerializableString OP = new SerializedString("op");
  private static final SerializableString KEY = new SerializedString("key");
  private static final SerializableString VALUE = new SerializedString("value");
  private static final SerializableString TYPE = new SerializedString("type");
  private static final SerializableString SCHEMA = new SerializedString("schema");
  private static final SerializableString WEIGHT = new SerializedString("weight");
  private static final SerializableString TTL = new SerializedString("ttl");

  /** The operations there are. */
  @SuppressWarnings("ImmutableEnumChecker") // text made once never changes
  enum Word {
    GET("get", "single"),
    PUT("put", ""),
    PUT_WITH("put-with", ""),
    GET_AND_PUT("get-and-put", ""),
    PUT_IF_ABSENT("put-if-absent", ""),
    REPLACE("replace", ""),
    DELETE("delete", ""),
    REMOVE("remove", ""),
    TOUCH("touch", ""),
    TOUCH_UNTIL("touch-until", ""),
    FILL("fill", "token"),
    PUT_BACK("put-back", ""),
    AT("at", "ifVersion");

    private final SerializableString text;
    private final SerializableString number;

    Word(String text, String number) {
      this.text = new SerializedString(text);
      this.number = new SerializedString(number);
    }
  }

  /** What a read means, or what is done to a version. */
  @SuppressWarnings("ImmutableEnumChecker") // as above
  enum Way {
    READ("touch", "read"),
    PEEK("touch", "peek"),
    FILL("touch", "fill"),
    REFRESH("touch", "refresh"),
    WRITE("action", "write"),
    REMOVE("action", "remove"),
    TOUCH("action", "touch");

    private final SerializableString member;
    private final SerializableString text;

    Way(String member, String text) {
      this.member = new SerializedString(member);
      this.text = new SerializedString(text);
    }
  }

  /** A read. */
  static EntryOp get(Bytes key, Way way) {
    return new EntryOp(Word.GET, key, null, Life.UNCHANGED, NONE, way, null);
  }

  /** A read that announces a load, by one at a time, which may take so many milliseconds. */
  static EntryOp getSingle(Bytes key, long millis) {
    return new EntryOp(Word.GET, key, null, Life.UNCHANGED, millis, Way.FILL, null);
  }

  /** What needs nothing but the key. */
  static EntryOp bare(Word word, Bytes key) {
    return new EntryOp(word, key, null, Life.UNCHANGED, NONE, null, null);
  }

  /** A write under the rule of the cache, or with a life of its own. */
  static EntryOp write(Word word, Bytes key, Payload value, long ttl) {
    return new EntryOp(word, key, value, ttl, NONE, null, null);
  }

  @Override
  public boolean repeatable() {
    return word == Word.GET && (way == Way.READ || way == Way.PEEK);
  }

  @Override
  public int size() {
    return SMALL + key.array().length + (value == null ? 0 : value.array().length);
  }

  @Override
  public void write(JsonGenerator out) {
    out.writeStartObject();
    out.writeName(OP);
    out.writeString(word.text);
    out.writeName(KEY);
    out.writeBinary(key.array());
    if (way != null && way != Way.READ) {
      out.writeName(way.member);
      out.writeString(way.text);
    }
    if (number != NONE) {
      out.writeName(word.number);
      out.writeNumber(number);
    }
    if (value != null) {
      value(out, value);
    }
    if (ttl != Life.UNCHANGED) {
      life(out, TTL, ttl);
    }
    if (left != null) {
      left(out, left);
    }
    out.writeEndObject();
  }

  private static void value(JsonGenerator out, Payload value) {
    out.writeName(VALUE);
    out.writeBinary(value.array());
    var meta = value.meta();
    if (!meta.contentType().equals("application/octet-stream")) {
      out.writeName(TYPE);
      out.writeString(meta.contentType());
    }
    if (meta.schema() != 0) {
      out.writeName(SCHEMA);
      out.writeNumber(meta.schema());
    }
    if (meta.weight() != 1) {
      out.writeName(WEIGHT);
      out.writeNumber(meta.weight());
    }
  }

  private static void left(JsonGenerator out, Remainder left) {
    life(out, TTL, left.life());
    if (left.limit() != Life.FOREVER) {
      life(out, new SerializedString("limit"), left.limit());
    }
    out.writeBooleanProperty("own", left.own());
    out.writeBooleanProperty("hot", left.hot());
  }

  private static void life(JsonGenerator out, SerializableString name, long millis) {
    out.writeName(name);
    if (millis >= Lives.LONGEST) {
      out.writeString(Lives.FOREVER);
    } else {
      out.writeNumber(millis);
    }
  }

  /** The name and the length of the key: keys and values may be secret. */
  @Override
  public String toString() {
    return word.text.getValue() + " of a key of " + key;
  }
}
