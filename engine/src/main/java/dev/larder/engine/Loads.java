package dev.larder.engine;

import dev.larder.CacheLoadException;
import dev.larder.CacheLoader;
import dev.larder.LoadTimeoutException;
import dev.larder.RecursiveLoadException;
import dev.larder.spi.FlightEvents;
import dev.larder.spi.Span;
import dev.larder.spi.Span.Outcome;
import dev.larder.spi.Touch;
import dev.larder.spi.WaitingStore;
import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Single flight: one load for all who want a key. The first caller leads; it announces the load to
 * the store, which gives a fill token, looks once more, runs the loader with no lock held, and
 * fills. A write or removal of the key meanwhile outdates the token, so that what was loaded is not
 * stored, and takes the flight away, so that later callers start another. Whatever happens, a
 * flight lands: nobody may be left waiting for it.
 *
 * <p>Longer than the house likes because {@link BulkLoads} shares its flights, timeouts and
 * failures.
 */
final class Loads<K, V> {
  private static final Duration LONGEST_TIMEOUT = Duration.ofDays(365);

  /** Of a loader that began while nobody counted. */
  private static final long UNTIMED = Long.MIN_VALUE;

  private final CacheFront<K, V> front;
  private final ConcurrentHashMap<K, Load<V>> flights = new ConcurrentHashMap<>();
  private final AtomicInteger active = new AtomicInteger();
  private final Duration timeout;

  Loads(CacheFront<K, V> front, Duration timeout) {
    this.front = front;
    this.timeout = timeout;
  }

  /**
   * Loads the value, or waits for whoever does. Null when an {@link OptionalLoader} finds nothing.
   */
  @Nullable V load(K key, CacheLoader<? super K, ? extends V> loader) {
    var mine = new Load<V>();
    var load = claim(key, mine);
    if (load == mine) {
      begin(key, mine, loader);
    }
    return await(key, load, load == mine);
  }

  private void begin(K key, Load<V> mine, CacheLoader<? super K, ? extends V> loader) {
    try {
      if (timed()) {
        leadLater(key, mine, loader);
      } else {
        lead(key, mine, loader);
      }
    } catch (RuntimeException | Error e) {
      land(key, mine, null, e);
      throw e;
    }
  }

  /**
   * Waits for a load; throws when it would never end.
   *
   * @param own whether this caller began it
   */
  @Nullable V await(K key, Load<V> load, boolean own) {
    if (load.isDone()) {
      return WaitingStore.join(load);
    }
    if (load.neverEnds()) {
      throw new RecursiveLoadException(
          "cache '"
              + front.name()
              + "': loading key "
              + key
              + " waits for itself; a loader may ask for other keys, but not in a circle");
    }
    var span = own ? Span.NONE : FlightEvents.loadWait(front.name(), false);
    var outcome = Outcome.FAILED;
    try {
      var value = WaitingStore.join(load);
      outcome = value == null ? Outcome.NOTHING : Outcome.DONE;
      return value;
    } finally {
      Waits.ended();
      span.ended(outcome);
    }
  }

  /** As {@link #load}, on the executor. */
  CompletionStage<@Nullable V> loadLater(K key, CacheLoader<? super K, ? extends V> loader) {
    var mine = new Load<V>();
    var load = claim(key, mine);
    if (load == mine) {
      try {
        leadLater(key, mine, loader);
      } catch (RuntimeException | Error e) {
        land(key, mine, null, e);
      }
    }
    return load;
  }

  /** The flight of the key: the one given when there was none. */
  Load<V> claim(K key, Load<V> mine) {
    var present = flights.putIfAbsent(key, mine);
    if (present != null) {
      return present;
    }
    active.incrementAndGet();
    return mine;
  }

  private void leadLater(K key, Load<V> load, CacheLoader<? super K, ? extends V> loader) {
    later(load, () -> lead(key, load, loader), () -> giveUp(key, load));
  }

  /** Runs a flight on the executor, with an alarm where there is a load timeout. */
  void later(Load<V> leader, Runnable flight, Runnable alarm) {
    watch(leader, alarm);
    try {
      front.context().executor().execute(flight);
    } catch (RejectedExecutionException e) {
      throw new CacheLoadException(
          "cache '" + front.name() + "': too many loads under way; nothing was loaded", e);
    }
  }

  /** Sets the alarm where there is a load timeout. */
  void watch(Load<V> leader, Runnable alarm) {
    if (timed()) {
      var set = front.context().scheduler().schedule(alarm, nanos(timeout), TimeUnit.NANOSECONDS);
      var unused = leader.whenComplete((value, failure) -> set.cancel(false));
    }
  }

