package dev.larder.disk;

import dev.larder.CacheException;
import dev.larder.CacheSpec;
import dev.larder.MissCause;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import dev.larder.spi.Cursor;
import dev.larder.spi.Kept;
import dev.larder.spi.Lease;
import dev.larder.spi.Look;
import dev.larder.spi.Page;
import dev.larder.spi.Payload;
import dev.larder.spi.Result;
import dev.larder.spi.Selection;
import dev.larder.spi.Step;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.StoreInfo;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import dev.larder.spi.Unit;
import dev.larder.spi.Update;
import dev.larder.spi.Upkeep;
import dev.larder.spi.WaitingStore;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Entries as bytes in a file, with what is not committed yet in memory in front of it. All work is
 * done on the calling thread, so that every stage is complete when it is returned; changes are
 * reported there too, while the key is held.
 *
 * <p>Locks, outermost first: the keys (by a lease, over user code; several in the order of their
 * bytes), the one of the {@link Evictor}, the one of the {@link Flusher}, the gate of the {@link
 * Overlay}. Whoever has a later one never waits for an earlier one: eviction and expiry pass a key
 * by that is held. Decision 0018.
 *
 * <p>Longer than the house likes because it is every operation of a store, each a few lines.
 */
final class DiskStore extends WaitingStore<Bytes, Payload> {
  private static final System.Logger LOG = System.getLogger("dev.larder");
  private static final int PURGE_BATCH = 256;

  private final DiskOptions options;
  private final Table table;
  private final Entries entries;
  private final Flusher flusher;
  private final Evictor evictor;
  private final Writes writes;
  private final Reads reads;
  private final AtomicBoolean closing = new AtomicBoolean();

  private DiskStore(
      CacheSpec<?, ?> spec,
      DiskOptions options,
      Function<Table.Watcher, Table> tables,
      StoreEvents<Bytes, Payload> events,
      Context context) {
    this.options = options;
    var clock = context.clock();
    var rules = new Rules(spec, options.exactAccess(), clock.resolutionMillis());
    var watching = new Watching();
    this.table = tables.apply(watching);
    this.entries = new Entries(spec, table, rules, events, clock);
    this.flusher = new Flusher(entries, options, context);
    this.evictor = new Evictor(entries, flusher, spec);
    this.writes = new Writes(entries, flusher, evictor);
    this.reads = new Reads(entries, flusher);
    watching.begin(this);
  }

  /**
   * Opens a store.
   *
   * @param tables opens its table, given who watches it
   * @throws StoreException when it fails; the table is closed then
   */
  static DiskStore open(
      CacheSpec<?, ?> spec,
      DiskOptions options,
      Function<Table.Watcher, Table> tables,
      StoreEvents<Bytes, Payload> events,
      Context context) {
    var table = new AtomicReference<@Nullable Table>();
    try {
      var store =
          new DiskStore(
              spec,
              options,
              watcher -> {
                var opened = tables.apply(watcher);
                table.set(opened);
                return opened;
              },
              events,
              context);
      store.flusher.start();
      return store;
    } catch (RuntimeException | Error e) {
      var opened = table.get();
      if (opened == null) {
        throw e;
      }
      close(opened, e);
      throw new StoreException("cache '" + spec.name() + "' could not be opened: " + e, e);
    }
  }

  private static void close(Table table, Throwable because) {
    try {
      table.close();
    } catch (StoreException e) {
      because.addSuppressed(e);
    }
  }

  @Override
  public CompletionStage<Look<Payload>> find(Bytes key, Touch touch) {
    return done(() -> reads.find(key, touch));
  }

  @Override
  public CompletionStage<Map<Bytes, Stored<Payload>>> findAll(
      Collection<? extends Bytes> keys, Touch touch) {
    return done(() -> reads.findAll(keys, touch));
  }

  @Override
  public void accessed(Bytes key, long instant) {
    if (!entries.overlay().closed()) {
      reads.accessed(key, instant);
    }
  }

  @Override
  public <A, R extends @Nullable Object> Result<R> updateAndWait(
      Bytes key, Update<A, Payload, R> update, A argument) {
    return now(() -> writes.run(key, update, argument));
  }

  @Override
  public <A, R extends @Nullable Object> CompletionStage<Result<R>> updateLater(
      Bytes key, Update<A, Payload, R> update, A argument) {
    return done(() -> writes.run(key, update, argument));
  }

  @Override
  public CompletionStage<List<Result<?>>> updateAll(List<Step<Bytes, Payload>> steps, Unit unit) {
    return done(() -> writes.runAll(steps, unit));
  }

  @Override
  public Unit unit() {
    return Unit.ALL_OR_NOTHING;
  }

  @Override
  public CompletionStage<Page<Bytes, Payload>> scan(Cursor from, int limit) {
    return done(() -> reads.scan(from, limit));
  }

  @Override
  public Iterator<Kept<Bytes, Payload>> coldestFirst() {
    return now(
        () -> {
          flusher.flush(true);
          return new ColdestFirst(entries);
        });
  }

  @Override
  public CompletionStage<Lease<Payload>> lease(Bytes key, Duration atMost) {
    return done(() -> writes.lease(key));
  }

