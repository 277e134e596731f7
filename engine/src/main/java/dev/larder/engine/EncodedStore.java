package dev.larder.engine;

import dev.larder.CacheException;
import dev.larder.CacheSpec;
import dev.larder.Entry;
import dev.larder.Life;
import dev.larder.MissCause;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import dev.larder.spi.Cursor;
import dev.larder.spi.Kept;
import dev.larder.spi.Lease;
import dev.larder.spi.Look;
import dev.larder.spi.Meta;
import dev.larder.spi.Page;
import dev.larder.spi.Payload;
import dev.larder.spi.Result;
import dev.larder.spi.Selection;
import dev.larder.spi.Step;
import dev.larder.spi.StoreInfo;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import dev.larder.spi.Unit;
import dev.larder.spi.Update;
import dev.larder.spi.Update.Carrier;
import dev.larder.spi.Update.Shape;
import dev.larder.spi.Upkeep;
import dev.larder.spi.Verbs;
import dev.larder.spi.Verbs.At;
import dev.larder.spi.WaitingStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Objects over a store of bytes: the only place where the two meet, for disk, remote and cluster
 * alike.
 *
 * <p>A verb with a wire name becomes one request, its argument encoded and its result decoded by
 * the shape it declares. A pure verb without one compares values by {@code equals}, which the owner
 * of bytes cannot: it is decided here on a fresh look and applied if the version still holds, else
 * decided anew. A verb with user code runs here under a lease, on the calling thread when the
 * caller waits.
 *
 * <p>Longer than the house likes because it is the whole of a store, each operation once.
 */
final class EncodedStore<K, V> extends WaitingStore<K, V> {
  static final Duration LEASE = Duration.ofSeconds(30);

  /**
   * So often a compare-and-change is decided anew before the caller hears that the key is too busy.
   */
  private static final int ATTEMPTS = 1_000;

  /** So often a verb is sent again because an entry in its way could not be read. */
  private static final int UNREADABLE = 10;

  private final String cache;
  private final WaitingStore<Bytes, Payload> inner;
  private final Encoding<K, V> encoding;
  private final Context context;
  private final Grants<K> grants;
  private final Life life;

  EncodedStore(
      CacheSpec<K, V> spec,
      WaitingStore<Bytes, Payload> inner,
      Encoding<K, V> encoding,
      Context context) {
    this.cache = spec.name();
    this.inner = inner;
    this.encoding = encoding;
    this.context = context;
    this.grants = new Grants<>(spec.name());
    this.life = spec.expiry().life();
  }

  @Override
  public CompletionStage<Look<V>> find(K key, Touch touch) {
    var bytes = encoding.key(key);
    return inner.find(bytes, touch).thenApply(look -> decoded(bytes, look));
  }

  @Override
  public Look<V> findAndWait(K key, Touch touch) {
    var bytes = encoding.key(key);
    return decoded(bytes, inner.findAndWait(bytes, touch));
  }

  @Override
  public CompletionStage<Look<V>> prefetch(K key) {
    return inner
        .prefetch(encoding.key(key))
        .thenApply(
            look -> {
              var entry = encoding.decoded(look.entry());
              return entry == null ? Look.miss(0, MissCause.UNKNOWN) : Look.hit(entry);
            });
  }

  private Look<V> decoded(Bytes key, Look<Payload> look) {
    var found = look.entry();
    if (found == null) {
      return new Look<>(null, look.fillToken(), look.missing());
    }
    var entry = encoding.decoded(found);
    if (entry == null) {
      drop(key, found);
      return Look.miss(look.fillToken(), MissCause.SCHEMA);
    }
    return new Look<>(entry, look.fillToken(), null);
  }

  /** An entry that cannot be read is in the way; it goes if it is still the same. */
  private void drop(Bytes key, Stored<Payload> unreadable) {
    inner.updateLater(
        key,
        Verbs.<Payload>at(),
        new At<>(unreadable.version(), At.Action.REMOVE, null, Life.UNCHANGED));
  }

