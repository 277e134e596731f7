package dev.larder.engine;

import dev.larder.Bounds;
import dev.larder.Checks;
import dev.larder.Clock;
import dev.larder.Life;
import dev.larder.RemovalCause;
import dev.larder.spi.Cursor;
import dev.larder.spi.Lease;
import dev.larder.spi.Look;
import dev.larder.spi.Meta;
import dev.larder.spi.Page;
import dev.larder.spi.Result;
import dev.larder.spi.Selection;
import dev.larder.spi.Slot;
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
import org.jspecify.annotations.Nullable;

/**
 * The plainest authority there is: a map under one lock. What happens between its work and the
 * return of the call, where interleavings bite, is said by hooks that run on the calling thread.
 */
final class PlainAuthority extends WaitingStore<String, String> {
  private final Map<String, Stored<String>> entries = new HashMap<>();
  private final Clock clock;
  private final long life;
  private long versions;
  final StoreEvents<String, String> events;
  final List<String> accesses = new ArrayList<>();
  List<String> remembered = List.of();
  int reads;

  /** Run once, after the next read or change. */
  @Nullable Runnable afterRead;

  @Nullable Runnable afterChange;
  @Nullable RuntimeException failure;

  /** What reads fail with. */
  @Nullable RuntimeException readFailure;

  /** When what reads found comes back to those who asked. */
  CompletableFuture<Void> answers = CompletableFuture.completedFuture(null);

  /** How many reads came from callers that wait. */
  int readsWaited;

  PlainAuthority(StoreEvents<String, String> events, Clock clock, long life) {
    this.events = events;
    this.clock = clock;
    this.life = life;
  }

  private synchronized Look<String> look(String key) {
    reads++;
    if (readFailure != null) {
      throw readFailure;
    }
    var entry = entries.get(key);
    return entry == null || entry.deadline() <= clock.exact()
        ? Look.miss(7, dev.larder.MissCause.COLD)
        : Look.hit(entry);
  }

  @Override
  public CompletionStage<Look<String>> find(String key, Touch touch) {
    var look = look(key);
    ran(afterRead);
    return answers.thenApply(none -> look);
  }

  @Override
  public Look<String> findAndWait(String key, Touch touch) {
    readsWaited++;
    return super.findAndWait(key, touch);
  }

  private void ran(@Nullable Runnable hook) {
    if (hook != null) {
      afterRead = hook == afterRead ? null : afterRead;
      afterChange = hook == afterChange ? null : afterChange;
      hook.run();
    }
  }

  @Override
  public CompletionStage<Map<String, Stored<String>>> findAll(
      Collection<? extends String> keys, Touch touch) {
    var found = new HashMap<String, Stored<String>>();
    for (var key : keys) {
      var entry = look(key).entry();
      if (entry != null) {
        found.put(key, entry);
      }
    }
    ran(afterRead);
    return CompletableFuture.completedFuture(found);
  }

  @Override
  public <A, R extends @Nullable Object> CompletionStage<Result<R>> updateLater(
      String key, Update<A, String, R> update, A argument) {
    if (failure != null) {
      throw failure;
    }
    Result<R> result;
    synchronized (this) {
      var slot = new PlainSlot(key);
      var given = update.apply(argument, slot);
      result = Result.of(given, slot.version, slot.version == 0 ? null : entries.get(key));
    }
    ran(afterChange);
    return CompletableFuture.completedFuture(result);
  }

  /** A change that does not come through the tier. */
  synchronized long change(String key, @Nullable String value) {
    versions++;
    if (value == null) {
      entries.remove(key);
    } else {
      entries.put(key, new Stored.Snapshot<>(value, deadline(), versions, Meta.NONE));
    }
    return versions;
  }

  synchronized @Nullable String current(String key) {
    var entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /** As a server that has lost all it had: versions begin again. */
  synchronized void startAnew() {
    entries.clear();
    versions = 0;
  }

  synchronized void copyTo(PlainAuthority other) {
    entries.forEach((key, entry) -> other.change(key, entry.value()));
  }

  private long deadline() {
    return Life.deadline(clock.exact(), life);
  }

  private final class PlainSlot implements Slot<String> {
    private final String key;
    private long version;

    PlainSlot(String key) {
      this.key = key;
    }

    @Override
    public @Nullable Stored<String> current() {
      return entries.get(key);
    }

    @Override
    public long now() {
      return clock.exact();
    }

    @Override
    public boolean write(String value) {
      version = change(key, value);
      return true;
    }

    @Override
    public boolean write(String value, long deadline, Meta meta) {
      version = ++versions;
      entries.put(key, new Stored.Snapshot<>(value, deadline, version, meta));
      return true;
    }

    @Override
    public void touch() {}

    @Override
    public void touch(long deadline) {
      var entry = Checks.notNull(entries.get(key), "entry");
      var value = Checks.notNull(entry.value(), "value");
      entries.put(key, new Stored.Snapshot<>(value, deadline, entry.version(), Meta.NONE));
    }

    @Override
    public void remove(RemovalCause cause) {
      version = change(key, null);
    }

    @Override
    public boolean redeem(long fillToken) {
      return fillToken == 7;
    }
  }

  @Override
  public CompletionStage<List<Result<?>>> updateAll(List<Step<String, String>> steps, Unit unit) {
    var results = new ArrayList<Result<?>>();
    synchronized (this) {
      for (var step : steps) {
        var slot = new PlainSlot(step.key());
        step.apply(slot);
        results.add(Result.of(true, slot.version));
      }
    }
    ran(afterChange);
    return CompletableFuture.completedFuture(results);
  }

  @Override
  public CompletionStage<Page<String, String>> scan(Cursor from, int limit) {
    throw new UnsupportedOperationException("not asked for here");
  }

  @Override
  public CompletionStage<Lease<String>> lease(String key, Duration atMost) {
    throw new UnsupportedOperationException("not asked for here");
  }

  @Override
  public CompletionStage<Void> invalidate(Selection what) {
    synchronized (this) {
      entries.clear();
    }
    ran(afterChange);
    return CompletableFuture.completedFuture(null);
  }

  @Override
  public CompletionStage<Long> maintain(Upkeep what) {
    return CompletableFuture.completedFuture(0L);
  }

  @Override
  public void accessed(String key, long instant) {
    accesses.add(key + "@" + instant);
  }

  @Override
  public void remember(List<String> keys) {
    remembered = keys;
  }

  @Override
  public List<String> remembered(int limit) {
    return remembered.subList(0, Math.min(limit, remembered.size()));
  }

  @Override
  public synchronized StoreInfo info() {
    return new StoreInfo(
        Bounds.UNBOUNDED, entries.size(), entries.size(), 0, 0, 0, 0, List.of(), Map.of());
  }

  @Override
  public void close() {}
}
