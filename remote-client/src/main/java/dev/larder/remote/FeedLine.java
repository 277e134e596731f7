package dev.larder.remote;

import dev.larder.CacheSpec;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import dev.larder.spi.Payload;
import dev.larder.spi.StoreEvents;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The line to the server that the events of a cache come by: opens a stream, and another one when
 * that breaks, falls silent, or the host is another; asks in it for marks; closes it when nobody
 * wants it. Safe for all threads.
 *
 * <p>Locks: {@code delivery} is held while an event is handed on, so that a stream and the one that
 * follows it do not overlap. The lock of {@link FeedState} is taken under it, never the other way
 * round.
 */
final class FeedLine implements AutoCloseable {
  /** A stream that lasted so long is opened again at once when it breaks. */
  private static final Duration STABLE = Duration.ofSeconds(1);

  /** Marks begin at a number below. */
  private static final long NUMBERS = 1L << 52;

  /** Who hears what comes; one thread at a time, but for {@link #last}. */
  interface Receiver {
    /** The id to go on after, empty for none. Safe for all threads. */
    String last();

    /** The first event of a stream came. */
    void started(FeedStream stream, FeedEvent.Start start, String id);

    /**
     * An event came by a stream that has started.
     *
     * @return whether it says that all is well
     * @throws StoreException when the stream is no good
     */
    boolean received(FeedStream stream, FeedEvent event, String id);
  }

  private final String path;
  private final Link link;
  private final StoreEvents<Bytes, Payload> events;
  private final Context context;
  private final Receiver receiver;
  private final FeedChecks checks;
  private final FeedState state;
  private final FeedRetry retry;
  private final FeedSearch search;
  private final SplittableRandom random;
  private final Runnable hostChanged = this::hostChanged;
  private final ReentrantLock delivery = new ReentrantLock();

  /**
   * No stream yet.
   *
   * @param unknown called on the context's executor when the server does not know the cache
   */
  FeedLine(
      CacheSpec<?, ?> spec,
      Link link,
      StoreEvents<Bytes, Payload> events,
      Context context,
      Receiver receiver,
      Runnable unknown) {
    var place = new Paths(spec.name()).root();
    this.path = place + "/events";
    this.link = link;
    this.events = events;
    this.context = context;
    this.receiver = receiver;
    this.random = new SplittableRandom(context.clock().ticks() ^ System.identityHashCode(this));
    this.checks = new FeedChecks(events, context, this::check);
    this.state = new FeedState(spec.name(), checks);
    this.retry = new FeedRetry(context, this::open, random.split());
    this.search = new FeedSearch(place, link, context.executor(), unknown, this::noted);
  }

  /** From now on it moves when the link uses another host. */
  void watch() {
    link.watch(hostChanged);
  }

  FeedState state() {
    return state;
  }

  /** Opens a stream unless there is one. */
  void open() {
    var fresh = state.adopt(this::stream);
    if (fresh == null) {
      return;
    }
    try {
      fresh.opens(
          link.stream(
              fresh.values() ? path + "?values=true&old=true" : path, fresh.after(), fresh));
    } catch (RuntimeException e) {
      broken(fresh, "it could not be opened: " + e.getMessage());
    }
  }

  /** Called under the lock of the state, which keeps `random` to one thread. */
  private FeedStream stream(boolean moved) {
    return new FeedStream(
        this,
        events.wanted(),
        moved ? "" : receiver.last(),
        context.clock().ticks(),
        new FeedMarks(random.nextLong(NUMBERS)));
  }

  /** Opens a stream with values in place of one without. */
  void openWithValues() {
    close(state.leavePoorer());
    open();
  }

  private static void close(@Nullable FeedStream stream) {
    if (stream != null) {
      stream.close();
    }
  }

  /** Something came by a stream. */
  void received(FeedStream stream, String id, String name, String data) {
    delivery.lock();
    try {
      if (state.is(stream)) {
        stream.heard(context.clock().ticks());
        deliver(stream, FeedText.read(name, data), id);
      }
    } catch (StoreException e) {
      broken(stream, String.valueOf(e.getMessage()));
    } finally {
      delivery.unlock();
    }
  }

  private void deliver(FeedStream stream, FeedEvent event, String id) {
    if (event instanceof FeedEvent.Start start) {
      if (!stream.started()) {
        receiver.started(stream, start, id);
        state.started(stream, start.listener());
        mark(stream);
      }
    } else if (!stream.started()) {
      throw new StoreException("the stream of events did not begin with its start", null);
    } else if (receiver.received(stream, event, id)) {
      state.noted("");
    }
  }

  /** A stream is over, or no good. */
  void broken(FeedStream stream, String why) {
    if (!state.leave(stream, why)) {
      return;
    }
    var lasted = context.clock().ticks() - stream.openedAt();
    var again = stream.started() && lasted >= STABLE.toNanos();
    if (again) {
      retry.reset();
    } else if (!retry.later()) {
      state.noted(why + "; it is not tried again, since the manager is closing");
    }
    stream.close();
    if (again) {
      open();
    } else if (!stream.started()) {
      search.lookAround();
    }
  }

  private void noted(RuntimeException failure) {
    state.notedToo(String.valueOf(failure.getMessage()));
  }

  private void hostChanged() {
    if (state.move(FeedStream::close)) {
      events.outdatedAll();
      open();
    }
  }

  /** Now and then: asks for a mark, and looks whether the stream is alive and wanted. */
  private void check() {
    close(state.leaveUnwanted(() -> events.wanted() || events.keepsCopies()));
    var stream = state.current();
    if (stream == null) {
      return;
    }
    var failure = checks.failure(stream);
    if (failure != null) {
      broken(stream, failure);
    } else if (stream.started()) {
      mark(stream);
    }
  }

  /** Asks for a mark, by a request of its own. */
  private void mark(FeedStream stream) {
    if (stream.listener().isEmpty() || !state.is(stream)) {
      return;
    }
    // The time first: what happens after it and before the server has the request is told too.
    var number = stream.marks().send(context.clock().ticks(), checks.silence());
    if (number.isEmpty()) {
      return;
    }
    var mark = path + "/" + stream.listener() + "/mark?number=" + number.getAsLong();
    try {
      var unused =
          link.send(Ask.bare("POST", mark, true))
              .whenComplete((reply, failure) -> marked(stream, reply, failure));
    } catch (RuntimeException e) {
      marked(stream, null, e);
    }
  }

  /** The answer itself comes by the stream; a request that fails is tried again with the next. */
  private void marked(FeedStream stream, @Nullable Reply reply, @Nullable Throwable failure) {
    stream.marks().answered();
    if (failure != null && state.is(stream)) {
      state.noted("the server cannot be asked whether all was told: " + failure.getMessage());
    }
    if (reply != null && reply.status() == 404) {
      broken(stream, "the server does not know it any more");
    }
  }

  @Override
  public void close() {
    retry.close();
    var old = state.close();
    link.unwatch(hostChanged);
    close(old);
  }
}
