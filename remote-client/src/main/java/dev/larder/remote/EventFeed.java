package dev.larder.remote;

import dev.larder.CacheSpec;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import dev.larder.spi.Payload;
import dev.larder.spi.StoreEvents;

/**
 * What happens to the entries of one cache at the server, as its stream of events tells: to
 * listeners in order, each once, with gaps said; to the tier of copies in front, which entries are
 * outdated and up to when all was told.
 */
final class EventFeed implements AutoCloseable {
  private final CacheSpec<?, ?> spec;
  private final Link link;
  private final StoreEvents<Bytes, Payload> events;
  private final Context context;

  EventFeed(CacheSpec<?, ?> spec, Link link, StoreEvents<Bytes, Payload> events, Context context) {
    this.spec = spec;
    this.link = link;
    this.events = events;
    this.context = context;
  }

  /**
   * Begins, if anybody wants events or keeps copies; called once when the cache has been opened.
   */
  void begin() {
    if (events.keepsCopies()) {
      want();
    }
  }

  /** Returns when every change from now on will be told, or told as a gap. */
  void want() {
    if (events.wanted()) {
      throw new UnsupportedOperationException("not yet: " + spec + link + context);
    }
  }

  /** What is wrong with the stream, in words; empty when nothing is. */
  String problem() {
    return "";
  }

  @Override
  public void close() {}
}
