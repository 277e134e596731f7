package dev.larder.server.http.v1;

import dev.larder.RemovalCause;
import dev.larder.server.core.BusyException;
import dev.larder.server.core.Database;
import dev.larder.server.core.Verb;
import dev.larder.server.core.Watcher;
import dev.larder.server.http.v1.Outcome.Did;
import dev.larder.server.http.v1.Waiter.Changer;
import dev.larder.server.http.v1.Waiter.Leaser;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;
import dev.larder.spi.Result;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The leases on the keys of one database, and who waits for them, first come, first served.
 * docs/decisions/0019 says why it is not the store that leases.
 *
 * <p>Nobody waits with a thread. Those who know leases ask {@link #leased} inside the gate of the
 * database and get in line instead of changing a leased key. A lease begins by going through the
 * gate alone, so that whoever asked before has made his change, and only then looks at the entry.
 * Those who do not know leases change the entry all the same; this table, told of it as a {@link
 * Watcher}, then refuses the holder's change. Safe for all threads; its lock is held for a few
 * instructions, under the lock of a key never.
 *
 * <p>Longer than the house likes because a lease's whole life is under one lock, which is to be
 * read in one place.
 */
final class LeaseTable implements Watcher {
  /** So many leases, and so many who wait, at once. */
  static final int MOST = 10_000;

  private static final Verb<Commit, Outcome> COMMIT = Verb.of("commit", LeaseTable::commit);

  private static final Verb<Grant, Boolean> BEGIN =
      Verb.of("begin", (grant, slot) -> grant.begin(Edits.copy(slot.current())));

  private record Commit(Grant grant, Edit edit) {}

  private final Database database;
  private final ScheduledExecutorService scheduler;
  private final Executor work;
  private final LongSupplier fences;
  private final Supplier<String> ids;
  private final Map<Bytes, Line> lines = new ConcurrentHashMap<>();
  private final Errands errands = new Errands();
  private volatile int size;

  private int waiting;
  private boolean closed;

  /**
   * None yet.
   *
   * @param work where leases begin and changes that waited are made
   */
  LeaseTable(
      Database database,
      ScheduledExecutorService scheduler,
      Executor work,
      LongSupplier fences,
      Supplier<String> ids) {
    this.database = database;
    this.scheduler = scheduler;
    this.work = work;
    this.fences = fences;
    this.ids = ids;
  }

  /** Whether a change of the key has to get in line. Asked inside the gate. */
  boolean leased(Bytes key) {
    return size != 0 && lines.containsKey(key);
  }

  /** How many wait. */
  synchronized int waiting() {
    return waiting;
  }

  /** How many milliseconds until the lease on the key ends at the latest, 0 when there is none. */
  synchronized long left(Bytes key) {
    var line = lines.get(key);
    var holder = line == null ? null : line.holder;
    return holder == null ? 0 : Math.max(0, holder.until() - database.clock().exact());
  }

  /**
   * Gets in line; one that was {@linkplain #withdraw withdrawn} before is refused at once.
   *
   * @param patience for how many milliseconds at most
   * @throws ProblemException when too many are there already
   */
  void enter(Bytes key, long patience, Waiter waiter) {
    if (!entered(key, patience, waiter)) {
      waiter.refused(Refusals.leased(left(key)));
    }
  }

  private boolean entered(Bytes key, long patience, Waiter waiter) {
    Runnable next;
    synchronized (this) {
      checkRoom();
      if (waiter.withdrawn()) {
        return false;
      }
      var line = lines.computeIfAbsent(key, any -> new Line());
      counted();
      line.waiting.add(waiter);
      waiting++;
      next = advance(key, line);
      if (line.waiting.contains(waiter)) {
        waiter.timer(
            scheduler.schedule(() -> giveUp(key, waiter), patience, TimeUnit.MILLISECONDS));
      }
    }
    errands.run(next);
    return true;
  }

  /**
   * Whoever asked has gone. One in line leaves it, as after its patience; a lease that was given
   * ends, since nobody will use it; a change that has begun is made. Before {@link #enter} or
   * after.
   */
  void withdraw(Bytes key, Waiter waiter) {
    // In this order: whoever is in line by the first step has left it, or has a lease, by the
    // third.
    waiter.withdraw();
    giveUp(key, waiter);
    var grant = waiter instanceof Leaser leaser ? leaser.grant() : null;
    if (grant != null) {
      end(grant, Grant.Stage.HELD);
    }
  }

  /** Under the lock. */
  private void checkRoom() {
    if (closed) {
      throw Refusals.noCache(database.name());
    }
    if (waiting >= MOST || lines.size() >= MOST) {
      throw Refusals.tooMany("leases and changes that wait for them", MOST);
    }
  }

  /** Begins or ends being told of changes. Under the lock. */
  private void counted() {
    var before = size;
    size = lines.size();
    if (before == 0 && size != 0) {
      database.watch(this);
    } else if (before != 0 && size == 0) {
      database.unwatch(this);
    }
  }

  /** Lets the next one go on if it is his turn; gives what is to be done once the lock is free. */
  private Runnable advance(Bytes key, Line line) {
    Runnable next = LeaseTable::nothing;
    if (line.free() && !line.waiting.isEmpty()) {
      var first = line.next();
      waiting--;
      first.cancelTimer();
      if (first instanceof Leaser leaser) {
        next = begun(key, line, leaser);
      } else if (first instanceof Changer changer) {
        line.changing = true;
        next = () -> execute(() -> change(key, changer), why -> dropped(key, changer, why));
      }
    }
    if (line.idle()) {
      lines.remove(key);
      counted();
    }
    return next;
  }

  /** Under the lock. */
  private Runnable begun(Bytes key, Line line, Leaser leaser) {
    var until = database.clock().exact() + leaser.atMost();
    var grant = new Grant(key, ids.get(), fences.getAsLong(), until);
    line.holder = grant;
    leaser.grant(grant);
    grant.timer(scheduler.schedule(() -> runOut(grant), leaser.atMost(), TimeUnit.MILLISECONDS));
    return () ->
        execute(
            () -> begin(grant, leaser),
            why -> {
              release(key, grant.id());
              leaser.refused(why);
            });
  }

  private static void nothing() {}

  private void execute(Runnable task, java.util.function.Consumer<RuntimeException> refused) {
    try {
      work.execute(task);
    } catch (BusyException e) {
      refused.accept(e);
    }
  }

  private void begin(Grant grant, Leaser leaser) {
    try {
      var gate = database.gate();
      gate.leave(gate.enterAlone());
      database.change(grant.key(), BEGIN, grant);
    } catch (RuntimeException e) {
      release(grant.key(), grant.id());
      leaser.refused(e);
      return;
    }
    if (leaser.withdrawn()) {
      leaser.refused(Refusals.leased(left(grant.key())));
    } else {
      leaser.granted(grant);
    }
  }

  private void change(Bytes key, Changer changer) {
    var gate = database.gate();
    var stamp = gate.enter();
    try {
      changer.change();
    } finally {
      gate.leave(stamp);
      afterChange(key);
    }
  }

  private void dropped(Bytes key, Changer changer, RuntimeException why) {
    afterChange(key);
    changer.refused(why);
  }

  private void afterChange(Bytes key) {
    Runnable next = LeaseTable::nothing;
    synchronized (this) {
      var line = lines.get(key);
      if (line != null) {
        line.changing = false;
        next = advance(key, line);
      }
    }
    errands.run(next);
  }

  private void giveUp(Bytes key, Waiter waiter) {
    Runnable next;
    synchronized (this) {
      var line = lines.get(key);
      if (line == null || !line.waiting.remove(waiter)) {
        return;
      }
      waiting--;
      waiter.cancelTimer();
      next = advance(key, line);
    }
    errands.run(next);
    waiter.refused(Refusals.leased(left(key)));
  }

  private void runOut(Grant grant) {
    end(grant, Grant.Stage.HELD);
  }

  /** Ends the lease of that name, if there still is one; a change being made is made. */
  void release(Bytes key, String id) {
    var grant = held(key, id);
    if (grant != null) {
      end(grant, Grant.Stage.HELD);
    }
  }

  private synchronized @Nullable Grant held(Bytes key, String id) {
    var line = lines.get(key);
    var holder = line == null ? null : line.holder;
    return holder != null && holder.id().equals(id) ? holder : null;
  }

  private void end(Grant grant, Grant.Stage from) {
    Runnable next = LeaseTable::nothing;
    synchronized (this) {
      if (grant.stage() != from) {
        return;
      }
      grant.stage(Grant.Stage.ENDED);
      grant.cancelTimer();
      var line = lines.get(grant.key());
      if (line != null) {
        line.holder = null;
        next = advance(grant.key(), line);
      }
    }
    errands.run(next);
  }

  /**
   * Makes the holder's change and ends the lease. Inside the gate.
   *
   * @param edit null to keep the entry as it is
   * @return what it did, null where it was to be kept
   * @throws ProblemException when the lease is over or lost; nothing was changed
   */
  @Nullable Result<Outcome> commit(Bytes key, String id, @Nullable Edit edit) {
    var grant = committing(key, id);
    try {
      if (edit == null) {
        return null;
      }
      var result = database.change(key, COMMIT, new Commit(grant, edit));
      if (result.value().did() == Did.REFUSED) {
        throw Refusals.leaseLost("somebody who knows no leases changed the entry");
      }
      return result;
    } finally {
      end(grant, Grant.Stage.COMMITTING);
    }
  }

  private synchronized Grant committing(Bytes key, String id) {
    var grant = held(key, id);
    if (grant == null
        || grant.stage() != Grant.Stage.HELD
        || grant.until() <= database.clock().exact()) {
      throw Refusals.leaseLost("it ran out, was ended, or never was");
    }
    grant.stage(Grant.Stage.COMMITTING);
    return grant;
  }

  private static Outcome commit(Commit commit, dev.larder.spi.Slot<Payload> slot) {
    var current = slot.current();
    return commit.grant.holds(current)
        ? Edits.apply(commit.edit, slot)
        : new Outcome(Did.REFUSED, current == null ? 0 : current.version(), null, 0);
  }

  /** What leaves for time or space is nobody's change. */
  @Override
  public void changed(Bytes key, Change<Payload> change, long operation) {
    if (change.cause() != RemovalCause.EXPIRED && change.cause() != RemovalCause.EVICTED) {
      supersede(lines.get(key));
    }
  }

  @Override
  public void cleared(long operation) {
    lines.values().forEach(LeaseTable::supersede);
  }

  private static void supersede(@Nullable Line line) {
    var holder = line == null ? null : line.holder;
    if (holder != null) {
      holder.supersede();
    }
  }

  /** Ends all leases and sends those away who wait: the database is no more. */
  void close() {
    var sent = new ArrayList<Waiter>();
    synchronized (this) {
      closed = true;
      for (var line : lines.values()) {
        sent.addAll(line.waiting);
        if (line.holder != null) {
          line.holder.stage(Grant.Stage.ENDED);
          line.holder.cancelTimer();
        }
      }
      lines.clear();
      waiting = 0;
      counted();
    }
    for (var waiter : sent) {
      waiter.cancelTimer();
      waiter.refused(Refusals.noCache(database.name()));
    }
  }
}
