package dev.larder.jcache;

import dev.larder.CacheSpec;
import dev.larder.Placement;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Context;
import dev.larder.spi.Cursor;
import dev.larder.spi.Lease;
import dev.larder.spi.Look;
import dev.larder.spi.Page;
import dev.larder.spi.Payload;
import dev.larder.spi.Result;
import dev.larder.spi.Selection;
import dev.larder.spi.Slot;
import dev.larder.spi.Step;
import dev.larder.spi.Store;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.StoreInfo;
import dev.larder.spi.StoreProvider;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import dev.larder.spi.Unit;
import dev.larder.spi.Update;
import dev.larder.spi.Upkeep;
import dev.larder.spi.WaitingStore;
import dev.larder.testkit.far.FarStoreProvider;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The topology {@code counted}: the far one, with its requests counted; closing may fail. */
public final class CountedProvider implements StoreProvider {
  static final String TOPOLOGY = "counted";
  private static final AtomicInteger REQUESTS = new AtomicInteger();
  private static final Set<String> BROKEN = ConcurrentHashMap.newKeySet();

  private final FarStoreProvider far = new FarStoreProvider();

  /** The requests of all counted stores since the last call. */
  static int requests() {
    return REQUESTS.getAndSet(0);
  }

  /** Has the next store of a cache of that name that is closed say that it failed to. */
  static void breakClosing(String cache) {
    BROKEN.add(cache);
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
  public Set<String> names(Placement placement, Context context) {
    return far.names(placement, context);
  }

  @Override
  public void destroy(CacheSpec<?, ?> spec, Context context) {
    REQUESTS.incrementAndGet();
    far.destroy(spec, context);
  }

  @Override
  @SuppressWarnings("unchecked") // a provider that holds bytes is asked for nothing else
  public <K, V> Store<K, V> open(CacheSpec<?, ?> spec, StoreEvents<K, V> events, Context context) {
    var store = far.open(spec, (StoreEvents<Bytes, Payload>) events, context);
    return (Store<K, V>) new Counted(spec.name(), store);
  }

  private static final class Counted extends WaitingStore<Bytes, Payload> {
    private final String name;
    private final Store<Bytes, Payload> far;

    Counted(String name, Store<Bytes, Payload> far) {
      this.name = name.substring(name.lastIndexOf('/') + 1);
      this.far = far;
    }

    private static <T> T counted(T answer) {
      REQUESTS.incrementAndGet();
      return answer;
    }

    @Override
    public CompletionStage<Look<Payload>> find(Bytes key, Touch touch) {
      return counted(far.find(key, touch));
    }

    @Override
    public CompletionStage<Map<Bytes, Stored<Payload>>> findAll(
        Collection<? extends Bytes> keys, Touch touch) {
      return counted(far.findAll(keys, touch));
    }

    @Override
    public <A, R extends @Nullable Object> CompletionStage<Result<R>> updateLater(
        Bytes key, Update<A, Payload, R> update, A argument) {
      return counted(far.updateLater(key, update, argument));
    }

    @Override
    public CompletionStage<List<Result<?>>> updateAll(List<Step<Bytes, Payload>> steps, Unit unit) {
      return counted(far.updateAll(steps, unit));
    }

    @Override
    public CompletionStage<Page<Bytes, Payload>> scan(Cursor from, int limit) {
      return counted(far.scan(from, limit));
    }

    @Override
    public CompletionStage<Lease<Payload>> lease(Bytes key, Duration atMost) {
      return counted(far.lease(key, atMost).thenApply(CountedLease::new));
    }

    @Override
    public CompletionStage<@Nullable Void> invalidate(Selection what) {
      return counted(far.invalidate(what));
    }

    @Override
    public CompletionStage<Long> maintain(Upkeep what) {
      return counted(far.maintain(what));
    }

    @Override
    public StoreInfo info() {
      return far.info();
    }

    @Override
    public void close() {
      far.close();
      if (BROKEN.remove(name)) {
        throw new StoreException("cannot close " + name);
      }
    }
  }

  private record CountedLease(Lease<Payload> lease) implements Lease<Payload> {
    @Override
    public Slot<Payload> slot() {
      return lease.slot();
    }

    @Override
    public long fence() {
      return lease.fence();
    }

    @Override
    public CompletionStage<@Nullable Change<Payload>> commit() {
      REQUESTS.incrementAndGet();
      return lease.commit();
    }

    @Override
    public void release() {
      lease.release();
    }
  }
}
