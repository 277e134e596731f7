package dev.larder.jcache;

/** The unwrapping that every JCache object offers. */
final class Unwrap {
  private Unwrap() {}

  /** The first of the objects that is of the type. */
  static <T> T as(Class<T> type, Object... candidates) {
    for (var candidate : candidates) {
      if (type.isInstance(candidate)) {
        return type.cast(candidate);
      }
    }
    throw new IllegalArgumentException(
        "this is no " + type.getName() + "; allowed are javax.cache and dev.larder types of it");
  }
}
