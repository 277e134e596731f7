package dev.larder.engine;

import dev.larder.AsyncCache;
import dev.larder.Batch;
import dev.larder.Cache;
import dev.larder.CacheClosedException;
import dev.larder.CacheControl;
import dev.larder.CacheEvent;
import dev.larder.CacheListener;
import dev.larder.CacheLoadException;
import dev.larder.CacheLoader;
import dev.larder.CacheSpec;
import dev.larder.CacheWriter;
import dev.larder.Checks;
import dev.larder.Clock;
import dev.larder.Entry;
import dev.larder.Life;
import dev.larder.MutableEntry;
import dev.larder.StoreException;
import dev.larder.spi.Codecs;
import dev.larder.spi.Context;
import dev.larder.spi.ExpiryMath;
import dev.larder.spi.Inventory;
import dev.larder.spi.Kept;
import dev.larder.spi.Meta;
import dev.larder.spi.Selection;
import dev.larder.spi.Store;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.Touch;
import dev.larder.spi.Update;
import dev.larder.spi.Verbs;
import dev.larder.spi.WaitingStore;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The one cache of this project: it knows the contract of users, a {@link Store} knows the data.
 * Every read goes through {@link FrontReads}, every write through {@link #run}; the views ({@link
 * MapView}, {@link AsyncView}, {@link BatchScope}) and the JCache provider come here too.
 *
 * <p>Larger than the house likes because it is the whole of {@link Cache}; each method hands on at
 * once.
 */
public final class CacheFront<K, V> implements Cache<K, V>, Inventory<K, V> {
  /** So many loads of others that find nothing a read joins before it gives up. */
  private static final int JOINS = 10;

  private final CacheSpec<K, V> spec;
  private final Context context;
  private final Counters counters;
  private final Dispatch<K, V> dispatch;
  private final Store<K, V> store;
  private final FrontReads<K, V> reads;
  private final Loads<K, V> loads;
  private final BulkLoads<K, V> bulkLoads;
  private final StagedLoads<K, V> stagedLoads;
  private final @Nullable CustomExpiry<K, V> expiry;
  private final @Nullable CacheWriter<? super K, ? super V> writer;
  private final @Nullable CacheLoader<? super K, ? extends V> loader;
  private final @Nullable Sizer<K, V> sizer;
  private final boolean guarded;
  private final FrontControl<K, V> control;
  private final MapView<K, V> map;
  private final AsyncView<K, V> async;
  private final boolean local;
  private final Consumer<CacheFront<?, ?>> onClose;
  private volatile boolean closed;

  /**
   * Wires a cache together.
   *
   * @param local whether the store does its work on the calling thread, and reports changes there
   * @param opener opens the store, given where it reports changes
   * @param onClose told once when the cache closes
   */
  CacheFront(
      CacheSpec<K, V> spec,
      Context context,
      boolean local,
      Function<StoreEvents<K, V>, Store<K, V>> opener,
      Consumer<CacheFront<?, ?>> onClose) {
    this.spec = spec;
    this.context = context;
    this.onClose = onClose;
    this.local = local;
    this.counters = new Counters(spec.tuning().statistics());
    this.dispatch = new Dispatch<>(spec.name(), context.executor(), local, counters);
    spec.hooks().listeners().forEach(registration -> dispatch.add(registration, false));
    this.store = opener.apply(dispatch);
    this.loads = new Loads<>(this, spec.hooks().loadTimeout());
    this.bulkLoads = new BulkLoads<>(this, loads);
    this.stagedLoads = new StagedLoads<>(this, loads);
    var rule = spec.expiry();
    this.expiry =
        rule.custom() == null
            ? null
            : new CustomExpiry<>(
                spec.name(), rule.custom(), new ExpiryMath(rule.life(), rule.jitter()), counters);
    this.writer = spec.hooks().writer();
    this.loader = spec.hooks().loader();
    this.sizer = Sizer.of(spec);
    this.guarded = expiry != null || writer != null;
    this.reads = new FrontReads<>(this, expiry);
    this.map = new MapView<>(this);
    this.async = new AsyncView<>(this);
    this.control = new FrontControl<>(this);
    startCleaner();
  }

