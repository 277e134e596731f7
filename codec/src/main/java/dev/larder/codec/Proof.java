package dev.larder.codec;

import dev.larder.SnapshotException;
import java.io.ByteArrayOutputStream;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads the first value of each class back while a snapshot is made: a codec that cannot is better
 * found now than at the restart that needs the file.
 */
final class Proof<T> {
  /** So many classes are remembered; past them every value is read back. */
  private static final int CLASSES = 10_000;

  private final String what;
  private final Form<T> form;
  private final Layout layout;
  private final boolean mustEqual;
  private final Set<Class<?>> proved = new HashSet<>();

  /**
   * A proof of one form.
   *
   * @param mustEqual whether every class must come back equal, as keys must; otherwise only those
   *     that define {@code equals}
   */
  Proof(String what, Form<T> form, Layout layout, boolean mustEqual) {
    this.what = what;
    this.form = form;
    this.layout = layout;
    this.mustEqual = mustEqual;
  }

  void check(T value) {
    var type = value.getClass();
    if (proved.contains(type)) {
      return;
    }
    T back;
    try {
      back = back(value);
    } catch (RuntimeException e) {
      throw new SnapshotException(
          "a "
              + what
              + " of type "
              + type.getName()
              + " could not be restored from its form '"
              + form.name()
              + "': "
              + e.getMessage(),
          e);
    }
    if (!back.equals(value) && (mustEqual || comparable(type))) {
      throw new SnapshotException(
          "a "
              + what
              + " of type "
              + type.getName()
              + " would not come back equal from its form '"
              + form.name()
              + "'; declare its exact type where the cache is described, or choose another codec with"
              + " the option codec (java keeps every type)");
    }
    if (proved.size() < CLASSES) {
      proved.add(type);
    }
  }

  private T back(T value) {
    var bytes = new ByteArrayOutputStream();
    try (var out = layout.mapper().createGenerator(bytes)) {
      form.write(value, out);
    }
    try (var in = layout.mapper().createParser(bytes.toByteArray())) {
      in.nextToken();
      return form.read(in);
    }
  }

  private static boolean comparable(Class<?> type) {
    try {
      return !type.isArray()
          && type.getMethod("equals", Object.class).getDeclaringClass() != Object.class;
    } catch (NoSuchMethodException e) {
      throw new IllegalStateException("every class has equals", e);
    }
  }
}
