package dev.larder.remote;

import dev.larder.CacheSpec;
import dev.larder.MissCause;
import dev.larder.remote.EntryOp.Way;
import dev.larder.remote.EntryOp.Word;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import dev.larder.spi.Cursor;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one cache of a server. A verb with a wire name is one operation there, run by name
 * where the entry lives; reads are operations too, and many at a time share a request. What runs
 * the user's code runs here, under a lease.
 */
final class RemoteStore extends WaitingStore<Bytes, Payload> {
  /** The longest key that servers take. */
  static final int LONGEST_KEY = 256 << 10;

  /** The longest value that servers take. */
  static final int LONGEST_VALUE = 64 << 20;

  /** So many accesses may be on their way to the server; further ones are left out. */
  static final int ACCESSES = 1_000;

  /**
   * How often the server hears that a copy is still read. Each time is an operation of its own, so
   * one for each second and copy would be more traffic than many a cache has; and what is read once
   * in this time does not look cold to a server that keeps an order of accesses.
   */
  static final Duration ACCESS_INTERVAL = Duration.ofSeconds(30);

  private final String cache;
  private final Context context;
  private final Link link;
  private final EventFeed feed;
  private final Requests requests;
  private final Looks looks;
  private final Leases leases;
  private final Duration leaseTime;
  private final Chores chores;
  private final AtomicInteger accesses = new AtomicInteger();

  private RemoteStore(
      CacheSpec<?, ?> spec,
      RemoteOptions options,
      Link link,
      Requests requests,
      EventFeed feed,
      Context context) {
    this.cache = spec.name();
    this.context = context;
    this.link = link;
    this.feed = feed;
    this.requests = requests;
    this.looks = new Looks(cache, requests, spec.hooks().loadTimeout());
    this.leases = new Leases(cache, requests, spec.expiry().life());
    this.leaseTime = options.lease();
    this.chores = new Chores(spec, requests, link, feed);
  }

  /** Opens the cache at the server: creates it, or attaches to it. */
  static RemoteStore open(
      CacheSpec<?, ?> spec, StoreEvents<Bytes, Payload> events, Context context) {
    var options = RemoteOptions.of(spec.name(), spec.placement());
    var link = Links.to(options, context);
    var requests = new Requests(spec, link);
    var feed = new EventFeed(spec, link, events, context, requests::open);
    var store = new RemoteStore(spec, options, link, requests, feed, context);
    try {
      store.requests.open();
      feed.begin();
      return store;
    } catch (RuntimeException | Error e) {
      store.close();
      throw e;
    }
  }

  private Bytes checked(Bytes key) {
    var length = key.array().length;
    if (length == 0 || length > LONGEST_KEY) {
      throw new IllegalArgumentException(
          "cache '"
              + cache
              + "': the key takes "
              + length
              + " bytes; a server takes 1 to "
              + LONGEST_KEY);
    }
    return key;
  }

  private EntryOp checked(EntryOp op) {
    var value = op.value();
    if (value != null && value.array().length > LONGEST_VALUE) {
      throw new IllegalArgumentException(
          "cache '"
              + cache
              + "': the value takes "
              + value.array().length
              + " bytes; a server takes up to "
              + LONGEST_VALUE);
    }
    return op;
  }

  @Override
  public CompletionStage<Look<Payload>> find(Bytes key, Touch touch) {
    return looks.find(checked(key), touch);
  }

  @Override
  public Look<Payload> findAndWait(Bytes key, Touch touch) {
    return looks.findAndWait(checked(key), touch);
  }

  @Override
  public CompletionStage<Map<Bytes, Stored<Payload>>> findAll(
      Collection<? extends Bytes> keys, Touch touch) {
    var way = touch == Touch.PEEK ? Way.PEEK : Way.READ;
    var wanted = new ArrayList<Bytes>(keys);
    var ops = wanted.stream().map(key -> EntryOp.get(checked(key), way)).toList();
    var answers = requests.askAll(ops);
    return all(answers)
        .thenApply(
            done -> {
              var found = new HashMap<Bytes, Stored<Payload>>();
              for (int at = 0; at < wanted.size(); at++) {
                var entry = Looks.entry(WaitingStore.join(answers.get(at)));
                if (entry != null) {
                  found.put(wanted.get(at), entry);
                }
              }
              return found;
            });
  }

