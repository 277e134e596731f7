package dev.larder.disk;

import dev.larder.CacheClosedException;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import dev.larder.spi.FlightEvents;
import dev.larder.spi.Span.Outcome;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Commits what the overlay holds: every so often in the background, at once for a writer that finds
 * the overlay full, and for each writer where each write is to be safe when it returns. One commit
 * at a time; whoever waits for the one that runs finds his own changes in the next, together with
 * those of all others that waited. What could not be committed goes back into the overlay.
 *
 * <p>Longer than the house likes because all that decides when a commit happens is here.
 */
final class Flusher {
  /** From so many changed entries, or bytes, on writers commit before they write. */
  static final int MOST_ROWS = 4_096;

  static final long MOST_BYTES = 16L << 20;

  /** How often the file is looked after. */
  private static final long CARE_MILLIS = 1_000;

  private static final System.Logger LOG = System.getLogger("dev.larder");

  private final Entries entries;
  private final Overlay overlay;
  private final Context context;
  private final Durability durability;
  private final long interval;
  private final ReentrantLock committing = new ReentrantLock();
  private final AtomicBoolean queued = new AtomicBoolean();
  private final AtomicBoolean forcing = new AtomicBoolean();
  private @Nullable ScheduledFuture<?> ticks;
  private volatile boolean unforced;
  private volatile @Nullable String problem;
  private volatile @Nullable String refused;
  private volatile long failedAt;

  private final AtomicLong commits = new AtomicLong();
  private final AtomicInteger tablesLost = new AtomicInteger();
  private volatile long committedAt;
  private volatile long caredAt;

  Flusher(Entries entries, DiskOptions options, Context context) {
    this.entries = entries;
    this.overlay = entries.overlay();
    this.context = context;
    this.durability = options.durability();
    this.interval = options.interval().toNanos();
    this.committedAt = context.clock().exact();
    this.caredAt = committedAt;
  }

  void start() {
    ticks =
        context
            .scheduler()
            .scheduleWithFixedDelay(this::tick, interval, interval, TimeUnit.NANOSECONDS);
  }

  /** What is wrong with bringing changes to the disk, in words; empty when nothing is. */
  List<String> problems() {
    var problems = new ArrayList<String>();
    for (var one : Arrays.asList(problem, refused)) {
      if (one != null) {
        problems.add(one);
      }
    }
    if (overlay.lost() > 0) {
      problems.add(overlay.lost() + " reads did not move deadlines: too many wait for the disk");
    }
    return problems;
  }

  long commits() {
    return commits.get();
  }

  long committedAt() {
    return committedAt;
  }

  private void tick() {
    try {
      var now = context.clock().exact();
      if (now - caredAt >= CARE_MILLIS || unforced || overlay.due(now)) {
        soon();
      }
    } catch (Throwable e) {
      // The scheduler would never call again.
      refused(e);
    }
  }

  private void refused(Throwable e) {
    if (refused == null) {
      LOG.log(Level.WARNING, "cache '" + entries.cache() + "': no thread to commit with", e);
    }
    refused = "no thread to commit with: " + e.getMessage();
  }

  /** Whether the last commit failed so lately that only the background tries again. */
  boolean resting() {
    var millis = TimeUnit.NANOSECONDS.toMillis(interval);
    return problem != null && context.clock().exact() - failedAt < millis;
  }

  /** Commits in the background. */
  void soon() {
    if (queued.compareAndSet(false, true)) {
      try {
        context.executor().execute(this::background);
      } catch (Throwable e) {
        // Also an Error, such as that no thread can be started: there may be one again.
        queued.set(false);
        refused(e);
      }
    }
  }

  /** One thread commits and one forces, however long the disk takes. */
  private void background() {
    refused = null;
    try {
      try {
        flush(false);
      } finally {
        queued.set(false);
      }
      if (durability == Durability.INTERVAL && unforced && forcing.compareAndSet(false, true)) {
        try {
          force();
        } finally {
          forcing.set(false);
        }
      }
      care();
    } catch (StoreException | CacheClosedException e) {
      LOG.log(Level.DEBUG, "the next tick tries again", e);
    }
  }

  /** Has the table look after its file. */
  private void care() {
    var now = context.clock().exact();
    if (now - caredAt >= CARE_MILLIS) {
      caredAt = now;
      entries.table().tick();
    }
  }

  /** Nobody waits for this: it holds no lock. */
  private void force() {
    unforced = false;
    var span = FlightEvents.diskFlush(entries.cache(), 0, true);
    var outcome = Outcome.FAILED;
    try {
      entries.table().force();
      // Should commits fail too, the next one says so again.
      problem = null;
      outcome = Outcome.DONE;
    } catch (StoreException e) {
      unforced = true;
      failed(e);
      throw e;
    } finally {
      span.ended(outcome);
    }
  }

