package dev.larder.engine;

import dev.larder.CacheSpec;
import dev.larder.MissCause;
import dev.larder.TierStats;
import dev.larder.spi.Context;
import dev.larder.spi.Cursor;
import dev.larder.spi.EvictionPolicy;
import dev.larder.spi.FillTokens;
import dev.larder.spi.Kept;
import dev.larder.spi.Lease;
import dev.larder.spi.Look;
import dev.larder.spi.Page;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/*
 * Why no copy is ever staler than an operation that has ended, without a lock held over the authority:
 *
 *   fills    the reads of the authority that will leave a copy, one for each key; who comes second shares the first.
 *   writes   the writes that will leave a copy, by a token for each key.
 *
 *   1. A copy is put only if its fill, or its write token, is still there, asked under the lock of the copy.
 *   2. Whoever has written takes the fill of the key away, and its own token; if that is gone he takes away whatever
 *      token is there, and the copy.
 *   3. Whoever has read the authority takes the write token away, and any copy of another version than he saw.
 *
 * By 2 what was read before a write is not put after it, and of two writes at once neither leaves a copy, or the one
 * that ended last does and the other was over when it began. By 3 a read that shows a write which is still under way
 * leaves no older copy behind for the next read. Both hold for a write by anybody: the authority tells of those that do
 * not come through here (eviction, expiry, other processes) by `outdated`. Decision 0016.
 */
/**
 * A store made of two: copies in memory in front of an authority, which alone knows what is right,
 * decides, expires, evicts and reports. Disk under memory and a near cache are this class.
 *
 * <p>Longer than the house likes because every operation that touches the rules above is here.
 */
final class TieredStore<K, V> extends WaitingStore<K, V> {
  /** So many keys are remembered over a restart at most. */
  private static final int MOST_REMEMBERED = 100_000;

  private final WaitingStore<K, V> authority;
  private final Copies<K, V> copies;
  private final StaleReads<K, V> stale;
  private final String cache;
  private final Context context;
  private final ConcurrentHashMap<K, Fill<V>> fills = new ConcurrentHashMap<>();
  private final FillTokens<K> writes = new FillTokens<>();
  private final LongAdder authorityHits = new LongAdder();
  private final String place;
  private volatile boolean closed;

  private TieredStore(
      CacheSpec<K, V> spec,
      WaitingStore<K, V> authority,
      Copies<K, V> copies,
      StaleReads<K, V> stale,
      Context context) {
    this.cache = spec.name();
    this.place = spec.placement().topology();
    this.authority = authority;
    this.copies = copies;
    this.stale = stale;
    this.context = context;
  }

  /**
   * Opens both tiers, and fetches in the background what was hot when they were closed.
   *
   * @param opener opens the authority, given where it reports changes
   */
  static <K, V> TieredStore<K, V> open(
      CacheSpec<K, V> spec,
      TierOptions options,
      EvictionPolicy.Provider policy,
      Context context,
      StoreEvents<K, V> events,
      Function<StoreEvents<K, V>, ? extends WaitingStore<K, V>> opener) {
    var told = new TierEvents<>(events, options.freshness().maxStaleness());
    var authority = opener.apply(told);
    try {
      var tiered = assembled(spec, options, policy, authority, context);
      told.to(tiered);
      if (options.warmStart() > 0) {
        new WarmStart<>(tiered, options.warmStart()).begin();
      }
      return tiered;
    } catch (RuntimeException | Error e) {
      authority.close();
      throw e;
    }
  }

  private static <K, V> TieredStore<K, V> assembled(
      CacheSpec<K, V> spec,
      TierOptions options,
      EvictionPolicy.Provider policy,
      WaitingStore<K, V> authority,
      Context context) {
    if (!options.freshness().limited()) {
      var copies = new Copies<>(spec, options, policy, authority, context);
      return new TieredStore<>(spec, authority, copies, StaleReads.none(), context);
    }
    var copies = new NearCopies<>(spec, options, policy, authority, context);
    StaleReads<K, V> stale =
        options.freshness().whileFailing() ? new StaleReads<>(copies::stale) : StaleReads.none();
    return new TieredStore<>(spec, authority, copies, stale, context);
  }

