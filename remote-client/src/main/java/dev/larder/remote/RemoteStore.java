package dev.larder.remote;

import dev.larder.CacheSpec;
import dev.larder.spi.Bytes;
import dev.larder.spi.Context;
import dev.larder.spi.Cursor;
import dev.larder.spi.Lease;
import dev.larder.spi.Look;
import dev.larder.spi.Page;
import dev.larder.spi.Payload;
import dev.larder.spi.Result;
import dev.larder.spi.Selection;
import dev.larder.spi.Step;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.StoreInfo;
import dev.larder.spi.Stored;
import dev.larder.spi.Touch;
import dev.larder.spi.Unit;
import dev.larder.spi.Update;
import dev.larder.spi.Upkeep;
import dev.larder.spi.WaitingStore;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** The entries of one cache of a server. */
final class RemoteStore extends WaitingStore<Bytes, Payload> {
  private final Link link;
  private final EventFeed feed;

  private RemoteStore(Link link, EventFeed feed) {
    this.link = link;
    this.feed = feed;
  }

  static RemoteStore open(
      CacheSpec<?, ?> spec, StoreEvents<Bytes, Payload> events, Context context) {
    var link = Links.to(RemoteOptions.of(spec.name(), spec.placement()), context);
    return new RemoteStore(link, new EventFeed(spec, link, events, context));
  }

  private static UnsupportedOperationException missing() {
    return new UnsupportedOperationException("not yet");
  }

  @Override
  public CompletionStage<Look<Payload>> find(Bytes key, Touch touch) {
    throw missing();
  }

  @Override
  public CompletionStage<Map<Bytes, Stored<Payload>>> findAll(
      Collection<? extends Bytes> keys, Touch touch) {
    throw missing();
  }

  @Override
  public <A, R extends @Nullable Object> CompletionStage<Result<R>> updateLater(
      Bytes key, Update<A, Payload, R> update, A argument) {
    throw missing();
  }

  @Override
  public CompletionStage<List<Result<?>>> updateAll(List<Step<Bytes, Payload>> steps, Unit unit) {
    throw missing();
  }

  @Override
  public CompletionStage<Page<Bytes, Payload>> scan(Cursor from, int limit) {
    throw missing();
  }

  @Override
  public CompletionStage<Lease<Payload>> lease(Bytes key, Duration atMost) {
    throw missing();
  }

  @Override
  public CompletionStage<Void> invalidate(Selection what) {
    throw missing();
  }

  @Override
  public CompletionStage<Long> maintain(Upkeep what) {
    throw missing();
  }

  @Override
  public StoreInfo info() {
    throw missing();
  }

  @Override
  public void eventsWanted() {
    feed.want();
  }

  @Override
  public void close() {
    feed.close();
    link.release();
  }
}
