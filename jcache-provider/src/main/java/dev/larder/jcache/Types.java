package dev.larder.jcache;

import dev.larder.Checks;
import org.jspecify.annotations.Nullable;

/** The types a cache was configured with, and the checks of what is put into it. */
record Types<K, V>(String cache, Class<K> key, Class<V> value) {

  /**
   * Returns the key; throws {@link NullPointerException} when it is null and {@link
   * ClassCastException} when it is not of the type.
   */
  <T extends K> T key(@Nullable T candidate) {
    var given = Checks.notNull(candidate, "key");
    check(key, given, "keys");
    return given;
  }

  /** As {@link #key(Object)}, for a value. */
  <T extends V> T value(@Nullable T candidate) {
    var given = Checks.notNull(candidate, "value");
    check(value, given, "values");
    return given;
  }

  /** Whether the key is of the type; nearly always of exactly that, which is found out faster. */
  boolean fits(Object candidate) {
    return candidate.getClass() == key || key.isInstance(candidate);
  }

  private void check(Class<?> type, Object given, String what) {
    if (given.getClass() != type && !type.isInstance(given)) {
      throw new ClassCastException(
          "cache '"
              + cache
              + "' has "
              + what
              + " of type "
              + type.getName()
              + ", not "
              + given.getClass().getName());
    }
  }

  /** Throws {@link ClassCastException} when somebody asks for the cache with other types. */
  void checkAsked(Class<?> askedKey, Class<?> askedValue) {
    if (askedKey != key || askedValue != value) {
      throw new ClassCastException(
          "cache '"
              + cache
              + "' was configured with "
              + key.getName()
              + " to "
              + value.getName()
              + ", not "
              + askedKey.getName()
              + " to "
              + askedValue.getName());
    }
  }
}
