package dev.larder.benchmarks.remote;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Larder over its server as users know it, with the settings that it comes with. */
final class LarderSubject implements Subject {
  private static final int CLIENTS = 8;

  private final List<Larder> managers = new ArrayList<>();
  private final List<LarderCounter> counters = new ArrayList<>();
  private final Cache<String, byte[]> cache;

  LarderSubject(int port) {
    cache = open().create(at(CacheSpec.of("bench", String.class, byte[].class), port).build());
    for (var client = 0; client < CLIENTS; client++) {
      var numbers = at(CacheSpec.of("numbers", String.class, Long.class), port).build();
      counters.add(new LarderCounter(open().create(numbers)));
    }
  }

  /** At the server of that port, with room for everything that is measured. */
  static <K, V> CacheSpec.Builder<K, V> at(CacheSpec.Builder<K, V> spec, int port) {
    return spec.topology("remote")
        .option("remote.hosts", "127.0.0.1:" + port)
        .maximumEntries(1_000_000);
  }

  private Larder open() {
    var manager = Larder.open();
    managers.add(manager);
    return manager;
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
  public CompletionStage<byte @Nullable []> getLater(String key) {
    return cache.async().get(key);
  }

  @Override
  public int getAll(Collection<String> keys) {
    return cache.getAll(keys).size();
  }

  @Override
  public void putAll(Map<String, byte[]> entries) {
    cache.putAll(entries);
  }

  @Override
  public Counter counter(int client) {
    return counters.get(client);
  }

  @Override
  public void close() {
    managers.forEach(Larder::close);
  }

  private record LarderCounter(Cache<String, Long> cache) implements Counter {
    @Override
    public void addWithLease(String key) {
      cache.update(
          key,
          entry -> {
            var now = entry.value();
            entry.set(now == null ? 1 : now + 1);
            return null;
          });
    }

    @Override
    public void addWithRetries(String key) {
      var map = cache.asMap();
      var done = false;
      while (!done) {
        var now = cache.get(key);
        done = now == null ? map.putIfAbsent(key, 1L) == null : map.replace(key, now, now + 1);
      }
    }

    @Override
    public long value(String key) {
      var now = cache.get(key);
      return now == null ? 0 : now;
    }
  }
}
