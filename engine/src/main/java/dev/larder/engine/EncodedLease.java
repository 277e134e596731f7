package dev.larder.engine;

import dev.larder.spi.Change;
import dev.larder.spi.Lease;
import dev.larder.spi.Payload;
import dev.larder.spi.Slot;
import dev.larder.spi.Stored;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A lease on objects over a lease on bytes. */
final class EncodedLease<K, V> implements Lease<V> {
  private final Lease<Payload> bytes;
  private final Encoding<K, V> encoding;
  private final EncodedSlot<K, V> slot;

  EncodedLease(K key, Lease<Payload> bytes, Encoding<K, V> encoding) {
    this.bytes = bytes;
    this.encoding = encoding;
    this.slot = new EncodedSlot<>(key, bytes.slot(), encoding);
  }

  @Override
  public Slot<V> slot() {
    return slot;
  }

  @Override
  public long fence() {
    return bytes.fence();
  }

  @Override
  public CompletionStage<@Nullable Change<V>> commit() {
    return bytes.commit().thenApply(this::typed);
  }

  private @Nullable Change<V> typed(@Nullable Change<Payload> change) {
    return change == null
        ? null
        : new Change<>(
            value(change.before()), value(change.after()), change.version(), change.cause());
  }

  private @Nullable V value(@Nullable Payload payload) {
    return payload == null ? null : encoding.value(payload);
  }

  @Override
  public @Nullable Stored<V> after() {
    return slot.after(bytes.after());
  }

  @Override
  public void release() {
    bytes.release();
  }
}
