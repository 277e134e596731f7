package dev.larder.server.http.v1;

import dev.larder.server.core.Database;
import dev.larder.server.http.Exchange;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final java.util.function.Supplier<String> epochs;
  private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean pumping = new AtomicBoolean();
  private final Runnable round = this::round;
  private @Nullable EventLog log;
  private @Nullable ScheduledFuture<?> beat;
  private @Nullable ScheduledFuture<?> farewell;
  private boolean closed;

  /**
   * Without listeners.
   *
   * @param scheduler for heartbeats
   * @param pump one thread, on which events are written to listeners
   * @param epochs names for logs, each unlike all others
   */
  Feed(
      Database database,
      ScheduledExecutorService scheduler,
      Executor pump,
      java.util.function.Supplier<String> epochs) {
    this.database = database;
    this.scheduler = scheduler;
    this.pump = pump;
    this.epochs = epochs;
  }

  /**
   * Begins to send events.
   *
   * @param after the id of the last event that the client has, null for none
   * @throws ProblemException when too many listen already
   */
  void listen(Exchange.Pieces to, EventFilter filter, @Nullable String after) {
    Listener listener;
    synchronized (this) {
      listener = new Listener(this, kept(filter), filter, to, after);
      listeners.add(listener);
    }
    to.onClose(() -> left(listener));
    told();
  }

  /** Throws when nobody more may listen. */
  synchronized void checkRoom() {
    if (closed) {
      throw Refusals.noCache(database.name());
    }
    if (listeners.size() >= MOST) {
      throw Refusals.tooMany("listeners to events", MOST);
    }
  }

  private EventLog kept(EventFilter filter) {
    if (farewell != null) {
      farewell.cancel(false);
      farewell = null;
    }
    var current = log;
    if (current == null) {
      current = new EventLog(epochs.get(), EventLog.EVENTS, EventLog.BYTES, this::told);
      log = current;
      database.watch(current);
      beat =
          scheduler.scheduleAtFixedRate(
              this::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
    }
    current.keep(filter.values(), filter.old());
    return current;
  }

  private void left(Listener listener) {
    listener.close();
    synchronized (this) {
      if (listeners.remove(listener) && listeners.isEmpty() && log != null) {
        farewell = scheduler.schedule(this::forget, LINGER.toMillis(), TimeUnit.MILLISECONDS);
      }
    }
  }

  private synchronized void forget() {
    if (listeners.isEmpty() && log != null) {
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
    for (var listener : listeners) {
      more |= listener.send();
    }
    if (more) {
      told();
    }
  }

  private void beat() {
    listeners.forEach(Listener::beat);
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
    listeners.forEach(Listener::end);
    listeners.clear();
    synchronized (this) {
      if (farewell != null) {
        farewell.cancel(false);
      }
    }
    forget();
  }
}