  /** The authority tells that copies older than this version are outdated. */
  void outdated(K key, long version) {
    outdate(key);
    copies.forgetBefore(key, version);
  }

  String cache() {
    return cache;
  }

  Context context() {
    return context;
  }

  WaitingStore<K, V> authority() {
    return authority;
  }

  Copies<K, V> copies() {
    return copies;
  }

  boolean closed() {
    return closed;
  }

  @Override
  public @Nullable V value(K key) {
    return copies.value(key);
  }

  @Override
  public @Nullable Stored<V> atHand(K key, Touch touch) {
    return copies.get(key, touch);
  }

  @Override
  public CompletionStage<Look<V>> find(K key, Touch touch) {
    if (touch == Touch.REFRESH) {
      return authority.find(key, touch).thenApply(look -> seen(key, touch, look));
    }
    var copy = copies.get(key, touch);
    if (copy != null) {
      return CompletableFuture.completedFuture(Look.hit(copy));
    }
    return stale.orCopyLater(
        key,
        () ->
            touch == Touch.READ
                ? filled(key, Touch.READ).thenApply(this::counted)
                : authority.find(key, touch).thenApply(look -> seen(key, touch, look)));
  }

  /** The calling thread reads the authority itself, unless another does so for the same key. */
  @Override
  public Look<V> findAndWait(K key, Touch touch) {
    if (touch == Touch.REFRESH) {
      return seen(key, touch, authority.findAndWait(key, touch));
    }
    var copy = copies.get(key, touch);
    if (copy != null) {
      return Look.hit(copy);
    }
    return stale.orCopy(
        key,
        () ->
            touch == Touch.READ
                ? counted(filledAndWait(key))
                : seen(key, touch, authority.findAndWait(key, touch)));
  }

  /** The authority was read without a fill: by rule 3 no copy of another version stays. */
  private Look<V> seen(K key, Touch touch, Look<V> look) {
    seen(key, look.entry());
    return touch == Touch.PEEK ? look : counted(look);
  }

  private Look<V> counted(Look<V> look) {
    if (look.entry() != null) {
      authorityHits.increment();
    }
    return look;
  }

  /**
   * Reads the authority and leaves a copy, or shares such a read that is under way. {@link
   * Touch#PEEK} is for copies that nobody has asked for.
   */
  CompletionStage<Look<V>> filled(K key, Touch touch) {
    var mine = fill();
    var other = fills.putIfAbsent(key, mine);
    if (other != null) {
      return copies.recent(other.began)
          ? other
          : authority.find(key, touch).thenApply(look -> seen(key, Touch.PEEK, look));
    }
    try {
      // Once more: a copy that came since the first look may be newer than what the authority shows
      // in between.
      var copy = copies.get(key, touch);
      if (copy != null) {
        landed(key, mine, Look.hit(copy), null);
      } else {
        var unused =
            (touch == Touch.PEEK ? authority.prefetch(key) : authority.find(key, touch))
                .whenComplete((look, e) -> landed(key, mine, look, e));
      }
    } catch (RuntimeException | Error e) {
      landed(key, mine, null, e);
    }
    return mine;
  }

  /** As {@link #filled}; the calling thread does the work if the read is its own. */
  private Look<V> filledAndWait(K key) {
    var mine = fill();
    var other = fills.putIfAbsent(key, mine);
    if (other != null) {
      return copies.recent(other.began)
          ? join(other)
          : seen(key, Touch.PEEK, authority.findAndWait(key, Touch.READ));
    }
    try {
      var copy = copies.get(key, Touch.READ);
      var look = copy == null ? authority.findAndWait(key, Touch.READ) : Look.hit(copy);
      landed(key, mine, look, null);
      return look;
    } catch (RuntimeException | Error e) {
      landed(key, mine, null, e);
      throw e;
    }
  }

