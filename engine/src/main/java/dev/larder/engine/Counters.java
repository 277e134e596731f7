package dev.larder.engine;

import dev.larder.MissCause;
import java.lang.System.Logger.Level;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;

/** The striped counters of one front. While off, the counting methods return at their first branch. */
final class Counters {
  private static final System.Logger LOG = System.getLogger("dev.larder");

  /** What is counted. */
  enum Count {
    HIT,
    MISS,
    PUT,
    REMOVAL,
    LOAD,
    LOAD_FAILURE,
    LOAD_NANOS,
    HOOK_FAILURE
  }

  private final LongAdder[] cells = new LongAdder[Count.values().length];
  private final Map<MissCause, LongAdder> misread = new EnumMap<>(MissCause.class);
  private final AtomicBoolean told = new AtomicBoolean();
  private volatile boolean on;
  private volatile long evictionsBefore;
  private volatile long expirationsBefore;

  Counters(boolean on) {
    this.on = on;
    for (int cell = 0; cell < cells.length; cell++) {
      cells[cell] = new LongAdder();
    }
    for (var cause : MissCause.values()) {
      misread.put(cause, new LongAdder());
    }
  }

  boolean on() {
    return on;
  }

  void on(boolean now) {
    on = now;
  }

  void hit() {
    add(Count.HIT, 1);
  }

  void miss() {
    add(Count.MISS, 1);
  }

  /** Why a read missed; asked by callers only while {@link #on}. */
  void missed(MissCause cause) {
    var cell = misread.get(cause);
    if (cell != null) {
      cell.increment();
    }
  }

  void put() {
    add(Count.PUT, 1);
  }

  void removal() {
    add(Count.REMOVAL, 1);
  }

  void loaded(boolean successful, long nanos) {
    add(successful ? Count.LOAD : Count.LOAD_FAILURE, 1);
    add(Count.LOAD_NANOS, nanos);
  }

  /** Counts a hook that threw, and logs the first one of the cache at length and the others briefly. */
  void hookFailed(String cache, String hook, Throwable thrown) {
    cells[Count.HOOK_FAILURE.ordinal()].increment();
    if (told.compareAndSet(false, true)) {
      LOG.log(Level.WARNING, "cache '" + cache + "': a " + hook + " threw; the cache goes on without it", thrown);
    } else {
      LOG.log(Level.DEBUG, "cache '" + cache + "': a " + hook + " threw: " + thrown);
    }
  }

  private void add(Count what, long amount) {
    if (on) {
      cells[what.ordinal()].add(amount);
    }
  }

  long get(Count what) {
    return cells[what.ordinal()].sum();
  }

  Map<MissCause, Long> misread() {
    var sums = new EnumMap<MissCause, Long>(MissCause.class);
    misread.forEach((cause, cell) -> sums.put(cause, cell.sum()));
    return sums;
  }

  /** Sets everything to zero; the store's own counts are remembered so that they count from here. */
  void reset(long evictions, long expirations) {
    for (var cell : cells) {
      cell.reset();
    }
    misread.values().forEach(LongAdder::reset);
    evictionsBefore = evictions;
    expirationsBefore = expirations;
  }

  long evictionsSince(long evictions) {
    return evictions - evictionsBefore;
  }

  long expirationsSince(long expirations) {
    return expirations - expirationsBefore;
  }
}
