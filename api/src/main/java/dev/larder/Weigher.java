package dev.larder;

/**
 * What an entry costs against a bound by weight. Called once per write (twice where there is a
 * writer, which must not hear of an entry that the weigher refuses), while the key is granted to
 * the writer and no lock is held that readers or writers of other keys need; it must depend on its
 * arguments alone. A weigher that throws or returns a negative weight refuses the write ({@link
 * CacheException}); the cache is unchanged.
 */
@FunctionalInterface
public interface Weigher<K, V> {

  /** The weight, 0 or more; an entry of weight 0 is never evicted for its weight. */
  int weigh(K key, V value);

  /** Every entry weighs one. */
  static <K, V> Weigher<K, V> one() {
    return (key, value) -> 1;
  }
}
