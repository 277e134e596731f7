package dev.larder.spring;

import dev.larder.jcache.AsyncReads;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Computations under way whose results come later, one for each key. A write or eviction takes the
 * computation away and waits if its result is just being stored: so it is either stored before, and
 * goes, or not at all. Who comes later starts another.
 */
final class Futures {
  /** A computation; its monitor is held while its result is stored. */
  private static final class Flight extends CompletableFuture<@Nullable Object> {
    private boolean outdated; // guarded by this
  }

  private final AsyncReads<Object, Object> reads;
  private final BiConsumer<Object, @Nullable Object> store;
  private final ConcurrentHashMap<Object, Flight> flights = new ConcurrentHashMap<>();

  Futures(AsyncReads<Object, Object> reads, BiConsumer<Object, @Nullable Object> store) {
    this.reads = reads;
    this.store = store;
  }

  /** What the cache holds, as it is stored; dependants may block. */
  CompletableFuture<@Nullable Object> find(Object key) {
    var found = reads.later(key).toCompletableFuture();
    // A thread of the store is not for code of the user, which comes next.
    return found.isDone() ? found : found.thenApplyAsync(value -> value, ForkJoinPool.commonPool());
  }

  /** What the cache holds, as it is stored, or what the computation brings. */
  CompletableFuture<@Nullable Object> compute(
      Object key, Supplier<CompletableFuture<@Nullable Object>> computation) {
    var mine = new Flight();
    var flight = flights.putIfAbsent(key, mine);
    if (flight != null) {
      return flight;
    }
    // Looked for only now: who led before may have stored it a moment ago.
    var unused =
        begun(key, computation).whenComplete((found, thrown) -> land(key, mine, found, thrown));
    return mine;
  }

  /** A result, and whether it is still to be stored. */
  private record Result(@Nullable Object value, boolean computed) {}

  private CompletableFuture<Result> begun(
      Object key, Supplier<CompletableFuture<@Nullable Object>> computation) {
    try {
      return find(key)
          .thenCompose(
              value ->
                  value == null
                      ? computation.get().thenApply(computed -> new Result(computed, true))
                      : CompletableFuture.completedFuture(new Result(value, false)));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private void land(
      Object key, Flight flight, @Nullable Result result, @Nullable Throwable failure) {
    var thrown = failure;
    try {
      if (result != null && result.computed()) {
        keep(key, flight, result.value());
      }
    } catch (RuntimeException | Error e) {
      thrown = e;
    }
    flights.remove(key, flight);
    if (result == null || thrown != null) {
      flight.completeExceptionally(
          thrown == null ? new IllegalStateException("no result") : thrown);
    } else {
      flight.complete(result.value());
    }
  }

  private void keep(Object key, Flight flight, @Nullable Object value) {
    synchronized (flight) {
      if (!flight.outdated) {
        store.accept(key, value);
      }
    }
  }

  /** To be called before the key is written or evicted. */
  void outdate(Object key) {
    var flight = flights.remove(key);
    if (flight != null) {
      synchronized (flight) {
        flight.outdated = true;
      }
    }
  }

  void outdateAll() {
    flights.keySet().forEach(this::outdate);
  }
}
