package dev.larder.engine;

import static java.util.Objects.requireNonNull;

import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/*
 * No agent and no --add-opens: fields are read where the virtual machine lets everybody, which is so for
 * classes on the class path and in open packages; what others refer to is guessed from declared types. What is read is bounded: MAXIMUM_SAMPLE elements of an array, a
 * collection or a map stand for the others, MAXIMUM_DEPTH levels and MAXIMUM_OBJECTS objects for the
 * rest of the graph; beyond that types are guessed from. An object that is reached twice counts once.
 *
 * Looking into collections, maps and accessors of records runs code of the user, which may do
 * anything: whatever it throws means "cannot be looked into", and is answered by a guess.
 */
/**
 * Estimates how many bytes of the heap an object keeps for itself, in microseconds and without a
 * favour from the virtual machine. Exact (for HotSpot with its usual settings) for null, strings up
 * to a million characters, boxed numbers, arrays of primitives, {@link Bytes}, and records and
 * objects on the class path made of these; collections and maps of the JDK are close; other objects
 * are their own size plus a guess for each reference that cannot be read. What an object of a user
 * refers to counts as its own, shared or not. Boxes that the JDK shares are counted as if they were
 * not. Never throws, whatever the object does, unless the heap itself is full.
 */
final class Footprint {
  private static final int MAXIMUM_SAMPLE = 64;
  private static final int MAXIMUM_OBJECTS = 1_000;
  private static final int MAXIMUM_DEPTH = 24;
  private static final int MAXIMUM_SCAN = 1 << 20;
  private static final long MAXIMUM_SIZE = 1L << 50;
  private static final int UNKNOWN = -1;

  private final Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());

  private Footprint() {}

  /** The estimated bytes of the object and what it refers to; 0 for null. */
  static long estimate(@Nullable Object object) {
    if (object == null) {
      return 0;
    }
    long leaf = leaf(object);
    return leaf != UNKNOWN ? leaf : Math.min(MAXIMUM_SIZE, new Footprint().walk(object, 0));
  }

  private long walk(@Nullable Object object, int depth) {
    if (object == null || !seen.add(object)) {
      return 0;
    }
    long leaf = leaf(object);
    if (leaf != UNKNOWN) {
      return leaf;
    }
    if (depth >= MAXIMUM_DEPTH || seen.size() > MAXIMUM_OBJECTS) {
      return ObjectLayout.guess(object.getClass());
    }
    try {
      return inside(object, depth + 1);
    } catch (OutOfMemoryError e) {
      throw e;
    } catch (Throwable e) {
      return ObjectLayout.guess(object.getClass());
    }
  }

  private long inside(Object object, int depth) {
    if (object instanceof Object[] array) {
      return ObjectLayout.pointers(array.length) + array(array, depth);
    }
    if (object instanceof Map<?, ?> map) {
      int size = Math.max(0, map.size());
      return ContainerLayout.of(map, size)
          + sample(map.keySet().iterator(), size, depth)
          + sample(map.values().iterator(), size, depth);
    }
    if (object instanceof Collection<?> collection) {
      int size = Math.max(0, collection.size());
      return ContainerLayout.of(collection, size) + sample(collection.iterator(), size, depth);
    }
    if (object instanceof Optional<?> optional) {
      return ObjectLayout.of(Optional.class).shallow() + walk(optional.orElse(null), depth);
    }
    if (object instanceof AtomicReference<?> reference) {
      return ObjectLayout.object(1, 0) + walk(reference.get(), depth);
    }
    if (Proxy.isProxyClass(object.getClass())) {
      return ObjectLayout.object(1, 0) + walk(Proxy.getInvocationHandler(object), depth);
    }
    return fields(object, depth);
  }

  private long array(Object[] array, int depth) {
    long sum = 0;
    int sampled = Math.min(array.length, MAXIMUM_SAMPLE);
    for (int i = 0; i < sampled; i++) {
      sum += walk(array[i], depth);
    }
    return extrapolate(sum, sampled, array.length);
  }

  private long sample(Iterator<?> elements, int size, int depth) {
    long sum = 0;
    int sampled = 0;
    while (sampled < MAXIMUM_SAMPLE && elements.hasNext()) {
      sum += walk(elements.next(), depth);
      sampled++;
    }
    return extrapolate(sum, sampled, size);
  }

  private static long extrapolate(long sum, int sampled, int size) {
    if (sampled < MAXIMUM_SAMPLE || size <= sampled) {
      return sum;
    }
    return (long) Math.min(MAXIMUM_SIZE, (double) sum / sampled * size);
  }

  private long fields(Object object, int depth) {
    var layout = ObjectLayout.of(object.getClass());
    long sum = layout.shallow();
    for (var reference : layout.references()) {
      sum += field(object, reference, depth);
    }
    return sum;
  }

  private long field(Object object, ObjectLayout.Reference reference, int depth) {
    var getter = reference.getter();
    if (getter == null) {
      return ObjectLayout.guess(reference.type());
    }
    Object content;
    try {
      content =
          getter instanceof Method accessor
              ? accessor.invoke(object)
              : ((Field) getter).get(object);
    } catch (IllegalAccessException | InvocationTargetException e) {
      // Its package is not exported to us, or an accessor written by hand threw.
      return ObjectLayout.guess(reference.type());
    }
    return walk(content, depth);
  }

  /** The size of an object whose contents are known without looking at other objects. */
  private static long leaf(Object object) {
    var type = object.getClass();
    if (object instanceof String text) {
      return ObjectLayout.of(String.class).shallow() + characters(text);
    }
    if (object instanceof Bytes bytes) {
      return ObjectLayout.object(1, Integer.BYTES) + leaf(bytes.array());
    }
    if (object instanceof Payload payload) {
      // What travels beside the bytes is shared by the values of one kind.
      return ObjectLayout.object(2, 0) + leaf(payload.array());
    }
    if (type.isArray()) {
      var component = requireNonNull(type.getComponentType());
      return component.isPrimitive()
          ? ObjectLayout.array(Array.getLength(object), component)
          : UNKNOWN;
    }
    if (ObjectLayout.isShared(type)) {
      return 0;
    }
    if (object instanceof Date) {
      return ObjectLayout.of(type).shallow();
    }
    return object instanceof Number number ? number(number) : buffer(object);
  }

  private static long buffer(Object object) {
    if (object instanceof ByteBuffer buffer) {
      return ObjectLayout.of(ByteBuffer.class).shallow()
          + ObjectLayout.array(buffer.capacity(), byte.class);
    }
    return UNKNOWN;
  }

  private static long number(Number number) {
    var type = number.getClass();
    if (type == BigInteger.class) {
      long words = ((BigInteger) number).bitLength() / Integer.SIZE + 1L;
      return ObjectLayout.of(type).shallow() + ObjectLayout.array(words, int.class);
    }
    if (type == BigDecimal.class) {
      var decimal = (BigDecimal) number;
      long unscaled = decimal.precision() > 18 ? number(decimal.unscaledValue()) : 0;
      return ObjectLayout.of(type).shallow() + unscaled;
    }
    var layout = ObjectLayout.of(type);
    return layout.references().isEmpty() ? layout.shallow() : UNKNOWN;
  }

  /** One byte per character, or two for all when one needs it; looks at the first million only. */
  private static long characters(String text) {
    int length = text.length();
    for (int i = 0, end = Math.min(length, MAXIMUM_SCAN); i < end; i++) {
      if (text.charAt(i) > 0xff) {
        return ObjectLayout.array(length, char.class);
      }
    }
    return ObjectLayout.array(length, byte.class);
  }
}
