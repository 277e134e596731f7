package dev.larder.engine;

import dev.larder.CacheStats;
import dev.larder.MissCause;
import dev.larder.TierStats;
import dev.larder.spi.StoreInfo;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/**
 * The striped counters of one front. While off, the counting methods return at their first branch.
 */
public final class Counters {
  private static final System.Logger LOG = System.getLogger("dev.larder");

  private static final TierStats NO_TIER = new TierStats("", 0, 0, 0, 0);

  private final Tally hits = new Tally();
  private final Tally misses = new Tally();
  private final Tally puts = new Tally();
  private final Tally removals = new Tally();
  private final LongAdder loads = new LongAdder();
  private final LongAdder loadFailures = new LongAdder();
  private final LongAdder loadNanos = new LongAdder();
  private final LongAdder hookFailures = new LongAdder();
  private final Map<MissCause, LongAdder> misread = new EnumMap<>(MissCause.class);
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile boolean on;
  private volatile List<TierStats> tiersBefore = List.of();
  private volatile long evictionsBefore;
  private volatile long expirationsBefore;

  Counters(boolean on) {
    this.on = on;
    for (var cause : MissCause.values()) {
      misread.put(cause, new LongAdder());
    }
  }

  /** Whether it counts. */
  public boolean on() {
    return on;
  }

  void on(boolean now) {
    on = now;
  }

  /** A read found an entry. */
  public void hit() {
    increment(hits);
  }

  /** A read found none. */
  public void miss() {
    increment(misses);
  }

  /** Why a read missed; asked by callers only while {@link #on}. */
  public void missed(MissCause cause) {
    var cell = misread.get(cause);
    if (cell != null) {
      cell.increment();
    }
  }

  /** The user stored a value. */
  public void put() {
    increment(puts);
  }

  /** The user removed an entry. */
  public void removal() {
    increment(removals);
  }

  void loaded(boolean successful, long nanos) {
    add(successful ? loads : loadFailures, 1);
    add(loadNanos, nanos);
  }

  /**
   * Counts a hook that threw, and logs the first one of the cache at length and the others briefly.
   */
  void hookFailed(String cache, String hook, Throwable thrown) {
    hookFailures.increment();
    if (told.compareAndSet(false, true)) {
      LOG.log(
          Level.WARNING,
          "cache '" + cache + "': a " + hook + " threw; the cache goes on without it",
          thrown);
    } else {
      LOG.log(Level.DEBUG, "cache '" + cache + "': a " + hook + " threw: " + thrown);
    }
  }

  private void increment(Tally tally) {
    if (on) {
      tally.increment();
    }
  }

  private void add(LongAdder cell, long amount) {
    if (on) {
      cell.add(amount);
    }
  }

  /** What was counted since the last reset, with the sizes that the store knows. */
  CacheStats with(StoreInfo info) {
    var causes = new EnumMap<MissCause, Long>(MissCause.class);
    misread.forEach((cause, cell) -> causes.put(cause, cell.sum()));
    return new CacheStats(
        hits.sum(),
        misses.sum(),
        puts.sum(),
        removals.sum(),
        info.evictions() - evictionsBefore,
        info.expirations() - expirationsBefore,
        loads.sum(),
        loadFailures.sum(),
        Duration.ofNanos(loadNanos.sum()),
        info.size(),
        info.weight(),
        info.peakSize(),
        info.bytes(),
        hookFailures.sum(),
        causes,
        tiers(info));
  }

  /** The first tier has answered the hits that no other has. */
  private List<TierStats> tiers(StoreInfo info) {
    var tiers = new ArrayList<TierStats>();
    var left = hits.sum();
    for (int each = info.tiers().size() - 1; each >= 0; each--) {
      var now = info.tiers().get(each);
      var before = each < tiersBefore.size() ? tiersBefore.get(each) : NO_TIER;
      var answered = each == 0 ? Math.max(0, left) : now.hits() - before.hits();
      left -= answered;
      tiers.add(
          0,
          new TierStats(
              now.name(),
              answered,
              now.evictions() - before.evictions(),
              now.size(),
              now.estimatedBytes()));
    }
    return tiers;
  }

  /**
   * Sets everything to zero; the store's own counts are remembered so that they count from here.
   */
  void reset(StoreInfo info) {
    List.of(hits, misses, puts, removals).forEach(Tally::reset);
    List.of(loads, loadFailures, loadNanos, hookFailures).forEach(LongAdder::reset);
    misread.values().forEach(LongAdder::reset);
    tiersBefore = info.tiers();
    evictionsBefore = info.evictions();
    expirationsBefore = info.expirations();
  }
}
