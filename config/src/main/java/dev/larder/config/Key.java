package dev.larder.config;

import dev.larder.CacheSpec;

/**
 * One row of the table of keys.
 *
 * @param name the key path within its area
 * @param kind what values it takes
 * @param fallback what holds where it is not set, for the reference
 * @param places the topologies where it does something, for the reference; empty for keys that are
 *     none of a cache's
 * @param meaning a sentence or two for the reference
 * @param setter what it does to a description; {@link Setter#none} where {@link Completion} treats
 *     several keys together, and for keys that are none of a cache's
 */
record Key<T>(
    String name, Kind<T> kind, String fallback, String places, String meaning, Setter<T> setter) {

  /** Puts a value into the description of a cache. */
  @FunctionalInterface
  interface Setter<T> {
    void set(CacheSpec.Builder<?, ?> spec, T value);

    static <T> Setter<T> none() {
      return (spec, value) -> {};
    }
  }

  /** An option that only the store knows. */
  static Key<String> option(String name) {
    return new Key<>(name, Kinds.TEXTS, "", "", "", Setter.none());
  }

  /** Puts a value that this row has read into a description. */
  void apply(CacheSpec.Builder<?, ?> spec, Object value) {
    setter.set(spec, kind.type().cast(value));
  }
}
