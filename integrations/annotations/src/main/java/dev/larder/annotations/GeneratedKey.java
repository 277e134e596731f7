package dev.larder.annotations;

import java.util.Arrays;
import javax.cache.annotation.GeneratedCacheKey;
import org.jspecify.annotations.Nullable;

/**
 * The values of the key parameters of a call, equal where {@link Arrays#deepEquals} says so, and,
 * where methods would collide, the name of the method.
 *
 * <p>Arrays are copied, so that nobody changes them afterwards. Other arguments are kept as they
 * are: should one that is a key change, the hash, which stays, no longer finds the entry, and a
 * wrong one is not found either. The hash is not written when a key is serialized, since that of
 * many objects differs between processes. Fields and their names are written into caches.
 */
final class GeneratedKey implements GeneratedCacheKey {
  private static final long serialVersionUID = 1L;

  private final String family;

  @SuppressWarnings("serial") // as serializable as the arguments are
  private final @Nullable Object[] parameters;

  private final transient int hash;

  private GeneratedKey(String family, @Nullable Object[] parameters) {
    this.family = family;
    this.parameters = parameters;
    this.hash = 31 * Arrays.deepHashCode(parameters) + family.hashCode();
  }

  /**
   * A key of these values.
   *
   * @param family the name of the method, empty where it is no part of the key
   * @param parameters the caller's to give away
   */
  static GeneratedKey of(String family, @Nullable Object[] parameters) {
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = kept(parameters[i]);
    }
    return new GeneratedKey(family, parameters);
  }

  /** The same values for another family. */
  GeneratedKey in(String other) {
    return new GeneratedKey(other, parameters);
  }

  private static @Nullable Object kept(@Nullable Object value) {
    if (value == null || !value.getClass().isArray()) {
      return value;
    }
    if (value instanceof Object[] objects) {
      var copy = objects.clone();
      for (int i = 0; i < copy.length; i++) {
        var each = kept(copy[i]);
        if (each != copy[i]) {
          copy[i] = each;
        }
      }
      return copy;
    }
    return copyOfPrimitives(value);
  }

  private static Object copyOfPrimitives(Object array) {
    var length = java.lang.reflect.Array.getLength(array);
    var copy = java.lang.reflect.Array.newInstance(array.getClass().getComponentType(), length);
    System.arraycopy(array, 0, copy, 0, length);
    return copy;
  }

  /** With the hash of this process. */
  private Object readResolve() {
    return new GeneratedKey(family, parameters);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public boolean equals(@Nullable Object object) {
    return this == object
        || (object instanceof GeneratedKey other
            && hash == other.hash
            && family.equals(other.family)
            && Arrays.deepEquals(parameters, other.parameters));
  }

  /** The name, if the key has one, and the values: {@code find[7, [a, b]]}. */
  @Override
  public String toString() {
    return family + Arrays.deepToString(parameters);
  }
}
