package dev.larder.server.http.v1;

import dev.larder.RemovalCause;
import dev.larder.server.core.Database;
import dev.larder.server.core.Watcher;
import dev.larder.server.http.v1.SharedLoad.Stage;
import dev.larder.server.http.v1.SharedLoad.Waiting;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The loads of one database of which its clients want one at a time for each key, and who waits for
 * them to end. docs/decisions/0025 says why a load is not a lease.
 *
 * <p>A load has two steps. Its client first {@link #begin begins}, which one can at a time; then it
 * announces the load to the store, which gives a fill token; then the load {@linkplain #started has
 * started}. What happens to the key between the first and the last is noted, since nobody can tell
 * then whether the token still holds, and the client looks again. From then on the load ends with
 * its token. That all fill tokens of a key but the newest are outdated is the store's own rule, so
 * that whatever goes wrong here costs a load more, never a wrong value.
 *
 * <p>Safe for all threads. Its lock is held for a few instructions, also under the lock of a key;
 * those who waited are told on another thread.
 */
final class LoadTable implements Watcher {
  /** So many loads, and so many who wait, at once. */
  static final int MOST = 10_000;

  private final Database database;
  private final ScheduledExecutorService scheduler;
  private final Executor teller;
  private final Map<Bytes, SharedLoad> loads = new ConcurrentHashMap<>();
  private int waiting;
  private boolean closed;

  /**
   * None yet.
   *
   * @param scheduler what ends loads whose clients do not
   * @param teller one thread, on which those who waited are told
   */
  LoadTable(Database database, ScheduledExecutorService scheduler, Executor teller) {
    this.database = database;
    this.scheduler = scheduler;
    this.teller = teller;
  }

  /**
   * Begins a load, unless one is under way: null then. Beyond {@link #MOST} loads are not shared:
   * each may begin.
   *
   * @param atMost how many milliseconds it may take
   */
  synchronized @Nullable SharedLoad begin(Bytes key, long atMost) {
    if (loads.containsKey(key)) {
      return null;
    }
    var load = new SharedLoad(key, database.clock().exact() + atMost);
    if (loads.size() >= MOST || closed) {
      load.stage = Stage.ENDED;
      return load;
    }
    load.timer = scheduler.schedule(() -> end(load), atMost, TimeUnit.MILLISECONDS);
    if (loads.isEmpty()) {
      database.watch(this);
    }
    loads.put(key, load);
    return load;
  }

  /**
   * Has a load that began run under that token; false when the token may be outdated already, and
   * then another look at the entry is due.
   */
  synchronized boolean started(SharedLoad load, long token) {
    if (load.stage == Stage.CHANGED) {
      load.stage = Stage.BEGUN;
      return false;
    }
    if (load.stage == Stage.BEGUN) {
      load.stage = Stage.STARTED;
      load.token = token;
    }
    return true;
  }

  /** The load of that token is over: it was given back. */
  void returned(Bytes key, long token) {
    var load = loads.get(key);
    if (load != null && token != 0 && load.token == token) {
      end(load);
    }
  }

  /** For how many milliseconds the load of the key goes on at most, 0 where there is none. */
  long left(Bytes key) {
    var load = loads.get(key);
    return load == null ? 0 : Math.max(1, load.until() - database.clock().exact());
  }

  /**
   * Waits until no load of the key is under way.
   *
   * @param patience for how many milliseconds at most
   * @throws ProblemException when too many wait already
   */
  void await(Bytes key, long patience, Waiting waiter) {
    if (!waits(key, patience, waiter)) {
      tell(waiter, left(key));
    }
  }

  private synchronized boolean waits(Bytes key, long patience, Waiting waiter) {
    var load = loads.get(key);
    if (load == null || patience == 0 || waiter.withdrawn) {
      return false;
    }
    if (waiting >= MOST) {
      throw Refusals.tooMany("who wait for loads", MOST);
    }
    waiting++;
    load.waiting.add(waiter);
    waiter.load = load;
    waiter.timer = scheduler.schedule(() -> giveUp(load, waiter), patience, TimeUnit.MILLISECONDS);
    return true;
  }

  /** Whoever asked has gone, and is told as after its patience. Before {@link #await} or after. */
  void withdraw(Waiting waiter) {
    SharedLoad load;
    synchronized (this) {
      waiter.withdrawn = true;
      load = waiter.load;
      waiter.cancelTimer();
    }
    if (load != null) {
      giveUp(load, waiter);
    }
  }

  private void giveUp(SharedLoad load, Waiting waiter) {
    synchronized (this) {
      if (!load.waiting.remove(waiter)) {
        return;
      }
      waiting--;
    }
    tell(waiter, left(load.key()));
  }

  private static void tell(Waiting waiter, long left) {
    if (left == 0) {
      waiter.over();
    } else {
      waiter.still(left);
    }
  }

  /** How many wait. */
  synchronized int waiting() {
    return waiting;
  }

  /** How many loads are under way. */
  int size() {
    return loads.size();
  }

  /** Ends a load, whatever became of it. */
  void end(SharedLoad load) {
    List<Waiting> released;
    synchronized (this) {
      if (load.stage == Stage.ENDED) {
        return;
      }
      released = ended(load);
    }
    release(released);
  }

  /** Under the lock. */
  private List<Waiting> ended(SharedLoad load) {
    load.stage = Stage.ENDED;
    loads.remove(load.key());
    if (loads.isEmpty()) {
      database.unwatch(this);
    }
    if (load.timer != null) {
      load.timer.cancel(false);
    }
    var released = List.copyOf(load.waiting);
    load.waiting.clear();
    waiting -= released.size();
    released.forEach(Waiting::cancelTimer);
    return released;
  }

  private void release(List<Waiting> released) {
    if (released.isEmpty()) {
      return;
    }
    try {
      teller.execute(() -> released.forEach(Waiting::over));
    } catch (RejectedExecutionException e) {
      // The server is shutting down; who waits learns of it when the connection closes.
    }
  }

  /** The key was written or removed, so the token of its load, if any, is outdated. */
  void outdated(Bytes key) {
    var load = loads.get(key);
    if (load == null) {
      return;
    }
    List<Waiting> released = List.of();
    synchronized (this) {
      if (load.stage == Stage.STARTED) {
        released = ended(load);
      } else if (load.stage == Stage.BEGUN) {
        load.stage = Stage.CHANGED;
      }
    }
    release(released);
  }

  /** What leaves for time or space outdates no token. */
  @Override
  public void changed(Bytes key, Change<Payload> change, long operation) {
    if (change.cause() != RemovalCause.EXPIRED && change.cause() != RemovalCause.EVICTED) {
      outdated(key);
    }
  }

  @Override
  public void cleared(long operation) {
    loads.keySet().forEach(this::outdated);
  }

  /** Ends all loads: the database is no more. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    loads.values().forEach(this::end);
  }
}
