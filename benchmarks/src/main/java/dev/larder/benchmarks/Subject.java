package dev.larder.benchmarks;

import org.jspecify.annotations.Nullable;

/** A cache under measurement. Every operation is one call of the cache's own. */
interface Subject extends AutoCloseable {
  /** The value of the key; with {@link Setup#readThrough} never null. */
  @Nullable Long get(Long key);

  void put(Long key, Long value);

  @Override
  default void close() {}
}