  /** Longer than the longest timer can wait is as long as it can. */
  private static long nanos(Duration timeout) {
    return timeout.compareTo(LONGEST_TIMEOUT) > 0 ? LONGEST_TIMEOUT.toNanos() : timeout.toNanos();
  }

  /** Whether loads have to end in time, for which they run on the executor. */
  boolean timed() {
    return !timeout.isZero();
  }

  void giveUp(K key, Load<V> load) {
    land(
        key,
        load,
        null,
        new LoadTimeoutException(
            "cache '"
                + front.name()
                + "': loading key "
                + key
                + " took longer than the load timeout of "
                + timeout));
    load.interrupt();
  }

  private void lead(K key, Load<V> load, CacheLoader<? super K, ? extends V> loader) {
    load.run(() -> fly(key, load, loader));
  }

  private void fly(K key, Load<V> load, CacheLoader<? super K, ? extends V> loader) {
    V value = null;
    Throwable failure = null;
    try {
      var look = front.reads().announce(key, Touch.FILL);
      value = look.entry() == null ? null : look.entry().value();
      if (value == null) {
        value = loadAndFill(key, load, loader, look.fillToken());
      }
    } catch (RuntimeException | Error e) {
      failure = e;
    }
    land(key, load, value, failure);
  }

  private @Nullable V loadAndFill(
      K key, Load<V> load, CacheLoader<? super K, ? extends V> loader, long token) {
    V value = null;
    try {
      value = call(key, loader);
    } finally {
      // Also without a value: whoever announced a load gives its token back.
      front.fill(key, load.isDone() ? null : value, token);
    }
    return value;
  }

  private @Nullable V call(K key, CacheLoader<? super K, ? extends V> loader) {
    var called = began(1);
    var outcome = Outcome.FAILED;
    try {
      V value =
          loader instanceof OptionalLoader<? super K, ? extends V> optional
              ? optional.find(key)
              : given(key, loader.load(key));
      outcome = value == null ? Outcome.NOTHING : Outcome.DONE;
      return value;
    } catch (RecursiveLoadException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failed(key, e);
    } catch (Exception | Error e) {
      throw failed(key, e);
    } finally {
      ended(called, outcome);
    }
  }

  /**
   * A loader that runs.
   *
   * @param began when, if anybody counts: a look at the clock costs more than a read
   * @param span what a flight recording sees of it
   */
  record Called(long began, Span span) {}

  /** A loader begins, for so many keys. */
  Called began(int keys) {
    return new Called(
        front.counters().on() ? front.context().clock().ticks() : UNTIMED,
        FlightEvents.load(front.name(), keys));
  }

  /** It has ended. Counting may have begun or ended meanwhile. */
  void ended(Called called, Outcome outcome) {
    if (front.counters().on()) {
      var nanos = called.began == UNTIMED ? 0 : front.context().clock().ticks() - called.began;
      front.counters().loaded(outcome != Outcome.FAILED, nanos);
    }
    called.span.ended(outcome);
  }

  /**
   * The loader as a function for an update function that reads through: it runs while that function
   * has the key.
   */
  Function<K, @Nullable V> inside(CacheLoader<? super K, ? extends V> loader) {
    return key -> call(key, loader);
  }

  CacheLoadException failed(Object keys, Throwable cause) {
    return cause instanceof CacheLoadException known && known.getCause() == null
        ? known
        : new CacheLoadException(
            "cache '" + front.name() + "': the loader failed for key " + keys + ": " + cause,
            cause);
  }

  private V given(K key, @Nullable V value) {
    if (value == null) {
      throw new CacheLoadException(
          "cache '"
              + front.name()
              + "': the loader returned null for key "
              + key
              + "; a loader returns a value or throws, store an Optional where nothing is an answer");
    }
    return value;
  }

  /** From now on nobody joins this flight. */
  void takeAway(K key, Load<V> load) {
    if (flights.remove(key, load)) {
      active.decrementAndGet();
    }
  }

  /** Ends a flight: takes it away first, so that nobody joins one that is over. */
  void land(K key, Load<V> load, @Nullable V value, @Nullable Throwable failure) {
    takeAway(key, load);
    if (failure == null) {
      load.complete(value);
    } else {
      load.completeExceptionally(failure);
    }
  }

  /**
   * The key was written or removed: who comes from now on does not share a load that began before.
   */
  void outdate(K key) {
    if (active.get() != 0 && flights.remove(key) != null) {
      active.decrementAndGet();
    }
  }

  void outdateAll() {
    if (active.get() != 0) {
      flights.keySet().forEach(this::outdate);
    }
  }

  /** Fails every load under way. */
  void close(RuntimeException why) {
    flights.forEach((key, load) -> land(key, load, null, why));
  }
}
