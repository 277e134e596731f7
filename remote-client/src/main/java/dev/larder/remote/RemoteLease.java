package dev.larder.remote;

import dev.larder.LeaseLostException;
import dev.larder.Life;
import dev.larder.OutcomeUnknownException;
import dev.larder.RemovalCause;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Lease;
import dev.larder.spi.Payload;
import dev.larder.spi.RecordingSlot;
import dev.larder.spi.Slot;
import dev.larder.spi.Stored;
import dev.larder.spi.Wish;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A lease of the server as its holder sees it: what happens on the slot is kept here and travels
 * with {@link #commit}, in one request that ends the lease. The server refuses one that comes when
 * the lease has run out, however late, so that whoever slept meanwhile changes nothing.
 */
final class RemoteLease implements Lease<Payload> {
  private static final Bytes NOTHING = new Bytes(new byte[0]);

  private final Requests requests;
  private final String path;
  private final long fence;
  private final @Nullable Stored<Payload> before;
  private final RecordingSlot<Payload> slot;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long redeemed;
  private volatile @Nullable Stored<Payload> after;

  /**
   * A lease that was granted.
   *
   * @param path of the lease at the server
   * @param before the entry as it was then
   * @param now when it was asked for
   * @param life the rule of the cache
   */
  RemoteLease(
      Requests requests,
      String path,
      long fence,
      @Nullable Stored<Payload> before,
      long now,
      Life life) {
    this.requests = requests;
    this.path = path;
    this.fence = fence;
    this.before = before;
    this.slot = new RecordingSlot<>(before, now, life, this::redeem);
  }

  /** Whether it holds the server knows when the change arrives; until then nobody else changes. */
  private boolean redeem(long token) {
    redeemed = token;
    return true;
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
    var now = slot.now();
    var wish = slot.end();
    return requests.sendOnce(ask(wish, now)).thenApply(reply -> committed(wish, reply));
  }

  private Ask ask(Wish<Payload> wish, long now) {
    if (wish instanceof Wish.Write<Payload> write) {
      return write(write.value(), "");
    }
    if (wish instanceof Wish.WriteUntil<Payload> write) {
      return write(write.value(), ttl(write.deadline(), now));
    }
    if (wish instanceof Wish.TouchUntil<Payload> touch) {
      return change("touch" + ttl(touch.deadline(), now));
    }
    if (wish instanceof Wish.Touch) {
      return change("touch");
    }
    return change(wish instanceof Wish.Remove ? "remove" : "keep");
  }

  private static String ttl(long deadline, long now) {
    return "&ttl=" + Lives.text(Lives.until(deadline, now));
  }

  private Ask change(String what) {
    return new Ask("PUT", path + "?do=" + what, NOTHING, Ask.CBOR, Map.of(), false, Duration.ZERO);
  }

  private Ask write(Payload value, String ttl) {
    var token = redeemed == 0 ? "" : "&token=" + redeemed;
    var meta = value.meta();
    var headers = new HashMap<String, String>();
    if (meta.schema() != 0) {
      headers.put("Larder-Schema", Integer.toString(meta.schema()));
    }
    if (meta.weight() != 1) {
      headers.put("Larder-Weight", Integer.toString(meta.weight()));
    }
    return new Ask(
        "PUT",
        path + "?do=write" + ttl + token,
        new Bytes(value.array()),
        meta.contentType(),
        headers,
        false,
        Duration.ZERO);
  }

  private @Nullable Change<Payload> committed(Wish<Payload> wish, Reply reply) {
    if (reply.status() != Answer.OK) {
      var refused = Refusals.of(reply);
      throw refused.noCache()
          ? new LeaseLostException("the server lost the lease; nothing was changed", refused)
          : requests.told(refused);
    }
    var answer = answer(wish, reply);
    if (wish instanceof Wish.Write<Payload> write) {
      return written(write.value(), answer.deadline(), answer);
    }
    if (wish instanceof Wish.WriteUntil<Payload> write) {
      return written(write.value(), write.deadline(), answer);
    }
    return wish instanceof Wish.Remove && answer.status() == Answer.OK && before != null
        ? new Change<>(before.value(), null, answer.version(), RemovalCause.EXPLICIT)
        : null;
  }

  /** The server says that it did it, and nobody knows what. */
  private static Answer answer(Wish<Payload> wish, Reply reply) {
    try {
      return Batches.one(reply.body().array(), reply.sentAt());
    } catch (StoreException e) {
      if (wish instanceof Wish.Keep) {
        throw e;
      }
      throw new OutcomeUnknownException(e.getMessage() + "; the change may have been made", e);
    }
  }

  private @Nullable Change<Payload> written(Payload value, long deadline, Answer answer) {
    var seen = before == null ? null : before.value();
    if (answer.stored()) {
      after = new Stored.Snapshot<>(value, deadline, answer.version(), value.meta());
      return new Change<>(
          seen, value, answer.version(), seen == null ? null : RemovalCause.REPLACED);
    }
    return answer.status() == Answer.NOTHING_KEPT && seen != null
        ? new Change<>(seen, null, answer.version(), RemovalCause.EXPIRED)
        : null;
  }

  @Override
  public @Nullable Stored<Payload> after() {
    return after;
  }

  /** Not waited for: a release that gets lost costs others the rest of the lease. */
  @Override
  public void release() {
    if (ended.compareAndSet(false, true)) {
      slot.end();
      var unused = requests.sendOnce(Ask.bare("DELETE", path, true));
    }
  }
}
