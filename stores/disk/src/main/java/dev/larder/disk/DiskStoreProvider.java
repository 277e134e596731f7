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

/**
 * Opens stores of the topology {@code disk}: entries in an SQLite file, in which many caches have
 * room, each under its name. Options: {@code disk.path}, a file, or {@code :memory:} for tests;
 * {@code disk.durability}, {@code none}, {@code interval} (the default) or {@code each-write};
 * {@code disk.interval}, how often commits are made, 100 ms; {@code disk.access-times}, {@code
 * coarse} (the default: within a second) or {@code exact}; {@code disk.compress-above}, the size of
 * value from which on it is compressed, never; {@code disk.readers}, how many reads run beside each
 * other.
 */
public final class DiskStoreProvider implements StoreProvider {
  /** The word in descriptions. */
  public static final String TOPOLOGY = "disk";

  private final Disk disk;

  /** For {@link java.util.ServiceLoader}. */
  public DiskStoreProvider() {
    this(Disk.real());
  }

  /** Over another disk. */
  DiskStoreProvider(Disk disk) {
    this.disk = disk;
  }

  @Override
  public String topology() {
    return TOPOLOGY;
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
    var options = DiskOptions.of(placement.topology(), placement);
    return DiskFiles.names(options.path(), settings(options));
  }

  @Override
  public void destroy(CacheSpec<?, ?> spec, Context context) {
    var options = DiskOptions.of(spec);
    DiskFiles.destroy(options.path(), spec.name(), settings(options));
  }

  @Override
  @SuppressWarnings("unchecked") // a provider that holds bytes is asked for nothing else
  public <K, V> Store<K, V> open(CacheSpec<?, ?> spec, StoreEvents<K, V> events, Context context) {
    var options = DiskOptions.of(spec);
    return (Store<K, V>)
        DiskStore.open(
            spec,
            options,
            watcher -> DiskFiles.open(options.path(), spec.name(), settings(options), watcher),
            (StoreEvents<Bytes, Payload>) events,
            context);
  }

  private DiskSettings settings(DiskOptions options) {
    return new DiskSettings(
        options.durability() != Durability.NONE, options.readers(), options.compressAbove(), disk);
  }
}
