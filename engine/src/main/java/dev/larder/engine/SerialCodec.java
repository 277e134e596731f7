package dev.larder.engine;

import dev.larder.Codec;
import dev.larder.CodecException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Java serialization behind an allow-list: what it wrote itself comes back, nothing else unasked.
 */
public final class SerialCodec<T> implements Codec<T> {
  private static final Set<Class<?>> SIMPLE =
      Set.of(
          String.class,
          Integer.class,
          Long.class,
          Short.class,
          Byte.class,
          Character.class,
          Boolean.class,
          Double.class,
          Float.class,
          BigInteger.class,
          BigDecimal.class,
          UUID.class);

  private final SerialFilter filter;
  private final ClassLoader loader;

  SerialCodec(SerialFilter filter, ClassLoader loader) {
    this.filter = filter;
    this.loader = loader;
  }

  /**
   * A codec that reads back what it wrote itself, for copies within this process.
   *
   * @param loader where classes are looked up
   */
  public SerialCodec(ClassLoader loader) {
    this(new SerialFilter(List.of()), loader);
  }

  @Override
  public String contentType() {
    return "application/x-java-serialized-object";
  }

  @Override
  public byte[] encode(T value) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new Writer(bytes)) {
      out.writeObject(value);
    } catch (IOException | RuntimeException e) {
      throw new CodecException(
          "a value of type " + value.getClass().getName() + " cannot be serialized: " + e, e);
    }
    return bytes.toByteArray();
  }

  @Override
  @SuppressWarnings("unchecked") // as the caller declared it; the front's callers cast anyway
  public T decode(byte[] bytes) {
    try (var in = new Reader(new ByteArrayInputStream(bytes))) {
      return (T) in.readObject();
    } catch (IOException | ClassNotFoundException | RuntimeException e) {
      throw new CodecException(
          "serialized bytes were refused: " + e.getMessage() + filter.advice(), e);
    }
  }

  /**
   * Notes the classes it writes, so that this process can read them back. Serialization writes an
   * object twice or refers back to it, depending on whether two places hold the same one; simple
   * values are made the same where they are equal, so that equal keys made of them give equal
   * bytes.
   */
  private final class Writer extends ObjectOutputStream {
    private final Map<Object, Object> values = new HashMap<>();

    Writer(OutputStream out) throws IOException {
      super(out);
      enableReplaceObject(true);
    }

    @Override
    protected Object replaceObject(Object object) {
      if (!SIMPLE.contains(object.getClass())) {
        return object;
      }
      var first = values.putIfAbsent(object, object);
      return first == null ? object : first;
    }

    @Override
    protected void annotateClass(Class<?> type) {
      filter.allow(type);
    }
  }

  private final class Reader extends ObjectInputStream {
    Reader(InputStream in) throws IOException {
      super(in);
      setObjectInputFilter(filter);
    }

    @Override
    protected Class<?> resolveClass(ObjectStreamClass described)
        throws IOException, ClassNotFoundException {
      try {
        return Class.forName(described.getName(), false, loader);
      } catch (ClassNotFoundException e) {
        return super.resolveClass(described);
      }
    }
  }
}
