package dev.larder.testkit.far;

import dev.larder.LeaseLostException;
import dev.larder.Life;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Lease;
import dev.larder.spi.Payload;
import dev.larder.spi.RecordingSlot;
import dev.larder.spi.Slot;
import dev.larder.spi.Wish;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A grant as its holder sees it: what happens on the slot is kept here and travels with {@link
 * #commit}.
 */
final class FarLease implements Lease<Payload> {
  private final FarStore client;
  private final Bytes key;
  private final long fence;
  private final RecordingSlot<Payload> slot;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long redeemed;

  FarLease(
      FarStore client,
      Bytes key,
      long fence,
      @Nullable FarEntry entry,
      long now,
      Life life,
      Set<Long> tokens) {
    this.client = client;
    this.key = key;
    this.fence = fence;
    this.slot = new RecordingSlot<>(entry, now, life, token -> redeem(tokens, token));
  }

  private boolean redeem(Set<Long> tokens, long token) {
    redeemed = token;
    return tokens.contains(token);
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
    var wish = slot.end();
    return client.<@Nullable Change<Payload>>ask(owner -> commit(owner, copied(wish)));
  }

  private static Wish<Payload> copied(Wish<Payload> wish) {
    if (wish instanceof Wish.Write<Payload> write) {
      return new Wish.Write<>(Wire.copy(write.value()));
    }
    return wish instanceof Wish.WriteUntil<Payload> write
        ? new Wish.WriteUntil<>(Wire.copy(write.value()), write.deadline(), write.meta())
        : wish;
  }

  private @Nullable Change<Payload> commit(FarOwner owner, Wish<Payload> wish) {
    var grants = owner.grants();
    var now = client.now();
    try {
      if (!grants.valid(key, fence, now)) {
        throw new LeaseLostException("lease " + fence + " had run out; nothing was changed", null);
      }
      owner.data().tokens().redeem(key, redeemed, now);
      return grants.doomed(key) ? null : owner.data().apply(key, wish, now, fence);
    } finally {
      owner.release(key, fence, now);
    }
  }

  @Override
  public void release() {
    if (ended.compareAndSet(false, true)) {
      slot.end();
      client.tell(owner -> owner.release(key, fence, client.now()));
    }
  }
}
