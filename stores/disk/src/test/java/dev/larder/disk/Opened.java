package dev.larder.disk;

import dev.larder.CacheSpec;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Context;
import dev.larder.spi.Cursor;
import dev.larder.spi.Payload;
import dev.larder.spi.Step;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.Tap;
import dev.larder.spi.Touch;
import dev.larder.spi.Unit;
import dev.larder.spi.Verbs;
import dev.larder.spi.WaitingStore;
import dev.larder.testkit.QueuedExecutor;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A disk store that a test has opened, with virtual time and background work that runs when the
 * test says so; words for what tests do with it.
 */
final class Opened implements AutoCloseable {
  final VirtualClock clock;
  final VirtualScheduler scheduler;
  final QueuedExecutor executor = new QueuedExecutor();
  final List<String> outdated = Collections.synchronizedList(new ArrayList<>());
  final DiskStore store;

  /** What the executor throws instead of taking a task. */
  volatile @Nullable Error refusal;

  private Opened(VirtualClock clock, CacheSpec<?, ?> spec, Function<Table.Watcher, Table> tables) {
    this(new VirtualScheduler(clock), spec, tables);
  }

  private Opened(
      VirtualScheduler scheduler, CacheSpec<?, ?> spec, Function<Table.Watcher, Table> tables) {
    this.clock = scheduler.clock();
    this.scheduler = scheduler;
    var context =
        new Context(
            clock,
            scheduler,
            this::execute,
            new dev.larder.spi.Codecs() {
              @Override
              public <T> dev.larder.Codec<T> forType(Class<T> type) {
                throw new UnsupportedOperationException("a store of bytes needs none");
              }
            },
            Opened.class.getClassLoader(),
            Tap.none());
    this.store = DiskStore.open(spec, DiskOptions.of(spec), tables, new Outdated(), context);
  }

  private void execute(Runnable task) {
    var error = refusal;
    if (error != null) {
      throw error;
    }
    executor.execute(task);
  }

  /** Hears of departures only. */
  private final class Outdated implements StoreEvents<Bytes, Payload> {
    @Override
    public void changed(Bytes key, Change<Payload> change, long sequence) {}

    @Override
    public void gap(long first, long next) {}

    @Override
    public boolean wanted() {
      return false;
    }

    @Override
    public void outdated(Bytes key, long version) {
      outdated.add(text(key.array()));
    }

    @Override
    public void outdatedAll() {
      outdated.add("all");
    }
  }

  static CacheSpec.Builder<String, String> spec() {
    return CacheSpec.of("cache", String.class, String.class)
        .unbounded()
        .topology("disk")
        .option("disk.path", DiskFiles.MEMORY);
  }

  static Opened over(FakeTable table) {
    return over(table, spec());
  }

  static Opened over(FakeTable table, CacheSpec.Builder<?, ?> spec) {
    return over(new VirtualClock(), table, spec);
  }

  static Opened over(VirtualClock clock, FakeTable table, CacheSpec.Builder<?, ?> spec) {
    return new Opened(clock, spec.build(), table::open);
  }

  /** Over a table that is ruined after it was opened and before the store is whole. */
  static Opened overRuined(FakeTable table) {
    return new Opened(
        new VirtualClock(),
        spec().build(),
        watcher -> {
          table.open(watcher).ruin();
          return table;
        });
  }

  /** With a scheduler that takes no task. */
  static Opened rejected(FakeTable table, CacheSpec.Builder<?, ?> spec) {
    var scheduler = new VirtualScheduler(new VirtualClock());
    scheduler.shutdown();
    return new Opened(scheduler, spec.build(), table::open);
  }

  /** Over a file. */
  static Opened file(VirtualClock clock, String path, CacheSpec.Builder<?, ?> spec) {
    var there = spec.option("disk.path", path).build();
    var settings = DiskSettings.usual();
    return new Opened(
        clock, there, watcher -> DiskFiles.open(path, there.name(), settings, watcher));
  }

  /** Over a file that is used so. */
  static Opened over(String path, String cache, DiskSettings settings) {
    var spec =
        CacheSpec.of(cache, String.class, String.class)
            .unbounded()
            .topology("disk")
            .option("disk.path", path)
            .build();
    return new Opened(
        new VirtualClock(), spec, watcher -> DiskFiles.open(path, cache, settings, watcher));
  }

  Opened put(String key, String value) {
    store.updateAndWait(Rows.key(key), Verbs.put(), Rows.value(value));
    return this;
  }

  boolean remove(String key) {
    return store
        .updateAndWait(Rows.key(key), Verbs.<Payload>delete(), Verbs.Nothing.NOTHING)
        .value();
  }

  @Nullable String get(String key) {
    return get(key, Touch.READ);
  }

  @Nullable String get(String key, Touch touch) {
    var entry = store.get(Rows.key(key), touch);
    var payload = entry == null ? null : entry.value();
    return payload == null ? null : text(payload.array());
  }

  long version(String key) {
    var entry = store.get(Rows.key(key), Touch.PEEK);
    return entry == null ? 0 : entry.version();
  }

  static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  static Step<Bytes, Payload> putting(String key, String value) {
    return Step.of(Rows.key(key), Verbs.put(), Rows.value(value));
  }

  void together(List<Step<Bytes, Payload>> steps) {
    WaitingStore.join(store.updateAll(steps, Unit.ALL_OR_NOTHING));
  }

  /** The live entries, by a scan in small pages. */
  Map<String, String> contents() {
    var found = new TreeMap<String, String>();
    for (var at = Cursor.START; at != null; ) {
      var page = WaitingStore.join(store.scan(at, 3));
      for (var entry : page.entries()) {
        var twice = found.put(text(entry.key().array()), text(entry.value().array()));
        if (twice != null) {
          throw new AssertionError(entry.key() + " came twice in one scan");
        }
      }
      at = page.next();
    }
    return found;
  }

  /** The keys in the order in which they would leave. */
  List<String> coldestFirst() {
    var keys = new ArrayList<String>();
    store.coldestFirst().forEachRemaining(kept -> keys.add(text(kept.key().array())));
    return keys;
  }

  /** Moves time and does the background work that fell due. */
  Opened advance(long millis) {
    scheduler.advance(Duration.ofMillis(millis));
    executor.runPending();
    return this;
  }

  long size() {
    return store.info().size();
  }

  @Override
  public void close() {
    store.close();
  }
}
