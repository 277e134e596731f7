package dev.larder.engine;

import dev.larder.Codec;
import dev.larder.CodecException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One byte that names the type, then the value, big-endian: the same bytes for equal values of the
 * simple types. What is none of them goes to another codec, if there is one.
 */
final class TaggedCodec implements Codec<Object> {
  private final Class<?> declared;
  private final @Nullable Codec<Object> others;
  private final String contentType;

  /**
   * A codec for values declared as a type; others are refused when read.
   *
   * @param others for values that are none of the simple types, or null
   */
  TaggedCodec(Class<?> declared, @Nullable Codec<Object> others) {
    this.declared = declared;
    this.others = others;
    this.contentType = "application/x-larder" + (others == null ? "" : "+" + name(others));
  }

  /** A content type has one slash (RFC 9110, 8.3.1), and servers look. */
  private static String name(Codec<?> codec) {
    return codec.contentType().replace('/', '.');
  }

  /** Whether values declared as this type need no other codec. */
  static boolean knows(Class<?> type) {
    return type == String.class
        || type == Integer.class
        || type == Long.class
        || type == Double.class
        || type == Float.class
        || type == Short.class
        || type == Byte.class
        || type == Boolean.class
        || type == Character.class
        || type == UUID.class
        || type == byte[].class;
  }

  @Override
  public String contentType() {
    return contentType;
  }

  @Override
  public byte[] encode(Object value) {
    if (value instanceof String text) {
      return string(text);
    } else if (value instanceof Integer number) {
      return tagged('i', 4).putInt(number).array();
    } else if (value instanceof Long number) {
      return tagged('l', 8).putLong(number).array();
    } else if (value instanceof Double number) {
      return tagged('d', 8).putDouble(number).array();
    } else if (value instanceof Float number) {
      return tagged('f', 4).putFloat(number).array();
    } else if (value instanceof Short number) {
      return tagged('h', 2).putShort(number).array();
    } else if (value instanceof Byte number) {
      return tagged('b', 1).put(number).array();
    } else if (value instanceof Boolean truth) {
      return tagged('z', 1).put((byte) (truth ? 1 : 0)).array();
    } else if (value instanceof Character character) {
      return tagged('c', 2).putChar(character).array();
    } else if (value instanceof UUID id) {
      return tagged('u', 16)
          .putLong(id.getMostSignificantBits())
          .putLong(id.getLeastSignificantBits())
          .array();
    } else if (value instanceof byte[] bytes) {
      return tagged('r', bytes.length).put(bytes).array();
    }
    return other(value);
  }

  /** Text that is not well-formed Unicode would not come back from UTF-8; it goes as chars. */
  private static byte[] string(String text) {
    try {
      var bytes = StandardCharsets.UTF_8.newEncoder().encode(java.nio.CharBuffer.wrap(text));
      return tagged('s', bytes.remaining()).put(bytes).array();
    } catch (CharacterCodingException e) {
      var chars = new byte[1 + 2 * text.length()];
      var out = ByteBuffer.wrap(chars).put((byte) 'S');
      text.chars().forEach(each -> out.putChar((char) each));
      return chars;
    }
  }

  private byte[] other(Object value) {
    if (others == null) {
      throw new CodecException(
          "there is no codec for "
              + value.getClass().getName()
              + "; choose one with the option codec (java, or json and cbor from larder-codec)");
    }
    var bytes = others.encode(value);
    return tagged('o', bytes.length).put(bytes).array();
  }

  private static ByteBuffer tagged(char tag, int length) {
    return ByteBuffer.allocate(1 + length).put((byte) tag);
  }

  @Override
  public Object decode(byte[] bytes) {
    if (bytes.length == 0) {
      throw new CodecException("a value has no bytes");
    }
    try {
      return checked(decode((char) bytes[0], ByteBuffer.wrap(bytes, 1, bytes.length - 1), bytes));
    } catch (java.nio.BufferUnderflowException e) {
      throw new CodecException("a value of " + bytes.length + " bytes is cut short", e);
    }
  }

  private Object checked(Object value) {
    if (!declared.isInstance(value)) {
      throw new CodecException(
          "a " + value.getClass().getName() + " is where a " + declared.getName() + " is expected");
    }
    return value;
  }

  private Object decode(char tag, ByteBuffer in, byte[] all) {
    return switch (tag) {
      case 's' -> new String(all, 1, all.length - 1, StandardCharsets.UTF_8);
      case 'S' -> in.asCharBuffer().toString();
      case 'i' -> in.getInt();
      case 'l' -> in.getLong();
      case 'd' -> in.getDouble();
      case 'f' -> in.getFloat();
      case 'h' -> in.getShort();
      case 'b' -> in.get();
      case 'z' -> in.get() != 0;
      case 'c' -> in.getChar();
      case 'u' -> new UUID(in.getLong(), in.getLong());
      case 'r' -> Arrays.copyOfRange(all, 1, all.length);
      case 'o' -> other(all);
      default -> throw new CodecException("a value begins with an unknown tag, " + (int) tag);
    };
  }

  private Object other(byte[] all) {
    if (others == null) {
      throw new CodecException(
          "a value was written with another codec; choose the same with the option codec");
    }
    return others.decode(Arrays.copyOfRange(all, 1, all.length));
  }
}
