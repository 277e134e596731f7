package dev.larder.server.core;

import dev.larder.CacheSpec;
import dev.larder.Placement;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import dev.larder.spi.Payload;
import dev.larder.spi.Store;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.StoreProvider;
import dev.larder.spi.WaitingStore;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Topology {@code stalling}: the disk store in memory behind a door that a test can shut. While it
 * is shut every operation waits in the thread that asked for it, as with a disk that hangs.
 */
public final class StallingStores implements StoreProvider {
  private static final AtomicReference<CountDownLatch> DOOR =
      new AtomicReference<>(new CountDownLatch(0));
  private static final Phaser ARRIVED = new Phaser(1);

  /** A cache of this topology. */
  public static CacheSpec<Bytes, Payload> spec(String name) {
    return Databases.spec(name).topology("stalling").option("disk.path", ":memory:").build();
  }

  /** From now on operations wait. */
  public static void shut() {
    DOOR.set(new CountDownLatch(1));
  }

  /** Lets all go on. */
  public static void open() {
    DOOR.get().countDown();
  }

  /** Waits until some operation has come to the door since {@code phase}. */
  public static void awaitArrival(int phase) {
    ARRIVED.awaitAdvance(phase);
  }

  /** What {@link #awaitArrival} takes, read before the operation is begun. */
  public static int phase() {
    return ARRIVED.getPhase();
  }

  /** Found without making the others of its kind, of which this is one. */
  private static StoreProvider disk() {
    return ServiceLoader.load(StoreProvider.class).stream()
        .filter(provider -> provider.type().getName().equals("dev.larder.disk.DiskStoreProvider"))
        .findFirst()
        .orElseThrow()
        .get();
  }

  static void pass() {
    ARRIVED.arrive();
    try {
      DOOR.get().await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted at the door", e);
    }
  }

  @Override
  public String topology() {
    return "stalling";
  }

  @Override
  public boolean holdsBytes() {
    return true;
  }

  @Override
  public Set<String> names(Placement placement, Context context) {
    return Set.of();
  }

  @Override
  public void destroy(CacheSpec<?, ?> spec, Context context) {}

  @Override
  @SuppressWarnings("unchecked") // it holds bytes
  public <K, V> Store<K, V> open(CacheSpec<?, ?> spec, StoreEvents<K, V> events, Context context) {
    Store<Bytes, Payload> inner =
        disk().open(spec, (StoreEvents<Bytes, Payload>) (StoreEvents<?, ?>) events, context);
    return (Store<K, V>) (Store<?, ?>) new StallingStore((WaitingStore<Bytes, Payload>) inner);
  }
}
