package dev.larder.disk;

import dev.larder.CacheSpec;
import dev.larder.Placement;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import dev.larder.spi.Payload;
import dev.larder.spi.Store;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.StoreProvider;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** Disk stores over {@link FakeTable}; the topology is {@code fake-disk}. */
public final class FakeDiskProvider implements StoreProvider {
  private static final ConcurrentHashMap<String, ConcurrentHashMap<String, FakeTable>> TABLES =
      new ConcurrentHashMap<>();

  private static ConcurrentHashMap<String, FakeTable> at(Placement placement) {
    return TABLES.computeIfAbsent(
        placement.options().getOrDefault("disk.path", ""), any -> new ConcurrentHashMap<>());
  }

  static FakeTable table(CacheSpec<?, ?> spec) {
    return at(spec.placement()).computeIfAbsent(spec.name(), any -> new FakeTable());
  }

  @Override
  public String topology() {
    return "fake-disk";
  }

  @Override
  public boolean holdsBytes() {
    return true;
  }

  @Override
  public boolean inProcess() {
    return true;
  }

  @Override
  public Set<String> names(Placement placement, Context context) {
    return new TreeSet<>(at(placement).keySet());
  }

  @Override
  public void destroy(CacheSpec<?, ?> spec, Context context) {
    at(spec.placement()).remove(spec.name());
  }

  @Override
  @SuppressWarnings("unchecked") // a provider that holds bytes is asked for nothing else
  public <K, V> Store<K, V> open(CacheSpec<?, ?> spec, StoreEvents<K, V> events, Context context) {
    return (Store<K, V>)
        DiskStore.open(
            spec,
            DiskOptions.of(spec),
            watcher -> table(spec).reopened(),
            (StoreEvents<Bytes, Payload>) events,
            context);
  }
}