  private Fill<V> fill() {
    return new Fill<>(context.clock().now(), copies.instant());
  }

  /** A read of the authority that will leave a copy. */
  private static final class Fill<V> extends CompletableFuture<Look<V>> {
    /** When it began, by the coarse clock. */
    final long since;

    /** When it began, as {@link Copies#instant} says. */
    final long began;

    Fill(long since, long began) {
      this.since = since;
      this.began = began;
    }
  }

  private void landed(K key, Fill<V> mine, @Nullable Look<V> look, @Nullable Throwable failure) {
    try {
      if (look == null || failure != null) {
        mine.completeExceptionally(failure == null ? new IllegalStateException() : failure);
        return;
      }
      var entry = look.entry();
      var value = entry == null ? null : entry.value();
      writes.outdate(key);
      if (entry == null
          || value == null
          || !copies.put(key, value, entry, mine.since, () -> fills.remove(key, mine))) {
        copies.forgetUnless(key, version(entry));
      }
      mine.complete(look);
    } finally {
      fills.remove(key, mine);
      mine.completeExceptionally(new IllegalStateException("a read of the store was left alone"));
    }
  }

  private static long version(@Nullable Stored<?> entry) {
    return entry == null ? 0 : entry.version();
  }

  /** The authority was read without a fill: by rule 3 no copy of another version stays. */
  private void seen(K key, @Nullable Stored<V> entry) {
    outdate(key);
    copies.forgetUnless(key, version(entry));
  }

  /** Takes away what would leave a copy of the key. */
  private void outdate(K key) {
    fills.remove(key);
    writes.outdate(key);
  }

  private void forget(K key) {
    outdate(key);
    copies.forget(key);
  }

  /** Takes every copy away, and what would leave one. */
  void forgetAll() {
    fills.clear();
    writes.outdateAll();
    copies.clear();
  }

  @Override
  public CompletionStage<Map<K, Stored<V>>> findAll(Collection<? extends K> keys, Touch touch) {
    var found = new HashMap<K, Stored<V>>();
    var missing = new ArrayList<K>();
    for (K key : keys) {
      var copy = copies.get(key, touch);
      if (copy == null) {
        missing.add(key);
      } else {
        found.put(key, copy);
      }
    }
    if (missing.isEmpty()) {
      return CompletableFuture.completedFuture(found);
    }
    return StaleReads.begun(() -> authority.findAll(missing, touch))
        .handle(
            (rest, failure) -> {
              if (failure == null) {
                return together(found, missing, rest);
              }
              found.putAll(stale.instead(missing, failure));
              return found;
            });
  }

  @Override
  public CompletionStage<Map<K, Look<V>>> announceAll(Collection<? extends K> keys) {
    return authority
        .announceAll(keys)
        .thenApply(
            looks -> {
              looks.forEach((key, look) -> seen(key, Touch.FILL, look));
              return looks;
            });
  }

  private Map<K, Stored<V>> together(
      Map<K, Stored<V>> found, List<K> missing, Map<K, Stored<V>> rest) {
    missing.forEach(key -> seen(key, rest.get(key)));
    authorityHits.add(rest.size());
    found.putAll(rest);
    return found;
  }

  @Override
  public void eventsWanted() {
    authority.eventsWanted();
  }

  /** Every change that was in force at this moment has been told. */
  void confirmed(long ticks) {
    copies.confirmed(ticks);
  }

  @Override
  public <A, R extends @Nullable Object> Result<R> updateAndWait(
      K key, Update<A, V, R> update, A argument) {
    var since = context.clock().now();
    var token = writes.register(key);
    Result<R> result;
    try {
      result = authority.updateAndWait(key, update, argument);
    } catch (RuntimeException | Error e) {
      forget(key);
      throw e;
    }
    written(key, token, since, result, update.pure());
    return result;
  }

