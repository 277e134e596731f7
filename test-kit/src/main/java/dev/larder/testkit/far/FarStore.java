package dev.larder.testkit.far;

import dev.larder.CacheClosedException;
import dev.larder.CacheSpec;
import dev.larder.Checks;
import dev.larder.MissCause;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
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
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A client of the far place: every operation is a request that another thread carries out, bytes
 * are copied on the way, answers come on one thread and events on another. Verbs travel by name and
 * run at the owner; user code runs here, under a lease.
 */
public final class FarStore extends WaitingStore<Bytes, Payload> {

  /** What the owner does for a request: it completes the answer now, or when the key is free. */
  private interface Work<T extends @Nullable Object> {
    void run(CompletableFuture<T> answer);
  }

  private final String name;
  private final FarRegion region;
  private final boolean keep;
  private final StoreEvents<Bytes, Payload> events;
  private final Context context;
  private final Line answers = new Line();
  private final Line news = new Line();
  private final EventStream stream;
  private final EventLink link;
  private final FarOwner owner;
  private volatile boolean closed;

  private FarStore(
      CacheSpec<?, ?> spec,
      FarRegion region,
      boolean keep,
      StoreEvents<Bytes, Payload> events,
      Context context) {
    name = spec.name();
    this.region = region;
    this.keep = keep;
    this.events = events;
    this.context = context;
    stream = new EventStream(events);
    link = new EventLink(this, region.faults());
    owner = attach(spec);
  }

  static FarStore open(
      CacheSpec<?, ?> spec,
      FarRegion region,
      boolean keep,
      StoreEvents<Bytes, Payload> events,
      Context context) {
    return new FarStore(spec, region, keep, events, context);
  }

  private FarOwner attach(CacheSpec<?, ?> spec) {
    return join(CompletableFuture.supplyAsync(() -> region.attach(this, spec), region.line()));
  }

  long now() {
    return context.clock().exact();
  }

  EventLink link() {
    return link;
  }

  boolean wantsEvents() {
    return !closed && events.wanted();
  }

  void deliver(Frame frame) {
    news.execute(() -> stream.accept(frame));
  }

  /** Has the owner do something after a time, by the scheduler of this client. */
  Future<?> later(long millis, Runnable work) {
    return context.scheduler().schedule(() -> atOwner(work), millis, TimeUnit.MILLISECONDS);
  }

  /** Has the owner do something, in its turn. */
  void atOwner(Runnable work) {
    region
        .line()
        .execute(
            () -> {
              work.run();
              owner.settle(region.line().last());
            });
  }

  @Override
  public CompletionStage<Look<Payload>> find(Bytes key, Touch touch) {
    return touch == Touch.FILL
        ? this.<Look<Payload>>send(false, answer -> owner.flights().look(this, key, answer))
        : read(() -> owner.data().look(key, touch, now()));
  }

  /** On the owner's thread: a look that waited for the load of another client. */
  void lookAgain(Bytes key, CompletableFuture<Look<Payload>> answer) {
    attempt(answer, ours -> owner.flights().look(this, key, ours));
  }

  boolean closed() {
    return closed;
  }

  @Override
  public CompletionStage<Map<Bytes, Stored<Payload>>> findAll(
      Collection<? extends Bytes> keys, Touch touch) {
    var wanted = List.<Bytes>copyOf(keys);
    return read(() -> owner.data().lookAll(wanted, touch, now()));
  }

  @Override
  @SuppressWarnings("unchecked") // the result is that of the verb
  public <A extends @Nullable Object, R extends @Nullable Object>
      CompletionStage<Result<R>> updateLater(Bytes key, Update<A, Payload, R> update, A argument) {
    var step = Wire.travelling(Step.of(key, update, argument));
    return this.<Result<R>>send(
        true,
        answer ->
            owner.grants().whenFree(key, waiter(answer, () -> (Result<R>) owner.run(step, now()))));
  }

  @Override
  public CompletionStage<List<Result<?>>> updateAll(List<Step<Bytes, Payload>> steps, Unit unit) {
    var sent = steps.stream().map(Wire::travelling).toList();
    var keys = sent.stream().map(Step::key).distinct().toList();
    return this.<List<Result<?>>>send(
        true, answer -> owner.grants().whenFree(keys, waiter(answer, () -> run(sent, unit))));
  }

  private List<Result<?>> run(List<Step<Bytes, Payload>> steps, Unit unit) {
    if (unit == Unit.ALL_OR_NOTHING) {
      return owner.runTogether(steps, now());
    }
    var results = new ArrayList<Result<?>>();
    for (var step : steps) {
      try {
        results.add(owner.run(step, now()));
      } catch (RuntimeException e) {
        results.add(Result.failed(e, true));
      }
    }
    return results;
  }

