package dev.larder.benchmarks.disk;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Larder as its users know it, durability and interval as they come. */
final class LarderSubject implements Subject {
  private static final long ENOUGH = 100_000_000;

  private final Larder manager;
  private final Cache<String, byte[]> cache;

  private LarderSubject(CacheSpec.Builder<String, byte[]> spec) {
    manager = Larder.open();
    cache = manager.create(spec.build());
  }

  static LarderSubject onDisk(Path folder, int inMemory) {
    return new LarderSubject(
        CacheSpec.of("bench", String.class, byte[].class)
            .topology("disk")
            .option("disk.path", folder.resolve("larder.db").toString())
            .option("memory.maximum-entries", String.valueOf(inMemory))
            .maximumEntries(ENOUGH));
  }

  static LarderSubject inMemory(int entries) {
    return new LarderSubject(
        CacheSpec.of("bench", String.class, byte[].class).maximumEntries(entries * 2L));
  }

  @Override
  public byte @Nullable [] get(String key) {
    return cache.get(key);
  }

  @Override
  public void put(String key, byte[] value) {
    cache.put(key, value);
  }

  @Override
  public void putAll(Map<String, byte[]> entries) {
    cache.putAll(entries);
  }

  @Override
  public void close() {
    manager.close();
  }
}
