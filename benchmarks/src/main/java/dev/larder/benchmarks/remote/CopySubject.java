package dev.larder.benchmarks.remote;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.benchmarks.Keys;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Larder with all entries in this process: as a near cache of a server, or as its only place. */
final class CopySubject implements Subject {
  /** As many entries, in as much room, as the rows in process have. */
  static final int ENTRIES = 32_768;

  private static final int ROOM = 2 * ENTRIES;
  private static final int BATCH = 1_024;

  private final Larder manager = Larder.open();
  private final Cache<Long, Long> cache;

  private CopySubject(CacheSpec.Builder<Long, Long> spec) {
    cache = manager.create(spec.build());
    var entries = new java.util.HashMap<Long, Long>();
    for (var key : Keys.universe(ENTRIES)) {
      entries.put(key, key);
      if (entries.size() == BATCH) {
        cache.putAll(entries);
        entries.clear();
      }
    }
  }

  static CopySubject embedded(boolean statistics) {
    return new CopySubject(
        CacheSpec.of("embedded", Long.class, Long.class)
            .maximumEntries(ROOM)
            .statistics(statistics));
  }

  static CopySubject near(int port, boolean statistics, String clock) {
    return new CopySubject(
        LarderSubject.at(CacheSpec.of("near", Long.class, Long.class), port)
            .option("near.maximum-entries", String.valueOf(ROOM))
            .option("near.clock", clock)
            .statistics(statistics));
  }

  @Override
  public @Nullable Long copy(Long key) {
    return cache.get(key);
  }

  @Override
  public byte @Nullable [] get(String key) {
    throw new UnsupportedOperationException("only copies are measured");
  }

  @Override
  public void put(String key, byte[] value) {
    throw new UnsupportedOperationException("only copies are measured");
  }

  @Override
  public int getAll(Collection<String> keys) {
    throw new UnsupportedOperationException("only copies are measured");
  }

  @Override
  public void putAll(Map<String, byte[]> entries) {
    throw new UnsupportedOperationException("only copies are measured");
  }

  @Override
  public void close() {
    manager.close();
  }
}
