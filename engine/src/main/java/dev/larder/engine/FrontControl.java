package dev.larder.engine;

import dev.larder.Bounds;
import dev.larder.CacheControl;
import dev.larder.CacheSpec;
import dev.larder.CacheStats;
import dev.larder.Checks;
import dev.larder.Health;
import dev.larder.Health.Status;
import dev.larder.spi.Upkeep;
import dev.larder.spi.WaitingStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The operator's side of a front, with its background cleaner. */
final class FrontControl<K, V> implements CacheControl {
  private static final System.Logger LOG = System.getLogger("dev.larder");

  private final CacheFront<K, V> front;
  private final long openedAt;
  private @Nullable ScheduledFuture<?> cleaner;
  private volatile @Nullable Throwable cleanerFailure;
  private volatile @Nullable Throwable storeFailure;
  private volatile @Nullable Throwable missing;

  FrontControl(CacheFront<K, V> front) {
    this.front = front;
    this.openedAt = front.context().clock().exact();
  }

  @Override
  public CacheSpec<?, ?> spec() {
    var spec = front.spec();
    if (front.closed()) {
      return spec;
    }
    var bounds = front.store().info().bounds();
    // Of a cache that others created: here nothing is weighed, so it is no bound of this process.
    return spec.withBounds(
        spec.hooks().weigher() != null
            ? bounds
            : new Bounds(bounds.entries(), Bounds.NONE, bounds.bytes()));
  }

  @Override
  public CacheStats stats() {
    front.checkOpen();
    return front.counters().with(front.store().info());
  }

  @Override
  public void recordStats(boolean on) {
    front.checkOpen();
    front.counters().on(on);
    front.reads().refresh();
  }

  @Override
  public void resetStats() {
    front.checkOpen();
    front.counters().reset(front.store().info());
  }

  /** A read found the store failing and went on without it. */
  void storeFailed(Throwable failure) {
    if (storeFailure == null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "cache '" + front.name() + "': its store failed; reads find nothing meanwhile",
          failure);
    }
    storeFailure = failure;
  }

  /** The store could not be opened; memory stands in for it until the cache is opened again. */
  void withoutStore(Throwable failure) {
    missing = failure;
    LOG.log(
        System.Logger.Level.WARNING,
        "cache '"
            + front.name()
            + "': its store could not be opened; entries are kept in memory only",
        failure);
  }

  @Override
  public Health health() {
    if (front.closed()) {
      return new Health(
          Status.UNHEALTHY,
          List.of("cache '" + front.name() + "' is closed"),
          0,
          0,
          uptime(),
          java.util.Map.of());
    }
    var info = front.store().info();
    var reasons = new ArrayList<>(info.problems());
    if (cleanerFailure != null) {
      reasons.add("the cleaner failed: " + cleanerFailure);
    }
    if (missing != null) {
      reasons.add(
          "entries are kept in memory only, since the store could not be opened: "
              + missing.getMessage());
    }
    if (storeFailure != null) {
      reasons.add("a read found the store failing: " + storeFailure);
    }
    var details = new TreeMap<>(info.details());
    details.put("cleaner", cleanerState());
    details.put("clock.resolution.ms", Long.toString(front.context().clock().resolutionMillis()));
    details.put("clock.lag.ms", Long.toString(clockLag()));
    details.put("policy", front.spec().tuning().policy());
    return new Health(
        reasons.isEmpty() ? Status.HEALTHY : Status.DEGRADED,
        reasons,
        info.size(),
        info.bytes(),
        uptime(),
        details);
  }

  private long clockLag() {
    var clock = front.context().clock();
    var coarse = clock.now();
    return Math.max(0, clock.exact() - coarse);
  }

  private Duration uptime() {
    return Duration.ofMillis(front.context().clock().exact() - openedAt);
  }

  private synchronized String cleanerState() {
    return cleaner == null ? "stopped" : "every " + front.spec().tuning().cleanupInterval();
  }

  @Override
  public long purge() {
    return maintain(Upkeep.PURGE);
  }

  @Override
  public int evict(int entries) {
    return (int) maintain(new Upkeep.Evict((int) Checks.notNegative(entries, "entries")));
  }

  @Override
  public void resize(Bounds bounds) {
    maintain(new Upkeep.Resize(Checks.notNull(bounds, "bounds")));
  }

  private long maintain(Upkeep what) {
    front.checkOpen();
    try {
      return WaitingStore.join(front.store().maintain(what));
    } finally {
      front.dispatch().settle();
    }
  }

  @Override
  public synchronized void cleaner(boolean on) {
    front.checkOpen();
    var interval = front.spec().tuning().cleanupInterval();
    if (on && cleaner == null && !interval.isZero()) {
      var delay = nanos(interval);
      cleaner =
          front
              .context()
              .scheduler()
              .scheduleWithFixedDelay(this::cleanLater, delay, delay, TimeUnit.NANOSECONDS);
    } else if (!on) {
      stopCleaner();
    }
  }

  private static long nanos(Duration interval) {
    return interval.compareTo(Duration.ofDays(365)) > 0
        ? Duration.ofDays(365).toNanos()
        : interval.toNanos();
  }

  /** The scheduler only starts it: cleaning may take long and tells listeners. */
  private void cleanLater() {
    try {
      front.context().executor().execute(this::clean);
    } catch (RuntimeException e) {
      cleanerFailed(e);
    }
  }

  private void clean() {
    if (front.closed()) {
      return;
    }
    try {
      purge();
      cleanerFailure = null;
    } catch (RuntimeException e) {
      if (!front.closed()) {
        cleanerFailed(e);
      }
    }
  }

  /** Told once: it is tried again until it succeeds, and the health says so meanwhile. */
  private void cleanerFailed(RuntimeException failure) {
    if (cleanerFailure == null) {
      LOG.log(
          System.Logger.Level.WARNING,
          "cache '" + front.name() + "': the cleaner failed and will try again",
          failure);
    }
    cleanerFailure = failure;
  }

  private synchronized void stopCleaner() {
    if (cleaner != null) {
      cleaner.cancel(false);
      cleaner = null;
    }
  }

  void closing() {
    stopCleaner();
  }
}