  @Override
  public CompletionStage<Map<K, Stored<V>>> findAll(Collection<? extends K> keys, Touch touch) {
    var byBytes = new LinkedHashMap<Bytes, K>();
    keys.forEach(key -> byBytes.put(encoding.key(key), key));
    return inner.findAll(byBytes.keySet(), touch).thenApply(found -> decoded(byBytes, found));
  }

  @Override
  public CompletionStage<Map<K, Look<V>>> announceAll(Collection<? extends K> keys) {
    var byBytes = new LinkedHashMap<Bytes, K>();
    keys.forEach(key -> byBytes.put(encoding.key(key), key));
    return inner
        .announceAll(byBytes.keySet())
        .thenApply(
            looks -> {
              var decoded = new HashMap<K, Look<V>>();
              byBytes.forEach(
                  (bytes, key) -> {
                    var look = looks.get(bytes);
                    if (look != null) {
                      decoded.put(key, decoded(bytes, look));
                    }
                  });
              return decoded;
            });
  }

  private Map<K, Stored<V>> decoded(Map<Bytes, K> keys, Map<Bytes, Stored<Payload>> found) {
    var entries = new HashMap<K, Stored<V>>();
    found.forEach(
        (bytes, stored) -> {
          var key = keys.get(bytes);
          var entry = encoding.decoded(stored);
          if (entry == null) {
            drop(bytes, stored);
          } else if (key != null) {
            entries.put(key, entry);
          }
        });
    return entries;
  }

  @Override
  public <A, R extends @Nullable Object> CompletionStage<Result<R>> updateLater(
      K key, Update<A, V, R> update, A argument) {
    if (update.wireName() != null) {
      return sent(key, update, argument);
    }
    if (update.pure()) {
      return compared(key, update, argument, ATTEMPTS);
    }
    return CompletableFuture.supplyAsync(() -> leased(key, update, argument), context.executor());
  }

  @Override
  public <A, R extends @Nullable Object> Result<R> updateAndWait(
      K key, Update<A, V, R> update, A argument) {
    if (!update.pure()) {
      return leased(key, update, argument);
    }
    grants.beforeWait(key);
    try {
      return update.wireName() == null
          ? join(compared(key, update, argument, ATTEMPTS))
          : sentAndWait(key, update, argument);
    } finally {
      grants.afterWait();
    }
  }

  private <A, R extends @Nullable Object> Result<R> sentAndWait(
      K key, Update<A, V, R> update, A argument) {
    var packing = new Packing(key);
    Update<Object, Payload, R> verb = ofBytes(update);
    var result = inner.updateAndWait(encoding.key(key), verb, packing.packed(update, argument));
    return join(readable(key, update, argument, packing, result, UNREADABLE));
  }

  private <A, R extends @Nullable Object> CompletionStage<Result<R>> sent(
      K key, Update<A, V, R> update, A argument) {
    return sent(key, update, argument, UNREADABLE);
  }

  /**
   * Where a verb did nothing because of an entry that nobody here can read, that goes, which the
   * look at it sees to, and the verb is sent again.
   */
  private <A, R extends @Nullable Object> CompletionStage<Result<R>> sent(
      K key, Update<A, V, R> update, A argument, int attempts) {
    var packing = new Packing(key);
    return inner
        .updateLater(
            encoding.key(key), EncodedStore.<R>ofBytes(update), packing.packed(update, argument))
        .thenCompose(result -> readable(key, update, argument, packing, result, attempts));
  }

  private <A, R extends @Nullable Object> CompletionStage<Result<R>> readable(
      K key, Update<A, V, R> update, A argument, Packing packing, Result<?> result, int attempts) {
    var known = packing.unpacked(update, result);
    var hindered =
        result.value() instanceof Payload && known.value() == null && known.version() == 0;
    return hindered && attempts > 0
        ? find(key, Touch.PEEK).thenCompose(look -> sent(key, update, argument, attempts - 1))
        : CompletableFuture.completedFuture(known);
  }

  /** The same constant, seen from the side of bytes. */
  @SuppressWarnings("unchecked") // what it is applied to there was encoded by the shape it declares
  private static <R extends @Nullable Object> Update<Object, Payload, R> ofBytes(
      Update<?, ?, ?> update) {
    return (Update<Object, Payload, R>) update;
  }