  @Override
  public CompletionStage<Page<Bytes, Payload>> scan(Cursor from, int limit) {
    return read(() -> owner.data().scan(from, limit, now()));
  }

  @Override
  public CompletionStage<Lease<Payload>> lease(Bytes key, Duration atMost) {
    var life = Checks.positive(atMost, "atMost").toMillis();
    return this.<Lease<Payload>>send(
        false,
        answer ->
            owner.grants().whenFree(key, waiter(answer, () -> granted(key, Math.max(1, life)))));
  }

  private Lease<Payload> granted(Bytes key, long life) {
    var now = now();
    var entry = owner.data().live(key, now);
    var fence = owner.grants().take(key, this, life);
    return new FarLease(
        this, key, fence, entry, now, owner.rules().life(), owner.data().tokens().of(key, now));
  }

  @Override
  public CompletionStage<@Nullable Void> invalidate(Selection what) {
    return this.<@Nullable Void>send(
        true,
        answer -> {
          owner.data().invalidate(what);
          answer.complete(null);
        });
  }

  @Override
  public CompletionStage<Long> maintain(Upkeep what) {
    return this.<Long>send(true, answer -> answer.complete(owner.data().maintain(what, now())));
  }

  @Override
  public MissCause explain(Bytes key) {
    return join(read(() -> owner.data().explain(key)));
  }

  @Override
  public StoreInfo info() {
    var info = owner.info();
    if (!region.faults().paused()) {
      return info;
    }
    return new StoreInfo(
        info.bounds(),
        info.size(),
        info.weight(),
        info.bytes(),
        info.peakSize(),
        info.evictions(),
        info.expirations(),
        List.of("the owner in region '" + region.name() + "' does not answer"),
        info.details());
  }

  /** Leases end, waiting requests fail, data stays unless the description said otherwise. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    atOwner(
        () -> {
          if (owner.detach(this) && !keep) {
            region.forget(owner);
            owner.destroy();
          }
        });
  }

  /** Tells the owner something that needs no answer. */
  void tell(Consumer<FarOwner> work) {
    atOwner(() -> work.accept(owner));
  }

  <T extends @Nullable Object> CompletableFuture<T> ask(Function<FarOwner, T> work) {
    return this.<T>send(true, answer -> answer.complete(work.apply(owner)));
  }

  private <T extends @Nullable Object> CompletableFuture<T> read(Supplier<T> work) {
    return this.<T>send(false, answer -> answer.complete(work.get()));
  }

  private <T extends @Nullable Object> Grants.Waiter waiter(
      CompletableFuture<T> answer, Supplier<T> work) {
    return new Grants.Waiter() {
      @Override
      public FarStore client() {
        return FarStore.this;
      }

      @Override
      public void run() {
        attempt(answer, ours -> ours.complete(work.get()));
      }
    };
  }

  private <T extends @Nullable Object> CompletableFuture<T> send(boolean change, Work<T> work) {
    var reply = new CompletableFuture<T>();
    var faults = region.faults();
    if (faults.fails()) {
      answers.execute(() -> reply.completeExceptionally(failed("the request did not arrive")));
      return reply;
    }
    var loses = faults.losesReply();
    Runnable task = () -> attempt(answerTo(reply, loses, change), work);
    var delay = faults.delaysRequest();
    if (delay > 0) {
      var unused = later(delay, task);
    } else {
      atOwner(task);
    }
    return reply;
  }

  /** Runs work of the owner so that whatever it throws is its answer. */
  private <T extends @Nullable Object> void attempt(CompletableFuture<T> answer, Work<T> work) {
    try {
      if (closed) {
        throw new CacheClosedException("cache '" + name + "' is closed");
      }
      if (owner.destroyed()) {
        throw failed("the cache was destroyed");
      }
      work.run(answer);
    } catch (RuntimeException | Error e) {
      answer.completeExceptionally(e);
    }
  }

  private <T extends @Nullable Object> CompletableFuture<T> answerTo(
      CompletableFuture<T> reply, boolean loses, boolean change) {
    var answer = new CompletableFuture<T>();
    var unused =
        answer.whenCompleteAsync(
            (value, failure) -> {
              if (loses) {
                reply.completeExceptionally(change ? unknown() : failed("no answer came"));
              } else if (failure != null) {
                reply.completeExceptionally(failure);
              } else {
                reply.complete(value);
              }
            },
            task -> owner.reply(() -> answers.execute(task)));
    return answer;
  }

  private StoreException failed(String what) {
    return new StoreException("cache '" + name + "' in region '" + region.name() + "': " + what);
  }

  private OutcomeUnknownException unknown() {
    return new OutcomeUnknownException(
        "cache '" + name + "' in region '" + region.name() + "': the answer to a change got lost");
  }
}
