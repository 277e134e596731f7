package dev.larder.server.core;

import dev.larder.spi.Bytes;
import dev.larder.spi.Cursor;
import dev.larder.spi.Lease;
import dev.larder.spi.Look;
import dev.larder.spi.Page;
import dev.larder.spi.Payload;
import dev.larder.spi.Result;
import dev.larder.spi.Selection;
import dev.larder.spi.Step;
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

/** A store behind the door of {@link StallingStores}. */
final class StallingStore extends WaitingStore<Bytes, Payload> {
  private final WaitingStore<Bytes, Payload> inner;

  StallingStore(WaitingStore<Bytes, Payload> inner) {
    this.inner = inner;
  }

  @Override
  public CompletionStage<Look<Payload>> find(Bytes key, Touch touch) {
    StallingStores.pass();
    return inner.find(key, touch);
  }

  @Override
  public CompletionStage<Map<Bytes, Stored<Payload>>> findAll(
      Collection<? extends Bytes> keys, Touch touch) {
    StallingStores.pass();
    return inner.findAll(keys, touch);
  }

  @Override
  public <A, R> CompletionStage<Result<R>> updateLater(
      Bytes key, Update<A, Payload, R> update, A argument) {
    StallingStores.pass();
    return inner.updateLater(key, update, argument);
  }

  @Override
  public CompletionStage<List<Result<?>>> updateAll(List<Step<Bytes, Payload>> steps, Unit unit) {
    StallingStores.pass();
    return inner.updateAll(steps, unit);
  }

  @Override
  public CompletionStage<Page<Bytes, Payload>> scan(Cursor from, int limit) {
    StallingStores.pass();
    return inner.scan(from, limit);
  }

  @Override
  public CompletionStage<Lease<Payload>> lease(Bytes key, Duration atMost) {
    StallingStores.pass();
    return inner.lease(key, atMost);
  }

  @Override
  public CompletionStage<Void> invalidate(Selection what) {
    StallingStores.pass();
    return inner.invalidate(what);
  }

  @Override
  public CompletionStage<Long> maintain(Upkeep what) {
    StallingStores.pass();
    return inner.maintain(what);
  }

  @Override
  public StoreInfo info() {
    return inner.info();
  }

  @Override
  public void close() {
    inner.close();
  }
}
