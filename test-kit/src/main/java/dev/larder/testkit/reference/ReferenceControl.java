package dev.larder.testkit.reference;

import dev.larder.Bounds;
import dev.larder.CacheControl;
import dev.larder.CacheEvent;
import dev.larder.CacheListener;
import dev.larder.CacheSpec;
import dev.larder.CacheStats;
import dev.larder.Clock;
import dev.larder.Health;
import dev.larder.MissCause;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** The counts of a {@link ReferenceCache}. It has no bounds and no cleaner. */
final class ReferenceControl implements CacheControl {
  final AtomicLong hits = new AtomicLong();
  final AtomicLong misses = new AtomicLong();
  final AtomicLong puts = new AtomicLong();
  final AtomicLong removals = new AtomicLong();
  final AtomicLong expirations = new AtomicLong();
  final AtomicLong loads = new AtomicLong();
  final AtomicLong loadFailures = new AtomicLong();
  final AtomicLong hookFailures = new AtomicLong();
  private final List<AtomicLong> counters =
      List.of(hits, misses, puts, removals, expirations, loads, loadFailures, hookFailures);
  private final CacheSpec<?, ?> spec;
  private final Clock clock;
  private final Supplier<Long> size;
  private final Supplier<Long> purge;
  private final long opened;
  private volatile boolean counts;
  private volatile boolean closed;

  ReferenceControl(CacheSpec<?, ?> spec, Clock clock, Supplier<Long> size, Supplier<Long> purge) {
    this.spec = spec;
    this.clock = clock;
    this.size = size;
    this.purge = purge;
    this.opened = clock.exact();
    this.counts = spec.tuning().statistics();
  }

  void counted(AtomicLong counter) {
    if (counts) {
      counter.incrementAndGet();
    }
  }

  @SuppressWarnings("unchecked") // a listener of supertypes only ever reads the event
  <K, V> void tell(List<CacheListener.Registration<K, V>> listeners, CacheEvent<K, V> event) {
    for (var each : listeners) {
      try {
        if (each.listener().interests().contains(event.type())) {
          ((CacheListener<K, V>) each.listener()).on(event);
        }
      } catch (RuntimeException e) {
        counted(hookFailures);
      }
    }
  }

  void closed() {
    closed = true;
  }

  @Override
  public CacheSpec<?, ?> spec() {
    return spec;
  }

  @Override
  public CacheStats stats() {
    var now = size.get();
    return new CacheStats(
        hits.get(),
        misses.get(),
        puts.get(),
        removals.get(),
        0,
        expirations.get(),
        loads.get(),
        loadFailures.get(),
        Duration.ZERO,
        now,
        now,
        now,
        0,
        hookFailures.get(),
        Map.of(MissCause.UNKNOWN, misses.get()),
        java.util.List.of());
  }

  @Override
  public void recordStats(boolean on) {
    counts = on;
  }

  @Override
  public void resetStats() {
    counters.forEach(counter -> counter.set(0));
  }

  @Override
  public Health health() {
    var status = closed ? Health.Status.UNHEALTHY : Health.Status.HEALTHY;
    var reasons = closed ? List.of("cache '" + spec.name() + "' is closed") : List.<String>of();
    var uptime = Duration.ofMillis(clock.exact() - opened);
    return new Health(status, reasons, size.get(), 0, uptime, Map.of());
  }

  @Override
  public long purge() {
    return purge.get();
  }

  @Override
  public int evict(int entries) {
    throw new UnsupportedOperationException("the reference cache never evicts");
  }

  @Override
  public void resize(Bounds bounds) {
    throw new UnsupportedOperationException("the reference cache has no bounds");
  }

  @Override
  public void cleaner(boolean on) {
    throw new UnsupportedOperationException("the reference cache has no cleaner");
  }
}
