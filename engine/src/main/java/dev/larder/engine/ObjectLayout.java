package dev.larder.engine;

import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TimeZone;
import org.jspecify.annotations.Nullable;

/*
 * HotSpot since JDK 15 puts fields of 8 bytes behind the header, aligned, and smaller ones, also those
 * of subclasses, into the gaps. As sizes are powers of two they fill the gaps without loss, so the
 * size of an instance is the header plus the sum of its fields, rounded up to 8. Not covered:
 * the 8-byte headers of -XX:+UseCompactObjectHeaders, with which an object may take 8 bytes less than
 * estimated, and @Contended fields and -XX:ObjectAlignmentInBytes, with which it takes more.
 */
/**
 * How many bytes the instances of a class take by themselves, and what they refer to. Read from the
 * types of declared fields, which needs no access to their contents.
 *
 * @param shallow bytes of one instance, without what it refers to
 * @param references its references, those of superclasses first
 */
record ObjectLayout(long shallow, List<Reference> references) {
  private static final int HEADER = 12;
  private static final int ARRAY_HEADER = 16;
  private static final int ALIGNMENT = 8;
  private static final int POINTER = pointerSize();

  /** Assumed for what cannot be looked into and whose type says nothing. */
  private static final long UNKNOWN_OBJECT = 32;

  /** Assumed for a string or an array that cannot be looked into: some 16 to 32 characters. */
  private static final long UNKNOWN_TEXT = 64;

  private static final int GUESS_DEPTH = 2;

  /** Types whose instances many objects share, so that an entry is not charged for them. */
  private static final Set<Class<?>> SHARED =
      Set.of(Class.class, Boolean.class, Locale.class, Currency.class, ClassLoader.class);

  private static final ClassValue<ObjectLayout> LAYOUTS =
      new ClassValue<>() {
        @Override
        protected ObjectLayout computeValue(Class<?> type) {
          return compute(type);
        }
      };

  /**
   * A field of a reference type.
   *
   * @param type as declared
   * @param getter a way to its content: a {@link Method} or a {@link Field}; null when there is
   *     none
   */
  record Reference(Class<?> type, @Nullable AccessibleObject getter) {}

  /** The layout of a class that is not an array; computed once per class. */
  static ObjectLayout of(Class<?> type) {
    return LAYOUTS.get(type);
  }

  /** The bytes of an array of so many elements of a type, without what they refer to. */
  static long array(long length, Class<?> component) {
    return align(ARRAY_HEADER + length * width(component));
  }

  /** The bytes of an array of so many references, without what they refer to. */
  static long pointers(long length) {
    return align(ARRAY_HEADER + length * POINTER);
  }

  /** The bytes of an object with so many references and so many bytes of other fields. */
  static long object(int pointers, int otherBytes) {
    return align(HEADER + (long) pointers * POINTER + otherBytes);
  }

  /** Whether instances of the class are shared by nature: enum constants, classes and the like. */
  static boolean isShared(Class<?> type) {
    return SHARED.contains(type)
        || Enum.class.isAssignableFrom(type)
        || TimeZone.class.isAssignableFrom(type)
        || ZoneId.class.isAssignableFrom(type)
        || Thread.class.isAssignableFrom(type)
        || ClassLoader.class.isAssignableFrom(type);
  }

  /**
   * What an object of the type is assumed to take when nothing but the type is known: its own bytes
   * and those its fields are assumed to take, two levels deep; 64 for strings and arrays, 32 where
   * the type says nothing.
   */
  static long guess(Class<?> type) {
    return guess(type, GUESS_DEPTH);
  }

  private static long guess(Class<?> type, int depth) {
    if (isShared(type)) {
      return 0;
    }
    if (type == String.class || type.isArray()) {
      return UNKNOWN_TEXT;
    }
    if (type == Object.class || Modifier.isAbstract(type.getModifiers())) {
      return UNKNOWN_OBJECT;
    }
    var layout = of(type);
    long sum = layout.shallow;
    if (depth > 0) {
      for (var reference : layout.references) {
        sum += guess(reference.type, depth - 1);
      }
    }
    return sum;
  }

  private static ObjectLayout compute(Class<?> type) {
    long bytes = HEADER;
    var references = new ArrayList<Reference>();
    try {
      for (var c = type; c != null; c = c.getSuperclass()) {
        for (var field : c.getDeclaredFields()) {
          if (Modifier.isStatic(field.getModifiers())) {
            continue;
          }
          bytes += width(field.getType());
          if (!field.getType().isPrimitive() && !field.getName().startsWith("this$")) {
            references.add(new Reference(field.getType(), getter(type, field)));
          }
        }
      }
      return new ObjectLayout(align(bytes), List.copyOf(references));
    } catch (LinkageError | RuntimeException e) {
      // A field of a class that is not on the class path; the class itself works all the same.
      return new ObjectLayout(UNKNOWN_OBJECT, List.of());
    }
  }

  /**
   * The field itself where it may be read without a flag of the virtual machine, as those of
   * classes on the class path and in open packages may; else the accessor of a public record; null
   * when there is no way. The object an inner class was made by belongs to others.
   */
  private static @Nullable AccessibleObject getter(Class<?> type, Field field) {
    if (field.trySetAccessible()) {
      return field;
    }
    if (type.isRecord() && Modifier.isPublic(type.getModifiers())) {
      for (var component : type.getRecordComponents()) {
        if (component.getName().equals(field.getName())) {
          return component.getAccessor();
        }
      }
    }
    return null;
  }

  private static int width(Class<?> type) {
    if (!type.isPrimitive()) {
      return POINTER;
    }
    if (type == long.class || type == double.class) {
      return Long.BYTES;
    }
    if (type == int.class || type == float.class) {
      return Integer.BYTES;
    }
    return type == short.class || type == char.class ? Short.BYTES : Byte.BYTES;
  }

  private static long align(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  /** HotSpot tells by a property; elsewhere references are compressed in heaps below 32 GiB. */
  private static int pointerSize() {
    var name = System.getProperty("java.vm.name", "");
    boolean hotSpot = name.contains("HotSpot") || name.contains("OpenJDK");
    boolean compressed =
        hotSpot
            ? System.getProperty("java.vm.compressedOopsMode") != null
            : Runtime.getRuntime().maxMemory() < 32L << 30;
    return compressed ? Integer.BYTES : Long.BYTES;
  }
}