  @Override
  public CompletionStage<Map<Bytes, Look<Payload>>> announceAll(Collection<? extends Bytes> keys) {
    return looks.announceAll(keys.stream().map(this::checked).toList());
  }

  private static CompletableFuture<Void> all(List<? extends CompletionStage<?>> stages) {
    return CompletableFuture.allOf(
        stages.stream()
            .map(CompletionStage::toCompletableFuture)
            .toArray(CompletableFuture[]::new));
  }

  @Override
  public <A, R extends @Nullable Object> CompletionStage<Result<R>> updateLater(
      Bytes key, Update<A, Payload, R> update, A argument) {
    var verb = WireVerb.of(update);
    var op = op(verb, key, argument);
    return requests.ask(op).thenApply(answer -> result(verb, op, argument, answer));
  }

  @Override
  public <A, R extends @Nullable Object> Result<R> updateAndWait(
      Bytes key, Update<A, Payload, R> update, A argument) {
    var verb = WireVerb.of(update);
    var op = op(verb, key, argument);
    return result(verb, op, argument, requests.askAndWait(op));
  }

  private EntryOp op(WireVerb verb, Bytes key, Object argument) {
    return checked(verb.op(checked(key), argument, context.clock().exact()));
  }

  @SuppressWarnings("unchecked") // the result is that of the verb
  private static <R extends @Nullable Object> Result<R> result(
      WireVerb verb, EntryOp op, Object argument, Answer answer) {
    return (Result<R>) verb.result(op, argument, answer);
  }

  @Override
  public CompletionStage<List<Result<?>>> updateAll(List<Step<Bytes, Payload>> steps, Unit unit) {
    if (unit == Unit.ALL_OR_NOTHING) {
      throw new UnsupportedOperationException(
          "a server applies each step by itself; use Unit.EACH");
    }
    var ops = new ArrayList<EntryOp>(steps.size());
    for (var step : steps) {
      ops.add(op(WireVerb.of(step.update()), step.key(), step.argument()));
    }
    var results = new ArrayList<CompletionStage<Result<?>>>(steps.size());
    var answers = requests.askAll(ops);
    for (int at = 0; at < steps.size(); at++) {
      results.add(result(steps.get(at), ops.get(at), answers.get(at)));
    }
    return all(results)
        .thenApply(done -> results.stream().<Result<?>>map(WaitingStore::join).toList());
  }

  private static CompletionStage<Result<?>> result(
      Step<Bytes, Payload> step, EntryOp op, CompletionStage<Answer> answer) {
    return answer.handle(
        (known, failure) -> {
          if (failure == null) {
            return WireVerb.of(step.update()).result(op, step.argument(), known);
          }
          var cause = Requests.cause(failure);
          return Result.failed(cause, !(cause instanceof dev.larder.OutcomeUnknownException));
        });
  }

  @Override
  public CompletionStage<Page<Bytes, Payload>> scan(Cursor from, int limit) {
    return chores.scan(from, limit);
  }

  @Override
  public CompletionStage<Lease<Payload>> lease(Bytes key, Duration atMost) {
    return leases.lease(checked(key), leaseTime);
  }

  @Override
  public void accessed(Bytes key, long instant) {
    if (accesses.incrementAndGet() > ACCESSES) {
      accesses.decrementAndGet();
      return;
    }
    var unused =
        requests
            .tell(EntryOp.bare(Word.TOUCH, key))
            .whenComplete((answer, failure) -> accesses.decrementAndGet());
  }

  @Override
  public long accessInterval() {
    return ACCESS_INTERVAL.toMillis();
  }

  @Override
  public CompletionStage<@Nullable Void> invalidate(Selection what) {
    return chores.invalidate(what);
  }

  @Override
  public CompletionStage<Long> maintain(Upkeep what) {
    return chores.maintain(what);
  }

  @Override
  public MissCause explain(Bytes key) {
    return chores.explain(checked(key));
  }

  @Override
  public StoreInfo info() {
    return chores.info();
  }

  @Override
  public void eventsWanted() {
    feed.want();
  }

  @Override
  public void close() {
    requests.close();
    feed.close();
    link.release();
  }
}