  /**
   * One verb on its way there and back. It remembers the value that went, so that a tier in front
   * gets that one instead of another decoded from its bytes.
   */
  private final class Packing {
    private final K key;
    private @Nullable V value;
    private byte @Nullable [] bytes;

    Packing(K key) {
      this.key = key;
    }

    @SuppressWarnings("unchecked") // the shape says that the argument is, or carries, a value
    Object packed(Update<?, V, ?> update, Object argument) {
      return switch (update.argument()) {
        case PLAIN -> argument;
        case VALUE -> packed((V) argument, Meta.NONE);
        case CARRIER -> ((Carrier<V>) argument).map(carried -> packed(carried, meta(argument)));
      };
    }

    private Payload packed(V sent, Meta meta) {
      var payload = encoding.payload(key, sent, meta);
      value = sent;
      bytes = payload.array();
      return payload;
    }

    private Meta meta(Object argument) {
      return argument instanceof Verbs.Terms<?> terms ? terms.meta() : Meta.NONE;
    }

    @SuppressWarnings({
      "unchecked",
      "NullAway"
    }) // the shape says what the result is; the type variable admits null
    <R extends @Nullable Object> Result<R> unpacked(Update<?, V, R> update, Result<?> result) {
      var given = result.value();
      if (update.result() == Shape.VALUE && given instanceof Payload payload) {
        given = encoding.value(payload);
      }
      return new Result<>(
          (R) given,
          result.failure(),
          result.outcomeKnown(),
          result.version(),
          unpacked(result.after()));
    }

    private @Nullable Stored<?> unpacked(@Nullable Stored<?> after) {
      if (after == null) {
        return null;
      }
      var inForce = inForce((Payload) after.value());
      return inForce == null
          ? null
          : new Stored.Snapshot<>(inForce, after.deadline(), after.version(), after.meta());
    }

    private @Nullable V inForce(@Nullable Payload payload) {
      return payload == null || payload.array() == bytes ? value : encoding.value(payload);
    }
  }

  private <A, R extends @Nullable Object> CompletionStage<Result<R>> compared(
      K key, Update<A, V, R> update, A argument, int attempts) {
    if (attempts == 0) {
      return CompletableFuture.failedFuture(
          new StoreException(
              "cache '"
                  + cache
                  + "': "
                  + ATTEMPTS
                  + " other writes came between; nothing was changed"));
    }
    return find(key, Touch.PEEK)
        .thenCompose(
            look -> {
              var entry = look.entry();
              var trial =
                  new TrialSlot<K, V>(
                      key, entry, context.clock().exact(), token -> false, life, null);
              var result = update.apply(argument, trial);
              var change = entry == null ? null : trial.at(entry.version());
              return change == null
                  ? CompletableFuture.completedFuture(Result.of(result, 0))
                  : sent(key, Verbs.at(), change)
                      .thenCompose(
                          done ->
                              done.value()
                                  ? CompletableFuture.completedFuture(
                                      Result.of(result, done.version(), done.after()))
                                  : compared(key, update, argument, attempts - 1));
            });
  }

  private <A, R extends @Nullable Object> Result<R> leased(
      K key, Update<A, V, R> update, A argument) {
    grants.beforeWait(key);
    Lease<V> lease;
    try {
      lease = granted(cache, lease(key, LEASE));
    } finally {
      grants.afterWait();
    }
    grants.held(key);
    try {
      var result = update.apply(argument, lease.slot());
      var change = join(lease.commit());
      return change == null
          ? Result.of(result, 0)
          : Result.of(result, change.version(), lease.after());
    } finally {
      grants.ended(key);
      lease.release();
    }
  }

  /**
   * Waits for a lease; one that comes after the wait was broken off is given back. Whatever becomes
   * of the request for it, no entry changes by it.
   */
  static <V> Lease<V> granted(String cache, CompletionStage<Lease<V>> coming) {
    try {
      return join(coming);
    } catch (OutcomeUnknownException e) {
      coming.thenAccept(Lease::release);
      var why =
          e.getCause() instanceof InterruptedException
              ? "interrupted while waiting for the key"
              : "the key was asked for, and no answer came";
      throw new StoreException("cache '" + cache + "': " + why + "; nothing was changed", e);
    } catch (RuntimeException e) {
      coming.thenAccept(Lease::release);
      throw e;
    }
  }

