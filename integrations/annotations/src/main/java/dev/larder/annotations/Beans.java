package dev.larder.annotations;

/**
 * Where the objects come from that annotations name by class: resolver factories and key
 * generators. A container gives its own beans, so that they are injected; {@link #constructed}
 * makes them by their constructor. Asked once for each annotated method. Safe for all threads.
 */
@FunctionalInterface
public interface Beans {

  /**
   * An object of the type, never null.
   *
   * @throws RuntimeException when there is none; it says which type was asked for
   */
  <T> T get(Class<T> type);

  /**
   * Makes each object anew by the constructor without arguments, whatever its visibility.
   *
   * @return beans whose {@code get} throws {@link javax.cache.CacheException} naming the class and
   *     what it lacks, or carrying what its constructor threw
   */
  static Beans constructed() {
    return new Constructed();
  }
}