  /**
   * Makes room for a writer.
   *
   * @throws StoreException when there is none and the disk fails; nothing was changed
   */
  void beforeWrite() {
    var state = overlay.state();
    var open = state.open();
    if (full(state)) {
      lock("nothing was changed");
      try {
        if (full(overlay.state())) {
          commit(false);
        }
      } finally {
        committing.unlock();
      }
    } else if (open.count() > MOST_ROWS / 2 || open.bytes() > MOST_BYTES / 2) {
      soon();
    }
  }

  /**
   * What is being committed counts too, once there is twice as much of both: a commit that fails
   * comes back, and would find as much again every time.
   */
  private static boolean full(Overlay.State state) {
    var open = state.open();
    var closing = state.closing();
    return open.count() >= MOST_ROWS
        || open.bytes() >= MOST_BYTES
        || open.count() + closing.count() >= 2 * MOST_ROWS
        || open.bytes() + closing.bytes() >= 2 * MOST_BYTES;
  }

  /** Makes the changes of a writer safe, where they are to be when it returns. */
  void afterWrite(Generation in) {
    if (durability != Durability.EACH_WRITE) {
      return;
    }
    try {
      lock("the change is in force and not yet on the disk");
      try {
        if (!in.committed()) {
          commit(false);
        }
      } finally {
        committing.unlock();
      }
    } catch (StoreException e) {
      throw new OutcomeUnknownException(
          "cache '"
              + entries.cache()
              + "': the change is in force here, but could not be brought to the disk yet; it will"
              + " be tried again",
          e);
    }
  }

  /**
   * Commits what there is.
   *
   * @param everything whether all accesses have to be among it
   */
  void flush(boolean everything) {
    lock("nothing was changed");
    try {
      commit(everything);
    } finally {
      committing.unlock();
    }
  }

  /** Commits what there is, and the accesses of these keys. */
  void flush(Collection<Bytes> accessed) {
    lock("nothing was changed");
    try {
      commit(overlay.recency().of(accessed), durability == Durability.EACH_WRITE);
    } finally {
      committing.unlock();
    }
  }

  private void lock(String meanwhile) {
    try {
      committing.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(
          "cache '" + entries.cache() + "': interrupted while waiting for the disk; " + meanwhile,
          e);
    }
  }

  private void commit(boolean everything) {
    commit(everything, durability == Durability.EACH_WRITE);
  }

  private void commit(boolean everything, boolean force) {
    commit(everything ? overlay.recency().all() : overlay.piece(context.clock().exact()), force);
  }

  /** A commit that finds the file ruined goes into the one that is begun in its place. */
  private void commit(Map<Bytes, Long> recent, boolean force) {
    var before = tablesLost.get();
    try {
      commitOnce(recent, force);
    } catch (RuntimeException | Error e) {
      if (tablesLost.get() == before) {
        failed(e);
        throw e;
      }
      commitAgain(recent, force);
    }
  }

  private void commitAgain(Map<Bytes, Long> recent, boolean force) {
    try {
      commitOnce(recent, force);
    } catch (RuntimeException | Error e) {
      failed(e);
      throw e;
    }
  }

  /** The table has lost its rows, and goes on without them. */
  void tableLost() {
    tablesLost.incrementAndGet();
  }

  private void commitOnce(Map<Bytes, Long> recent, boolean force) {
    // Before: what is taken then belongs to this generation, or is refused and taken again.
    var generation = entries.table().generation();
    var closing = overlay.take(recent);
    if (closing == null) {
      return;
    }
    var span = FlightEvents.diskFlush(entries.cache(), closing.generation().count(), force);
    var outcome = Outcome.FAILED;
    try {
      var changes = new Harvest(entries, closing).changes().of(generation);
      var counted = entries.table().commit(changes, force);
      if (counted.equals(closing.after())) {
        entries.heads().committed(changes, closing.era());
      } else {
        // Damaged rows went with it, and which they were is not told.
        entries.heads().begin(closing.era());
      }
      commits.incrementAndGet();
      unforced |= !force;
      if (!overlay.committed(closing, counted)) {
        throw new StoreException("the file was replaced while it was committed to");
      }
      outcome = Outcome.DONE;
    } catch (RuntimeException | Error e) {
      overlay.failed();
      throw e;
    } finally {
      span.ended(outcome);
    }
    committedAt = context.clock().exact();
    problem = null;
  }

  private void failed(Throwable e) {
    failedAt = context.clock().exact();
    if (problem == null) {
      LOG.log(
          Level.WARNING,
          "cache '"
              + entries.cache()
              + "': what was written could not be brought to the disk; it is kept and tried again",
          e);
    }
    problem = "what was written could not be brought to the disk: " + e.getMessage();
  }

  /**
   * Ends the ticks and commits all there is, safely.
   *
   * @throws StoreException when the disk fails; what was not committed is lost
   */
  void close() {
    if (ticks != null) {
      ticks.cancel(false);
    }
    committing.lock();
    try {
      commit(true, durability != Durability.NONE);
      // One that runs may have begun before the last commits, or fail.
      var open = unforced || forcing.get() || unforced;
      if (open && durability != Durability.NONE) {
        entries.table().force();
      }
    } finally {
      committing.unlock();
    }
  }
}
