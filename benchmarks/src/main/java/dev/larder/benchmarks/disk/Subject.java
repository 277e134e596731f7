package dev.larder.benchmarks.disk;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A store under measurement, through its own API. Used by several threads. */
interface Subject extends AutoCloseable {
  byte @Nullable [] get(String key);

  void put(String key, byte[] value);

  void putAll(Map<String, byte[]> entries);

  @Override
  void close();
}
