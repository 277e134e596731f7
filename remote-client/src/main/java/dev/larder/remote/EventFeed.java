package dev.larder.remote;

import dev.larder.CacheSpec;
import dev.larder.Life;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import dev.larder.spi.Payload;
import dev.larder.spi.StoreEvents;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/*
 * What is told, and why it is enough:
 *
 *   order    Events are handed on by FeedOrder: once, in order, losses as gaps. A stream that breaks is opened again
 *            after the last event received; the server goes on there, or says by another epoch, or by a gap, that it
 *            cannot.
 *   start    What was read before the first stream started, or before one of another log, may have changed with nobody
 *            taking note. So copies, and reads under way, are outdated when a stream starts so.
 *   marks    A mark is asked for by a request of its own, with the time before it was sent. The server answers within
 *            the stream, behind all that had changed by then. When it comes, and no event before it is missing,
 *            everything in force at that time has been told. Whatever the network does to the stream can only keep
 *            that from being said.
 *
 * Locks: `lock` guards which stream is the right one, for a few instructions; `delivery` is held while an event is
 * handed on, so that a stream and the one that follows it do not overlap. `lock` is taken under `delivery`, never the
 * other way round.
 */
/**
 * What happens to the entries of one cache at the server, as its stream of events tells: to
 * listeners in order, each once, with gaps said; to the tier of copies in front, which entries are
 * outdated and up to when all was told. There is a stream only while listeners or copies want it.
 * Safe for all threads.
 *
 * <p>Longer than the house likes because everything that may make another stream the right one is
 * here, under the one lock that says which it is.
 */
final class EventFeed implements AutoCloseable {
  /** How long a caller waits for the stream to begin. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** How often the line is tried while only listeners want it. */
  private static final Duration CHECK = Duration.ofSeconds(5);

  /** So many checks within the time that copies are shown. */
  private static final int SHARE = 3;

  /** A stream is silent when nothing came for so many checks, and for so long. */
  private static final int SILENT_CHECKS = 3;

  private static final Duration SILENCE = Duration.ofSeconds(2);

  /** A stream that lasted so long is opened again at once when it breaks. */
  private static final Duration STABLE = Duration.ofSeconds(1);

  private static final Duration FIRST_RETRY = Duration.ofMillis(20);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(5);

  private final String cache;
  private final String place;
  private final String path;
  private final Runnable unknown;
  private final Link link;
  private final StoreEvents<Bytes, Payload> events;
  private final Context context;
  private final FeedOrder order;
  private final FeedMarks marks;
  private final SplittableRandom random;
  private final Runnable hostChanged = this::hostChanged;
  private final ReentrantLock delivery = new ReentrantLock();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by lock.
  private @Nullable FeedStream current;
  private @Nullable ScheduledFuture<?> checks;
  private @Nullable ScheduledFuture<?> retry;
  private int attempts;
  private boolean moved;
  private boolean closed;
  private String problem = "";

  /** By which stream a mark was last asked for, null when that request is over. */
  private @Nullable FeedStream marking;

  private long markedAt;

  EventFeed(CacheSpec<?, ?> spec, Link link, StoreEvents<Bytes, Payload> events, Context context) {
    this(spec, link, events, context, () -> {});
  }

  /**
   * No stream yet.
   *
   * @param unknown called on the context's executor when the server says that it does not know the
   *     cache: to create it
   */
  EventFeed(
      CacheSpec<?, ?> spec,
      Link link,
      StoreEvents<Bytes, Payload> events,
      Context context,
      Runnable unknown) {
    this.cache = spec.name();
    this.place = new Paths(cache).root();
    this.path = place + "/events";
    this.unknown = unknown;
    this.link = link;
    this.events = events;
    this.context = context;
    this.order = new FeedOrder(events);
    this.random = new SplittableRandom(context.clock().ticks() ^ System.identityHashCode(this));
    this.marks = new FeedMarks(random.nextLong(1L << 52));
    link.watch(hostChanged);
  }

  /**
   * Begins, if anybody wants events or keeps copies; called once when the cache has been opened.
   *
   * @throws StoreException as {@link #want} does, where there are listeners
   */
  void begin() {
    if (events.wanted()) {
      want();
    } else if (events.keepsCopies()) {
      // Copies are not shown before the stream has begun, so nobody has to wait for it.
      open();
    }
  }

  /**
   * Returns when every change from now on will be told, or told as a gap.
   *
   * @throws StoreException when the stream has not begun after {@link #PATIENCE}; it is tried on
   */
  void want() {
    var values = events.wanted();
    FeedStream poorer = null;
    lock.lock();
    try {
      if (current != null && values && !current.values()) {
        poorer = detach();
      }
    } finally {
      lock.unlock();
    }
    if (poorer != null) {
      poorer.close();
    }
    open();
    await(values);
  }

