package dev.larder.benchmarks.disk;

import java.nio.file.Path;
import java.util.Map;
import org.ehcache.Cache;
import org.ehcache.PersistentCacheManager;
import org.ehcache.config.builders.CacheConfigurationBuilder;
import org.ehcache.config.builders.CacheManagerBuilder;
import org.ehcache.config.builders.ResourcePoolsBuilder;
import org.ehcache.config.units.EntryUnit;
import org.ehcache.config.units.MemoryUnit;
import org.jspecify.annotations.Nullable;

/** Ehcache's tier of disk under its tier of heap; it keeps nothing after a crash. */
final class EhcacheSubject implements Subject {
  private static final long DISK_GIGABYTES = 4;

  private final PersistentCacheManager manager;
  private final Cache<String, byte[]> cache;

  EhcacheSubject(Path folder, int inMemory) {
    var pools =
        ResourcePoolsBuilder.newResourcePoolsBuilder()
            .heap(inMemory, EntryUnit.ENTRIES)
            .disk(DISK_GIGABYTES, MemoryUnit.GB, true);
    manager =
        CacheManagerBuilder.newCacheManagerBuilder()
            .with(CacheManagerBuilder.persistence(folder.resolve("ehcache").toFile()))
            .withCache(
                "bench",
                CacheConfigurationBuilder.newCacheConfigurationBuilder(
                    String.class, byte[].class, pools))
            .build(true);
    cache = manager.getCache("bench", String.class, byte[].class);
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
