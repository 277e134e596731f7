package dev.larder.remote;

import dev.larder.CacheSpec;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import dev.larder.spi.Payload;
import dev.larder.spi.StoreEvents;

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
 */
/**
 * What happens to the entries of one cache at the server, as its stream of events tells: to
 * listeners in order, each once, with gaps said; to the tier of copies in front, which entries are
 * outdated and up to when all was told. There is a stream only while listeners or copies want it;
 * {@link FeedLine} keeps it up, and this class says what it means. Safe for all threads.
 */
final class EventFeed implements AutoCloseable {
  private final StoreEvents<Bytes, Payload> events;
  private final FeedOrder order;
  private final FeedLine line;

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
    this.events = events;
    this.order = new FeedOrder(events);
    this.line = new FeedLine(spec, link, events, context, new Meaning(), unknown);
    line.watch();
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
      line.open();
    }
  }

  /**
   * Returns when every change from now on will be told, or told as a gap.
   *
   * @throws StoreException when the stream has not begun after {@link FeedChecks#PATIENCE}; it is
   *     tried on
   */
  void want() {
    var values = events.wanted();
    if (values) {
      line.openWithValues();
    } else {
      line.open();
    }
    line.state().await(values);
  }

  /** What the events of a stream mean. */
  private final class Meaning implements FeedLine.Receiver {
    @Override
    public String last() {
      return order.last();
    }

    @Override
    public void started(FeedStream stream, FeedEvent.Start start, String id) {
      if (!order.started(start, id)) {
        // No copy is left of what was read before; so of what was in force then, all is told.
        events.confirmed(stream.openedAt());
      }
    }

    @Override
    public boolean received(FeedStream stream, FeedEvent event, String id) {
      if (!order.sameLog(id)) {
        throw new StoreException("an event of another log came by the stream", null);
      }
      if (event instanceof FeedEvent.Changed change) {
        order.changed(change, id, stream.values());
      } else if (event instanceof FeedEvent.Shortened shortened) {
        order.shortened(shortened, id);
      } else if (event instanceof FeedEvent.Cleared cleared) {
        order.cleared(cleared, id);
      } else if (event instanceof FeedEvent.Gap gap) {
        order.reach(gap.next(), id);
      } else if (event instanceof FeedEvent.Mark mark) {
        order.reach(mark.next(), id);
        var since = stream.marks().came(mark.number());
        since.ifPresent(events::confirmed);
        return since.isPresent();
      }
      return false;
    }
  }

  /** What is wrong with the stream, in words; empty when nothing is. */
  String problem() {
    var problem = line.state().problem();
    return problem.isEmpty() ? "" : "the stream of events: " + problem;
  }

  /** How the stream is, in a word. */
  String state() {
    return line.state().word();
  }

  @Override
  public void close() {
    line.close();
  }
}