  private void startCleaner() {
    try {
      control.cleaner(true);
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  @Override
  public CacheSpec<K, V> spec() {
    return spec;
  }

  Context context() {
    return context;
  }

  @Override
  public Codecs codecs() {
    return context.codecs();
  }

  @Override
  public Clock clock() {
    return context.clock();
  }

  @Override
  public long capacity() {
    return store.info().bounds().entries();
  }

  @Override
  public Iterator<Kept<K, V>> coldestFirst() {
    checkOpen();
    var ordered = store.coldestFirst();
    return ordered != null ? ordered : new KeptIterator<>(iterator(), clock().exact());
  }

  @Override
  public boolean putBack(Kept<K, V> entry) {
    checkOpen();
    return change(entry.key(), Verbs.putBack(), new Verbs.PutBack<>(entry.value(), entry.left()));
  }

  /** Where whoever goes past this front to its {@link #store} counts what it does. */
  public Counters counters() {
    return counters;
  }

  /**
   * The entries themselves, for a server: past hooks, expiry rules in code and counters, which a
   * cache without them does not miss.
   */
  public Store<K, V> store() {
    return store;
  }

  Dispatch<K, V> dispatch() {
    return dispatch;
  }

  /**
   * Adds a listener to the running cache.
   *
   * @param propagates whether what a synchronous listener throws reaches the caller of the
   *     operation, after the change, as JSR-107 asks; otherwise it is logged and counted
   */
  public void listen(
      CacheListener.Registration<? super K, ? super V> registration, boolean propagates) {
    checkOpen();
    dispatch.add(registration, propagates);
    if (dispatch.wanted()) {
      store.eventsWanted();
    }
    reads.refresh();
  }

  /** Takes a listener away; does nothing when it is not there. */
  public void unlisten(CacheListener<?, ?> listener) {
    dispatch.remove(listener);
    reads.refresh();
  }

  @Nullable CacheLoader<? super K, ? extends V> loader() {
    return loader;
  }

  @Nullable CacheWriter<? super K, ? super V> writer() {
    return writer;
  }

  boolean guarded() {
    return guarded;
  }

  /** Whether the cache has been closed. */
  public boolean closed() {
    return closed;
  }

  void checkOpen() {
    if (closed) {
      throw new CacheClosedException("cache '" + spec.name() + "' is closed");
    }
  }

  @Override
  public String name() {
    return spec.name();
  }

  @Override
  public @Nullable V get(K key) {
    var value = reads.lookup(key);
    return value != null || loader == null ? value : loaded(key, loader);
  }

  @Override
  public V get(K key, CacheLoader<? super K, ? extends V> with) {
    Checks.notNull(with, "loader");
    var value = reads.lookup(key);
    if (value == null) {
      value = loaded(key, with);
    }
    if (value == null) {
      throw new CacheLoadException(
          "cache '" + spec.name() + "': loaders found no value for key " + key);
    }
    return value;
  }

  /** As {@link #get(Object, CacheLoader)}; null when the loader finds nothing. */
  public @Nullable V find(K key, OptionalLoader<? super K, ? extends V> with) {
    var value = reads.lookup(key);
    return value == null ? loaded(key, with) : value;
  }

  /**
   * As {@link #find}, for a loader whose value comes later; it is called on this thread, unless
   * another process was loading in vain. Reads and announces on this thread. The stage may complete
   * on any thread.
   */
  public CompletionStage<@Nullable V> findLater(K key, StagedLoader<K, V> with) {
    var value = reads.lookup(key);
    return value == null ? stagedLoads.load(key, with) : CompletableFuture.completedFuture(value);
  }

  private @Nullable V loaded(K key, CacheLoader<? super K, ? extends V> with) {
    try {
      var value = loads.load(key, with);
      // Somebody else's load, which this call joined, may have found nothing; this loader may find
      // something.
      for (int again = 0;
          value == null && again < JOINS && !(with instanceof OptionalLoader);
          again++) {
        value = loads.load(key, with);
      }
      return value;
    } finally {
      dispatch.settle();
    }
  }

  @Nullable Sizer<K, V> sizer() {
    return sizer;
  }

  @Nullable CustomExpiry<K, V> expiry() {
    return expiry;
  }

  @Override
  public Map<K, V> getAll(Collection<? extends K> keys) {
    return getAll(keys, Touch.PEEK);
  }

  /**
   * As {@link #getAll(Collection)}; {@link Touch#READ} has it count as an access of every entry.
   */
  public Map<K, V> getAll(Collection<? extends K> keys, Touch touch) {
    var wanted = Bulk.checkedKeys(keys);
    checkOpen();
    var found = WaitingStore.join(reads.findAll(wanted, touch));
    var values = new HashMap<K, V>();
    for (K key : wanted) {
      var entry = found.get(key);
      var value = entry == null ? null : entry.value();
      if (entry == null || value == null) {
        reads.missed(key, null);
        continue;
      }
      values.put(key, value);
      reads.found(key, value);
      if (expiry != null && touch == Touch.READ) {
        reads.accessed(key, entry, value, expiry);
      }
    }
    if (loader != null && values.size() < wanted.size()) {
      wanted.removeAll(values.keySet());
      values.putAll(loadTogether(wanted, loader, false));
    }
    return java.util.Collections.unmodifiableMap(values);
  }

  /**
   * Loads the keys together, with a loader that need not be the one of the cache.
   *
   * @param anew whether entries that are there are loaded anew and replaced; a write of a key
   *     meanwhile wins
   */
  public Map<K, V> loadAll(
      Collection<? extends K> keys, CacheLoader<? super K, ? extends V> with, boolean anew) {
    var wanted = Bulk.checkedKeys(keys);
    Checks.notNull(with, "loader");
    checkOpen();
    return loadTogether(wanted, with, anew);
  }

  private Map<K, V> loadTogether(
      Collection<? extends K> keys, CacheLoader<? super K, ? extends V> with, boolean anew) {
    try {
      return bulkLoads.load(keys, with, anew);
    } finally {
      dispatch.settle();
    }
  }

  /** Stores what was loaded if its token still holds; gives the token back in any case. */
  void fill(K key, @Nullable V value, long token) {
    if (value != null && dispatch.wantsLoads()) {
      dispatch.tell(CacheEvent.Type.LOADED, key, value);
    }
    var fill = new Verbs.Fill<>(value, token);
    try {
      if (expiry == null || value == null) {
        change(key, Verbs.fill(), fill);
      } else {
        change(
            key,
            Guarded.running(),
            new Guarded<>(
                name(), key, Verbs.<V>fill(), fill, null, null, expiry, spec.expiry().life()));
      }
    } catch (StoreException e) {
      // What was loaded is the answer all the same, where reads do without a failing store.
      reads.forgive(e);
    } catch (RuntimeException | Error e) {
      if (value != null) {
        giveBack(key, token, e);
      }
      throw e;
    }
  }

  /** What cannot be stored must not keep those waiting who could load it too. */
  private void giveBack(K key, long token, Throwable why) {
    try {
      change(key, Verbs.fill(), new Verbs.Fill<>(null, token));
    } catch (RuntimeException e) {
      why.addSuppressed(e);
    }
  }

  @Override
  public boolean contains(K key) {
    Checks.notNull(key, "key");
    checkOpen();
    return reads.contains(key);
  }

  @Override
  public void put(K key, V value) {
    Checks.notNull(key, "key");
    Checks.notNull(value, "value");
    tallyPut(run(key, Verbs.put(), value));
  }

  @Override
  public void put(K key, V value, Duration timeToLive) {
    Checks.notNull(key, "key");
    tallyPut(run(key, Verbs.putWith(), terms(value, timeToLive)));
  }

  static <V> Verbs.Terms<V> terms(V value, Duration timeToLive) {
    Checks.notNull(value, "value");
    return new Verbs.Terms<>(
        value, Life.millis(Checks.positive(timeToLive, "timeToLive")), Meta.NONE);
  }

  /** Whether a write stores anything: a life of zero as data says beforehand that it does not. */
  boolean stores(boolean present) {
    var life = spec.expiry().life();
    return expiry != null || (present ? life.onUpdate() : life.onCreate()) != 0;
  }

  void tallyPut(Verbs.Written written) {
    if (written != Verbs.Written.DROPPED) {
      counters.put();
    }
  }

  @Override
  public void putAll(Map<? extends K, ? extends V> entries) {
    new Bulk<>(this).putAll(entries);
  }

  @Override
  public boolean remove(K key) {
    Checks.notNull(key, "key");
    boolean removed = run(key, Verbs.delete(), Verbs.Nothing.NOTHING);
    if (removed) {
      counters.removal();
    }
    return removed;
  }

  @Override
  public void removeAll(Collection<? extends K> keys) {
    new Bulk<>(this).removeAll(keys);
  }

  @Override
  public void clear() {
    checkOpen();
    loads.outdateAll();
    WaitingStore.join(store.invalidate(Selection.ALL));
    loads.outdateAll();
  }

  @Override
  public <R extends @Nullable Object> R update(
      K key, Function<? super MutableEntry<K, V>, ? extends R> function) {
    return update(key, function, false);
  }

  /**
   * As {@link #update(Object, Function)}.
   *
   * @param readThrough whether reading a missing value in the function loads it; the loader then
   *     runs while the function has the key
   */
  public <R extends @Nullable Object> R update(
      K key, Function<? super MutableEntry<K, V>, ? extends R> function, boolean readThrough) {
    Checks.notNull(key, "key");
    Checks.notNull(function, "function");
    var edit =
        new Edit<K, V, R>(
            key, function, readThrough && loader != null ? loads.inside(loader) : null);
    Edit.Done<R> done = run(key, Edit.<K, V, R>verb(), edit);
    tally(done.edited());
    return done.result();
  }

  void tally(EditedEntry.Edited edited) {
    if (edited.existed()) {
      counters.hit();
    } else {
      counters.miss();
    }
    if (edited.put()) {
      counters.put();
    }
    if (edited.removed()) {
      counters.removal();
    }
  }

  /**
   * Runs a verb for the user: with expiry rule and writer, and listeners told before it returns.
   */
  <A, R extends @Nullable Object> R run(K key, Update<A, V, R> verb, A argument) {
    checkOpen();
    if (!guarded) {
      return runBare(key, verb, argument);
    }
    return runBare(key, Guarded.running(), guard(key, verb, argument));
  }

  <A, R extends @Nullable Object> Guarded<K, V, A, R> guard(
      K key, Update<A, V, R> verb, A argument) {
    return new Guarded<>(name(), key, verb, argument, writer, sizer, expiry, spec.expiry().life());
  }

  private <A, R extends @Nullable Object> R runBare(K key, Update<A, V, R> verb, A argument) {
    try {
      return change(key, verb, argument);
    } finally {
      loads.outdate(key);
    }
  }

  /**
   * Runs a verb that is no write by the user, so that loads under way are none the older for it.
   */
  <A, R extends @Nullable Object> R change(K key, Update<A, V, R> verb, A argument) {
    try {
      if (store instanceof WaitingStore<K, V> waiting) {
        return runWaiting(waiting, key, verb, argument);
      }
      return store.update(key, verb, argument);
    } finally {
      dispatch.settle();
    }
  }

  /**
   * Whether the calling thread does work of the store that takes long, so that whoever must not
   * wait hands the call to the executor.
   */
  boolean blocks() {
    return local && store.waits();
  }

  /** The place of entries could not be opened, and this cache of memory stands in for it. */
  void withoutStore(StoreException failure) {
    control.withoutStore(failure);
  }

  private <A, R extends @Nullable Object> R runWaiting(
      WaitingStore<K, V> waiting, K key, Update<A, V, R> verb, A argument) {
    if (!dispatch.callersWait()) {
      return waiting.update(key, verb, argument);
    }
    try (var expectation = dispatch.expect(key)) {
      var result = waiting.updateAndWait(key, verb, argument);
      expectation.await(result.version());
      return result.value();
    }
  }

  void outdateLoad(K key) {
    loads.outdate(key);
  }

  FrontReads<K, V> reads() {
    return reads;
  }

  /** A read found the store failing and does without it. */
  void storeFailed(StoreException failure) {
    control.storeFailed(failure);
  }

  Loads<K, V> loads() {
    return loads;
  }

  @Override
  public void batch(Consumer<? super Batch<K, V>> block) {
    Checks.notNull(block, "block");
    checkOpen();
    var scope = new BatchScope<K, V>();
    block.accept(scope);
    new Bulk<>(this).apply(scope.end(), store.unit());
  }

  @Override
  public long size() {
    checkOpen();
    return store.info().size();
  }

  @Override
  public ConcurrentMap<K, V> asMap() {
    return map;
  }

  @Override
  public AsyncCache<K, V> async() {
    return async;
  }

  @Override
  public CacheControl control() {
    return control;
  }

  @Override
  public Iterator<Entry<K, V>> iterator() {
    checkOpen();
    return new EntryIterator<>(this);
  }

  /**
   * Counts an entry that an iteration came upon as read by the user: a hit, and an access for
   * expiry and eviction. One request in a store that waits if reads move deadlines, else none.
   */
  public void visited(Entry<K, V> entry) {
    checkOpen();
    reads.visited(entry);
  }

  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
      reads.refresh();
    }
    control.closing();
    loads.close(new CacheClosedException("cache '" + spec.name() + "' was closed while loading"));
    dispatch.clear();
    try {
      store.close();
    } finally {
      onClose.accept(this);
    }
  }

  /** Name and size only: keys and values may be secret. */
  @Override
  public String toString() {
    return "Cache["
        + spec.name()
        + (closed ? ", closed]" : ", " + store.info().size() + " entries]");
  }

  /** Runs a conditional change and counts it as reads and writes count; for {@link MapView}. */
  <A, R extends @Nullable Object, T extends @Nullable Object> T counted(
      K key, Update<A, V, R> verb, A argument, BiFunction<Counters, R, T> tally) {
    Checks.notNull(key, "key");
    return tally.apply(counters, run(key, verb, argument));
  }
}
