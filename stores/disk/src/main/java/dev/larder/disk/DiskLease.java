package dev.larder.disk;

import dev.larder.spi.Change;
import dev.larder.spi.Lease;
import dev.larder.spi.Payload;
import dev.larder.spi.Slot;
import dev.larder.spi.Stored;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A key held for user code. It does not run out by itself; when the store is closed meanwhile,
 * {@link #commit} fails. What it brings after all entries were invalidated came before that, and is
 * dropped.
 */
final class DiskLease implements Lease<Payload> {
  private final Entries entries;
  private final Writes writes;
  private final Cell cell;
  private final KeyLocks.Hold hold;
  private final DiskSlot slot;
  private final long fence;
  private @Nullable Stored<Payload> after;
  private final AtomicBoolean ended = new AtomicBoolean();

  DiskLease(Entries entries, Writes writes, Cell cell, KeyLocks.Hold hold, long now) {
    this.entries = entries;
    this.writes = writes;
    this.cell = cell;
    this.hold = hold;
    this.slot = new DiskSlot(cell, now);
    this.fence = entries.overlay().sums().next();
    cell.keepChanges();
  }

  @Override
  public Slot<Payload> slot() {
    return slot;
  }

  @Override
  public long fence() {
    return fence;
  }

  @Override
  public CompletionStage<@Nullable Change<Payload>> commit() {
    if (!ended.compareAndSet(false, true)) {
      return CompletableFuture.failedFuture(new IllegalStateException("the lease has ended"));
    }
    try {
      return CompletableFuture.completedFuture(applied());
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private @Nullable Change<Payload> applied() {
    Generation in;
    try {
      cell.lookAgain();
      cell.apply(slot.end(), entries.clock().exact());
      in = cell.changed() ? entries.publish(cell) : null;
    } finally {
      entries.locks().unlock(hold);
    }
    after = in == null || cell.changes().isEmpty() ? null : cell.after();
    writes.written(cell, in);
    var changes = cell.changes();
    return in == null || changes.isEmpty() ? null : changes.get(changes.size() - 1);
  }

  @Override
  public @Nullable Stored<Payload> after() {
    return after;
  }

  @Override
  public void release() {
    if (ended.compareAndSet(false, true)) {
      slot.end();
      entries.locks().unlock(hold);
      writes.released();
    }
  }
}