  /** A step whose value cannot be encoded or weighed fails by itself, or all do where all must. */
  @Override
  public CompletionStage<List<Result<?>>> updateAll(List<Step<K, V>> steps, Unit unit) {
    var sent = new ArrayList<Step<Bytes, Payload>>(steps.size());
    var packings = new ArrayList<Packing>(steps.size());
    var refused = new HashMap<Integer, Result<?>>();
    for (int each = 0; each < steps.size(); each++) {
      var packing = new Packing(steps.get(each).key());
      packings.add(packing);
      try {
        sent.add(encoded(steps.get(each), packing));
      } catch (CacheException e) {
        if (unit == Unit.ALL_OR_NOTHING) {
          throw e;
        }
        refused.put(each, Result.failed(e, true));
      }
    }
    return inner
        .updateAll(sent, unit)
        .thenApply(results -> merged(steps, packings, results, refused));
  }

  private Step<Bytes, Payload> encoded(Step<K, V> step, Packing packing) {
    return new Step<>(
        encoding.key(step.key()),
        EncodedStore.<@Nullable Object>ofBytes(step.update()),
        packing.packed(step.update(), step.argument()));
  }

  private List<Result<?>> merged(
      List<Step<K, V>> steps,
      List<Packing> packings,
      List<Result<?>> results,
      Map<Integer, Result<?>> refused) {
    var merged = new ArrayList<Result<?>>(steps.size());
    var came = results.iterator();
    for (int each = 0; each < steps.size(); each++) {
      var failed = refused.get(each);
      merged.add(
          failed == null
              ? packings.get(each).unpacked(steps.get(each).update(), came.next())
              : failed);
    }
    return merged;
  }

  @Override
  public Unit unit() {
    return inner.unit();
  }

  @Override
  public CompletionStage<Page<K, V>> scan(Cursor from, int limit) {
    return inner.scan(from, limit).thenApply(this::decoded);
  }

  private Page<K, V> decoded(Page<Bytes, Payload> page) {
    var entries = new ArrayList<Entry<K, V>>(page.entries().size());
    for (var entry : page.entries()) {
      var key = encoding.keyOrNull(entry.key());
      var value = encoding.value(entry.value());
      if (key != null && value != null) {
        entries.add(new Entry<>(key, value, entry.deadline(), entry.version()));
      }
    }
    return new Page<>(entries, page.next());
  }

  @Override
  public CompletionStage<Lease<V>> lease(K key, Duration atMost) {
    return inner
        .lease(encoding.key(key), atMost)
        .thenApply(lease -> new EncodedLease<>(key, lease, encoding));
  }

  @Override
  public CompletionStage<Void> invalidate(Selection what) {
    return inner.invalidate(what);
  }

  @Override
  public CompletionStage<Long> maintain(Upkeep what) {
    return inner.maintain(what);
  }

  @Override
  public MissCause explain(K key) {
    return inner.explain(encoding.key(key));
  }

  @Override
  public void eventsWanted() {
    inner.eventsWanted();
  }

  @Override
  public void accessed(K key, long instant) {
    inner.accessed(encoding.key(key), instant);
  }

  @Override
  public long accessInterval() {
    return inner.accessInterval();
  }

  @Override
  public void remember(List<K> keys) {
    inner.remember(keys.stream().map(encoding::key).toList());
  }

  @Override
  public List<K> remembered(int limit) {
    var keys = new ArrayList<K>();
    for (var bytes : inner.remembered(limit)) {
      var key = encoding.keyOrNull(bytes);
      if (key != null) {
        keys.add(key);
      }
    }
    return keys;
  }

  @Override
  public @Nullable Iterator<Kept<K, V>> coldestFirst() {
    var ordered = inner.coldestFirst();
    return ordered == null ? null : new DecodedIterator<>(ordered, encoding);
  }

  @Override
  public StoreInfo info() {
    return inner.info();
  }

  @Override
  public void close() {
    inner.close();
  }
}