  @Override
  public CompletionStage<@Nullable Void> invalidate(Selection what) {
    if (!(what instanceof Selection.All)) {
      throw new UnsupportedOperationException(
          "a disk store invalidates all entries; tags come with a later version");
    }
    return this.<@Nullable Void>done(
        () -> {
          // Before: a load that begins from now on sees what the invalidation was about.
          entries.tokens().outdateAll();
          var gone = entries.overlay().clear();
          entries.heads().begin(entries.overlay().state().era());
          entries.departures().allLeft(gone, MissCause.INVALIDATED);
          flusher.afterWrite(entries.overlay().state().open());
          return null;
        });
  }

  @Override
  public CompletionStage<Long> maintain(Upkeep what) {
    return done(() -> maintained(what));
  }

  private long maintained(Upkeep what) {
    if (what instanceof Upkeep.Evict evict) {
      return evictor.evict(evict.entries());
    }
    return what instanceof Upkeep.Resize resize ? evictor.resize(resize.bounds()) : purge();
  }

  /** The index of the table knows what has expired once all that moves deadlines is committed. */
  private long purge() {
    long gone = 0;
    while (true) {
      flusher.flush(true);
      var now = entries.clock().exact();
      var expired = table.expired(now, PURGE_BATCH);
      var left = expired.stream().filter(row -> entries.expire(row.key(), now)).count();
      gone += left;
      if (left == 0 || expired.size() < PURGE_BATCH) {
        return gone;
      }
    }
  }

  @Override
  public MissCause explain(Bytes key) {
    return entries.departures().likely(key.hashCode());
  }

  @Override
  public void remember(List<Bytes> keys) {
    try {
      now(
          () -> {
            table.remember(keys);
            return true;
          });
    } catch (StoreException e) {
      LOG.log(
          Level.WARNING,
          "cache '" + entries.cache() + "': which entries were hot could not be kept",
          e);
    }
  }

  @Override
  public List<Bytes> remembered(int limit) {
    return now(() -> table.remembered(limit));
  }

  /**
   * Hands on what becomes of the file. Another cache may come upon a ruined one while this store is
   * being put together; it is told of that then.
   */
  private static final class Watching implements Table.Watcher {
    private @Nullable DiskStore store;
    private boolean missed;

    synchronized void begin(DiskStore whole) {
      store = whole;
      if (missed) {
        whole.replaced();
      }
    }

    @Override
    public synchronized void replaced() {
      if (store == null) {
        missed = true;
      } else {
        store.replaced();
      }
    }

    @Override
    public void ruined() {
      var whole = store();
      if (whole != null) {
        whole.entries.events().outdatedAll();
      }
    }

    private synchronized @Nullable DiskStore store() {
      return store;
    }
  }

  /** The file of the cache was ruined and begun anew: what is not committed is what there is. */
  private void replaced() {
    flusher.tableLost();
    var gone = entries.overlay().tableLost();
    entries.heads().begin(entries.overlay().state().era());
    entries.departures().allLeft(gone, MissCause.UNKNOWN);
  }

  @Override
  public StoreInfo info() {
    var sums = entries.overlay().sums();
    return new StoreInfo(
        evictor.bounds(),
        sums.entries(),
        sums.weight(),
        sums.bytes(),
        sums.peak(),
        entries.evictions().sum(),
        entries.expirations().sum(),
        problems(),
        new Details(this::details));
  }

  private List<String> problems() {
    var problems = new ArrayList<String>(entries.overlay().closed() ? List.of() : table.problems());
    problems.addAll(flusher.problems());
    return problems;
  }

  private Map<String, String> details() {
    var details = new TreeMap<String, String>();
    if (!entries.overlay().closed()) {
      details.putAll(table.details());
    }
    var open = entries.overlay().state().open();
    details.put("store", "disk");
    details.put("durability", options.durability().word());
    details.put("path", options.path());
    details.put("pending.rows", Integer.toString(open.count()));
    details.put(
        "pending.accesses",
        Integer.toString(open.accesses().size() + entries.overlay().recency().size()));
    details.put("schema.mismatches", Long.toString(entries.mismatches().sum()));
    details.put("commits", Long.toString(flusher.commits()));
    details.put("last.commit", Instant.ofEpochMilli(flusher.committedAt()).toString());
    return details;
  }

  /**
   * Commits all there is and closes the file. Waits for no user code: a lease that is in force then
   * brings nothing.
   *
   * @throws StoreException when the disk fails; what was not committed is lost
   */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    entries.overlay().close();
    entries.locks().close();
    try {
      flusher.close();
    } finally {
      table.close();
    }
  }

  /** Does it here; what fails because the store was closed meanwhile says so. */
  private <T extends @Nullable Object> T now(Supplier<T> work) {
    if (entries.overlay().closed()) {
      throw entries.overlay().closedException();
    }
    try {
      return work.get();
    } catch (StoreException e) {
      if (entries.overlay().closed()) {
        CacheException closed = entries.overlay().closedException();
        closed.addSuppressed(e);
        throw closed;
      }
      throw e;
    }
  }

  private <T extends @Nullable Object> CompletionStage<T> done(Supplier<T> work) {
    try {
      return CompletableFuture.completedFuture(now(work));
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }
}
