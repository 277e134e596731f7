package dev.larder.server.http.v1;

import dev.larder.Checks;
import dev.larder.server.core.BusyException;
import dev.larder.server.core.Database;
import dev.larder.server.core.Operation;
import dev.larder.server.http.Exchange;
import dev.larder.spi.Bytes;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events of one database and who listens to them. The database is watched only while somebody
 * listens, and a while longer, so that who comes back finds what he missed. Safe for all threads.
 */
final class Feed {
  /** So many may listen. */
  static final int MOST = 1_000;

  /** How long the log is kept for those who may come back. */
  static final Duration LINGER = Duration.ofSeconds(60);

  /** How often a listener hears something. */
  static final Duration BEAT = Duration.ofSeconds(15);

  private final Database database;
  private final ScheduledExecutorService scheduler;
  private final Executor pump;
  private final Supplier<String> names;
  private final Barrier barrier;
  private final Map<String, Listener> listeners = new ConcurrentHashMap<>();
  private final AtomicBoolean pumping = new AtomicBoolean();
  private final Runnable round = this::round;
  private @Nullable EventLog log;
  private @Nullable ScheduledFuture<?> beat;
  private @Nullable ScheduledFuture<?> farewell;
  private int arriving;
  private boolean closed;

  /**
   * Without listeners.
   *
   * @param scheduler for heartbeats
   * @param pump one thread, on which events are written to listeners
   * @param work where it is waited for operations to end
   * @param names for logs and listeners, each unlike all others
   */
  Feed(
      Database database,
      ScheduledExecutorService scheduler,
      Executor pump,
      Executor work,
      Supplier<String> names) {
    this.database = database;
    this.scheduler = scheduler;
    this.pump = pump;
    this.names = names;
    this.barrier = new Barrier(database.gate(), work);
  }

  /**
   * Begins to send events, once no operation is under way any more that did not know that somebody
   * wants to hear of it.
   *
   * @param after the id of the last event that the client has, null for none
   * @throws ProblemException when too many listen already
   */
  void listen(Exchange to, EventFilter filter, @Nullable String after) {
    synchronized (this) {
      checkRoom();
      arriving++;
      keep(filter);
    }
    try {
      barrier.after(() -> begin(to, filter, after));
    } catch (BusyException e) {
      arrived();
      throw e;
    }
  }

  private void begin(Exchange exchange, EventFilter filter, @Nullable String after) {
    try {
      var listener = admitted(exchange, filter, after);
      listener.onClose(() -> left(listener));
      told();
    } catch (RuntimeException e) {
      exchange.fail(e);
    } finally {
      arrived();
    }
  }

  private synchronized Listener admitted(
      Exchange exchange, EventFilter filter, @Nullable String after) {
    checkRoom();
    exchange.with("Cache-Control", "no-store");
    var to = exchange.stream("text/event-stream");
    var listener = new Listener(names.get(), this, kept(), filter, to, after);
    listeners.put(listener.id(), listener);
    return listener;
  }

  /**
   * Says that number to a listener, after the events of all that has changed by now.
   *
   * @throws ProblemException when there is no such listener
   */
  void mark(String listener, long number) {
    var asking = listeners.get(listener);
    if (asking == null) {
      throw Refusals.noListener(listener);
    }
    barrier.after(
        () -> {
          asking.mark(number);
          told();
        });
  }

  /** Throws when nobody more may listen. Under the lock. */
  private void checkRoom() {
    if (closed) {
      throw Refusals.noCache(database.name());
    }
    if (listeners.size() >= MOST) {
      throw Refusals.tooMany("listeners to events", MOST);
    }
  }

  /**
   * An entry of this version expires earlier than it would have. Told after the change, and not in
   * the order of the changes of the key: it is said of that version and those before.
   */
  void shortened(Bytes key, long version) {
    EventLog current;
    synchronized (this) {
      current = log;
    }
    if (current != null) {
      current.shortened(key, version, Operation.current());
    }
  }

  /** Under the lock. */
  private void keep(EventFilter filter) {
    if (farewell != null) {
      farewell.cancel(false);
      farewell = null;
    }
    var current = log;
    if (current == null) {
      current = new EventLog(names.get(), EventLog.EVENTS, EventLog.BYTES, this::told);
      log = current;
      database.watch(current);
      beat =
          scheduler.scheduleAtFixedRate(
              this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }
    current.keep(filter.values(), filter.old());
  }

  /** The log, which is there while somebody arrives. */
  private EventLog kept() {
    return Checks.notNull(log, "the log of events");
  }

  private synchronized void arrived() {
    arriving--;
    unheard();
  }

  private void left(Listener listener) {
    listener.close();
    listeners.remove(listener.id());
    unheard();
  }

  /** Begins to forget, where nobody listens any more; nobody comes back to one that is closed. */
  private synchronized void unheard() {
    if (closed) {
      forget();
    } else if (nobody() && log != null && farewell == null) {
      farewell = scheduler.schedule(this::forget, LINGER.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private boolean nobody() {
    return listeners.isEmpty() && arriving == 0;
  }

  private synchronized void forget() {
    farewell = null;
    if (nobody() && log != null) {
      database.unwatch(log);
      log = null;
      if (beat != null) {
        beat.cancel(false);
      }
    }
  }

  /** There is something to send. Called under the locks of keys. */
  void told() {
    if (!listeners.isEmpty() && pumping.compareAndSet(false, true)) {
      try {
        pump.execute(round);
      } catch (RejectedExecutionException e) {
        // The server is shutting down; listeners learn of it when their connections close.
        pumping.set(false);
      }
    }
  }

  private void round() {
    pumping.set(false);
    var more = false;
    for (var listener : listeners.values()) {
      more |= listener.send();
    }
    if (more) {
      told();
    }
  }

  private void beat() {
    listeners.values().forEach(Listener::beat);
    told();
  }

  /** Whether changes are noted at present. */
  synchronized boolean watching() {
    return log != null;
  }

  /** How many listen. */
  int size() {
    return listeners.size();
  }

  /** Ends all streams: the database is no more. */
  void close() {
    synchronized (this) {
      closed = true;
    }
    listeners.values().forEach(Listener::end);
    listeners.clear();
    synchronized (this) {
      if (farewell != null) {
        farewell.cancel(false);
      }
    }
    forget();
  }
}