  private void await(boolean values) {
    var left = PATIENCE.toNanos();
    lock.lock();
    try {
      while (!closed && !begun(values)) {
        if (left <= 0) {
          throw new StoreException(
              "cache '"
                  + cache
                  + "': the stream of events has not begun within "
                  + PATIENCE.toSeconds()
                  + " s"
                  + (problem.isEmpty() ? "" : ": " + problem)
                  + "; it is tried on, and until then listeners hear nothing",
              null);
        }
        left = changed.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for the stream of events", e);
    } finally {
      lock.unlock();
    }
  }

  private boolean begun(boolean values) {
    var stream = current;
    return stream != null && stream.started() && (stream.values() || !values);
  }

  /** Opens a stream unless there is one. */
  private void open() {
    FeedStream fresh;
    String after;
    lock.lock();
    try {
      if (closed || current != null) {
        return;
      }
      retry = null;
      startChecks();
      after = moved ? "" : order.last();
      fresh = new FeedStream(this, events.wanted(), context.clock().ticks());
      current = fresh;
      marks.forget();
    } finally {
      lock.unlock();
    }
    try {
      fresh.opens(
          link.stream(fresh.values() ? path + "?values=true&old=true" : path, after, fresh));
    } catch (RuntimeException e) {
      broken(fresh, "it could not be opened: " + e.getMessage());
    }
  }

  private void startChecks() {
    if (checks == null) {
      var every = interval().toNanos();
      checks =
          context
              .scheduler()
              .scheduleWithFixedDelay(this::check, every, every, TimeUnit.NANOSECONDS);
    }
  }

  private Duration interval() {
    var staleness = events.keepsCopies() ? events.maxStaleness() : Life.FOREVER;
    return staleness == Life.FOREVER
        ? CHECK
        : Duration.ofMillis(Math.min(CHECK.toMillis(), Math.max(1, staleness / SHARE)));
  }

  /** The stream at hand is no use any more; gives it to be closed. Under the lock. */
  private @Nullable FeedStream detach() {
    var old = current;
    current = null;
    marks.forget();
    return old;
  }

  /** Something came by a stream. */
  void received(FeedStream stream, String id, String name, String data) {
    delivery.lock();
    try {
      if (isCurrent(stream)) {
        stream.heard(context.clock().ticks());
        deliver(stream, id, FeedText.read(name, data));
      }
    } catch (StoreException e) {
      broken(stream, String.valueOf(e.getMessage()));
    } finally {
      delivery.unlock();
    }
  }

  private boolean isCurrent(FeedStream stream) {
    lock.lock();
    try {
      return current == stream;
    } finally {
      lock.unlock();
    }
  }

  private void deliver(FeedStream stream, String id, FeedEvent event) {
    if (event instanceof FeedEvent.Start start) {
      if (!stream.started()) {
        started(stream, start, id);
      }
    } else if (!stream.started()) {
      throw new StoreException("the stream of events did not begin with its start", null);
    } else if (!order.sameLog(id)) {
      throw new StoreException("an event of another log came by the stream", null);
    } else if (event instanceof FeedEvent.Changed change) {
      order.changed(change, id, stream.values());
    } else if (event instanceof FeedEvent.Cleared cleared) {
      order.cleared(cleared, id);
    } else if (event instanceof FeedEvent.Gap gap) {
      order.reach(gap.next(), id);
    } else if (event instanceof FeedEvent.Mark mark) {
      order.reach(mark.next(), id);
      marks.came(mark.number()).ifPresent(this::confirmed);
    }
  }

  private void confirmed(long ticks) {
    events.confirmed(ticks);
    lock.lock();
    try {
      problem = "";
    } finally {
      lock.unlock();
    }
  }

  private void started(FeedStream stream, FeedEvent.Start start, String id) {
    var goesOn = order.started(start, id);
    if (!goesOn) {
      // No copy is left of what was read before; so of what was in force then, all is told.
      events.confirmed(stream.openedAt());
    }
    lock.lock();
    try {
      stream.start(start.listener());
      moved = false;
      problem = "";
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    mark(stream);
  }

  /** A stream is over, or no good. */
  void broken(FeedStream stream, String why) {
    var again = false;
    lock.lock();
    try {
      if (current != stream) {
        return;
      }
      detach();
      problem = why;
      var lasted = context.clock().ticks() - stream.openedAt();
      again = stream.started() && lasted >= STABLE.toNanos();
      attempts = stream.started() && again ? 0 : attempts + 1;
      if (!again) {
        retryLater();
      }
    } finally {
      lock.unlock();
    }
    stream.close();
    if (again) {
      open();
    } else if (!stream.started()) {
      lookAround();
    }
  }

  /**
   * A stream that cannot be opened says little, and is no request that the link learns from. An
   * ordinary one has the link find another host if this one is gone, and shows whether the cache is
   * still there.
   */
  private void lookAround() {
    try {
      var unused = link.send(Ask.bare("GET", place, true)).thenAccept(this::looked);
    } catch (RuntimeException e) {
      // The link knows now, and says so in its own problems; the stream is tried again in any case.
      noted(e);
    }
  }

  private void looked(Reply reply) {
    if (reply.status() == 404) {
      try {
        context.executor().execute(unknown);
      } catch (RejectedExecutionException e) {
        noted(e);
      }
    }
  }

  private void noted(RuntimeException failure) {
    lock.lock();
    try {
      problem = String.valueOf(failure.getMessage());
    } finally {
      lock.unlock();
    }
  }

  /** With a backoff, and jitter so that clients do not come back all at once. */
  private void retryLater() {
    if (closed || retry != null) {
      return;
    }
    var longest = FIRST_RETRY.toNanos() << Math.min(attempts - 1, 10);
    var delay = Math.min(longest, LONGEST_RETRY.toNanos());
    try {
      retry =
          context
              .scheduler()
              .schedule(this::open, delay / 2 + random.nextLong(delay / 2), TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      problem = problem + "; it is not tried again, since the manager is closing";
    }
  }

  private void hostChanged() {
    FeedStream old;
    lock.lock();
    try {
      if (closed || (current == null && checks == null)) {
        return;
      }
      moved = true;
      old = detach();
    } finally {
      lock.unlock();
    }
    if (old != null) {
      old.close();
    }
    events.outdatedAll();
    open();
  }

  /** Now and then: asks for a mark, and looks whether the stream is alive and wanted. */
  private void check() {
    FeedStream stream;
    FeedStream unwanted = null;
    var now = context.clock().ticks();
    String failure = null;
    lock.lock();
    try {
      stream = current;
      if (stream == null) {
        return;
      }
      if (!events.wanted() && !events.keepsCopies()) {
        unwanted = detach();
        stopChecks();
      } else {
        failure = failure(stream, now - stream.heardAt(), silence());
      }
    } finally {
      lock.unlock();
    }
    if (unwanted != null) {
      unwanted.close();
    } else if (failure != null) {
      broken(stream, failure);
    } else if (stream.started()) {
      mark(stream);
    }
  }

  /** What the silence of a stream means; null where it means nothing yet. */
  private static @Nullable String failure(FeedStream stream, long silent, long silence) {
    if (!stream.started()) {
      return silent > PATIENCE.toNanos() ? "it did not begin" : null;
    }
    return silent > silence && !stream.listener().isEmpty() ? "nothing came by it any more" : null;
  }

  private long silence() {
    return Math.max(SILENT_CHECKS * interval().toNanos(), SILENCE.toNanos());
  }

  private void stopChecks() {
    if (checks != null) {
      checks.cancel(false);
      checks = null;
    }
  }

  /**
   * Asks for a mark: one request at a time, unless the one before takes so long that its connection
   * is likely dead.
   */
  private void mark(FeedStream stream) {
    long number;
    lock.lock();
    try {
      // The time first: what happens after it and before the server has the request is told too.
      var now = context.clock().ticks();
      var busy = marking == stream && now - markedAt < silence();
      if (busy || current != stream || stream.listener().isEmpty()) {
        return;
      }
      marking = stream;
      markedAt = now;
      number = marks.send(now);
    } finally {
      lock.unlock();
    }
    var ask = Ask.bare("POST", path + "/" + stream.listener() + "/mark?number=" + number, true);
    try {
      var unused = link.send(ask).whenComplete((reply, failure) -> marked(stream, reply, failure));
    } catch (RuntimeException e) {
      marked(stream, null, e);
    }
  }

  /** The answer itself comes by the stream; a request that fails is tried again with the next. */
  private void marked(FeedStream stream, @Nullable Reply reply, @Nullable Throwable failure) {
    lock.lock();
    try {
      marking = marking == stream ? null : marking;
      if (failure != null && current == stream) {
        problem = "the server cannot be asked whether all was told: " + failure.getMessage();
      }
    } finally {
      lock.unlock();
    }
    if (reply != null && reply.status() == 404) {
      broken(stream, "the server does not know it any more");
    }
  }

  /** What is wrong with the stream, in words; empty when nothing is. */
  String problem() {
    lock.lock();
    try {
      return problem.isEmpty() ? "" : "the stream of events: " + problem;
    } finally {
      lock.unlock();
    }
  }

  /** How the stream is, in a word. */
  String state() {
    lock.lock();
    try {
      if (current == null) {
        return checks == null ? "not wanted" : "broken";
      }
      if (!current.started()) {
        return "opening";
      }
      return current.values() ? "open with values" : "open";
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    FeedStream old;
    lock.lock();
    try {
      closed = true;
      old = detach();
      stopChecks();
      if (retry != null) {
        retry.cancel(false);
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    link.unwatch(hostChanged);
    if (old != null) {
      old.close();
    }
  }
}
