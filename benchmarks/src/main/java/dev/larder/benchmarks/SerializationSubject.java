package dev.larder.benchmarks;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A map that gives copies made by Java serialization. */
final class SerializationSubject implements Subject {
  private final ConcurrentHashMap<Long, Object> map = new ConcurrentHashMap<>();
  private final Values values;

  SerializationSubject(Setup setup) {
    values = setup.values();
  }

  private static Object copy(Object object) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(object);
      out.flush();
      try (var in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
        return in.readObject();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public @Nullable Long get(Long key) {
    var value = map.get(key);
    return value == null ? null : values.keyOf(copy(value));
  }

  @Override
  public void put(Long key, Long value) {
    map.put(key, copy(values.make(value)));
  }
}
