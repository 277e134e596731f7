package dev.larder.codec;

import dev.larder.CodecException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The types that JSON has a plain form for, exact in both directions. */
enum Simple {
  STRING("string", String.class) {
    @Override
    boolean writes(Object value) {
      return StandardCharsets.UTF_8.newEncoder().canEncode((String) value);
    }

    @Override
    void write(Object value, JsonGenerator out) {
      out.writeString((String) value);
    }

    @Override
    Object read(JsonParser in) {
      return text(in);
    }
  },
  INTEGER("int", Integer.class) {
    @Override
    Object read(JsonParser in) {
      return in.getIntValue();
    }
  },
  LONG("long", Long.class) {
    @Override
    Object read(JsonParser in) {
      return in.getLongValue();
    }
  },
  SHORT("short", Short.class) {
    @Override
    Object read(JsonParser in) {
      return in.getShortValue();
    }
  },
  BYTE("byte", Byte.class) {
    @Override
    Object read(JsonParser in) {
      return in.getByteValue();
    }
  },
  DOUBLE("double", Double.class) {
    @Override
    boolean writes(Object value) {
      return Double.isFinite((Double) value);
    }

    @Override
    Object read(JsonParser in) {
      return Double.valueOf(in.getString());
    }
  },
  FLOAT("float", Float.class) {
    @Override
    boolean writes(Object value) {
      return Float.isFinite((Float) value);
    }

    @Override
    Object read(JsonParser in) {
      return Float.valueOf(in.getString());
    }
  },
  BOOLEAN("boolean", Boolean.class) {
    @Override
    void write(Object value, JsonGenerator out) {
      out.writeBoolean((Boolean) value);
    }

    @Override
    Object read(JsonParser in) {
      return in.getBooleanValue();
    }
  },
  CHARACTER("char", Character.class) {
    @Override
    boolean writes(Object value) {
      return !Character.isSurrogate((Character) value);
    }

    @Override
    void write(Object value, JsonGenerator out) {
      out.writeString(value.toString());
    }

    @Override
    Object read(JsonParser in) {
      var text = text(in);
      if (text.length() != 1) {
        throw new CodecException("a character is " + text.length() + " characters long");
      }
      return text.charAt(0);
    }
  },
  UUID_("uuid", UUID.class) {
    @Override
    void write(Object value, JsonGenerator out) {
      out.writeString(value.toString());
    }

    @Override
    Object read(JsonParser in) {
      return UUID.fromString(text(in));
    }
  },
  BYTES("bytes", byte[].class) {
    @Override
    void write(Object value, JsonGenerator out) {
      out.writeBinary((byte[]) value);
    }

    @Override
    Object read(JsonParser in) {
      return in.getBinaryValue();
    }
  };

  final String tag;
  final Class<?> type;

  Simple(String tag, Class<?> type) {
    this.tag = tag;
    this.type = type;
  }

  static Optional<Simple> of(Class<?> type) {
    return Arrays.stream(values()).filter(each -> each.type == type).findFirst();
  }

  static Simple tagged(String tag) {
    return Arrays.stream(values())
        .filter(each -> each.tag.equals(tag))
        .findFirst()
        .orElseThrow(() -> new CodecException("there is no type '" + tag + "'"));
  }

  /** Whether there is a plain form for this value of the type. */
  boolean writes(Object value) {
    return true;
  }

  /** Numbers as they print: the shortest text that reads back as the same. */
  void write(Object value, JsonGenerator out) {
    out.writeNumber(value.toString());
  }

  abstract Object read(JsonParser in);

  private static String text(JsonParser in) {
    if (in.currentToken() != JsonToken.VALUE_STRING) {
      throw new CodecException("a text is expected, not " + in.currentToken());
    }
    return in.getString();
  }
}
