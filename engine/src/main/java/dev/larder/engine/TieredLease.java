package dev.larder.engine;

import dev.larder.spi.Change;
import dev.larder.spi.Lease;
import dev.larder.spi.Slot;
import dev.larder.spi.Stored;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A lease of an authority; copies of the entry go when it is over. */
final class TieredLease<V> implements Lease<V> {
  private final Lease<V> lease;
  private final Runnable forget;

  TieredLease(Lease<V> lease, Runnable forget) {
    this.lease = lease;
    this.forget = forget;
  }

  @Override
  public Slot<V> slot() {
    return lease.slot();
  }

  @Override
  public long fence() {
    return lease.fence();
  }

  @Override
  public CompletionStage<@Nullable Change<V>> commit() {
    return lease.commit().whenComplete((change, failure) -> forget.run());
  }

  @Override
  public @Nullable Stored<V> after() {
    return lease.after();
  }

  @Override
  public void release() {
    lease.release();
  }
}