  @Override
  public <A, R extends @Nullable Object> CompletionStage<Result<R>> updateLater(
      K key, Update<A, V, R> update, A argument) {
    var since = context.clock().now();
    var token = writes.register(key);
    try {
      return authority
          .updateLater(key, update, argument)
          .whenComplete(
              (result, failure) -> {
                if (failure != null || result == null) {
                  forget(key);
                } else {
                  written(key, token, since, result, update.pure());
                }
              });
    } catch (RuntimeException | Error e) {
      forget(key);
      throw e;
    }
  }

  /**
   * A change is over: its copy takes the place of the older one, by rule 2, or there is none. User
   * code may have moved a deadline, of which nothing is said; so no copy stays then.
   */
  private void written(K key, long token, long since, Result<?> result, boolean pure) {
    if (pure && result.failure() == null && result.version() == 0 && result.after() == null) {
      writes.redeem(key, token);
      return;
    }
    @SuppressWarnings("unchecked") // a result of this store's verb tells of this store's entry
    var after = (Stored<V>) result.after();
    var value = after == null ? null : after.value();
    fills.remove(key);
    if (after == null
        || value == null
        || !copies.put(key, value, after, since, () -> writes.redeem(key, token))) {
      forget(key);
    }
  }

  /** Copies go when the steps are in force, or may be. */
  @Override
  public CompletionStage<List<Result<?>>> updateAll(List<Step<K, V>> steps, Unit unit) {
    BiConsumer<Object, Object> after =
        (results, failure) -> steps.forEach(step -> forget(step.key()));
    try {
      return authority.updateAll(steps, unit).whenComplete(after);
    } catch (RuntimeException | Error e) {
      steps.forEach(step -> forget(step.key()));
      throw e;
    }
  }

  @Override
  public Unit unit() {
    return authority.unit();
  }

  @Override
  public CompletionStage<Page<K, V>> scan(Cursor from, int limit) {
    return authority.scan(from, limit);
  }

  @Override
  public @Nullable Iterator<Kept<K, V>> coldestFirst() {
    return authority.coldestFirst();
  }

  @Override
  public CompletionStage<Lease<V>> lease(K key, Duration atMost) {
    return authority
        .lease(key, atMost)
        .thenApply(lease -> new TieredLease<>(lease, () -> forget(key)));
  }

  @Override
  public CompletionStage<Void> invalidate(Selection what) {
    return authority.invalidate(what).whenComplete((none, failure) -> forgetAll());
  }

  @Override
  public CompletionStage<Long> maintain(Upkeep what) {
    if (what instanceof Upkeep.Purge) {
      copies.purge();
    }
    return authority.maintain(what);
  }

  @Override
  public MissCause explain(K key) {
    return authority.explain(key);
  }

  @Override
  public StoreInfo info() {
    var info = authority.info();
    return new StoreInfo(
        info.bounds(),
        info.size(),
        info.weight(),
        info.bytes(),
        info.peakSize(),
        info.evictions(),
        info.expirations(),
        problems(info),
        details(info),
        List.of(
            copies.stats(),
            new TierStats(
                place, authorityHits.sum(), info.evictions(), info.size(), info.bytes())));
  }

  private List<String> problems(StoreInfo info) {
    var all = new ArrayList<>(info.problems());
    Stream.of(copies.problem(), stale.problem()).filter(each -> !each.isEmpty()).forEach(all::add);
    return all;
  }

  private Map<String, String> details(StoreInfo info) {
    var all = new HashMap<>(info.details());
    all.putAll(copies.details());
    if (stale.served() > 0) {
      all.put("near.stale.reads", Long.toString(stale.served()));
    }
    return all;
  }

  /** Leaves the authority the keys of the copies, so that they can be had again. Idempotent. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    try {
      var keys = copies.hottestFirst();
      authority.remember(keys.subList(0, Math.min(keys.size(), MOST_REMEMBERED)));
    } finally {
      try {
        authority.close();
      } finally {
        copies.clear();
      }
    }
  }
}
