package dev.larder.engine;

import dev.larder.RemovalCause;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import dev.larder.spi.Remainder;
import dev.larder.spi.Slot;
import dev.larder.spi.Stored;
import org.jspecify.annotations.Nullable;

/** A slot of objects over a slot of bytes. What cannot be decoded does not show. */
final class EncodedSlot<K, V> implements Slot<V> {
  private final Slot<Payload> bytes;
  private final K key;
  private final Encoding<K, V> encoding;
  private final @Nullable Stored<V> current;
  private @Nullable V written;
  private byte @Nullable [] sent;

  EncodedSlot(K key, Slot<Payload> bytes, Encoding<K, V> encoding) {
    this.key = key;
    this.bytes = bytes;
    this.encoding = encoding;
    this.current = encoding.decoded(bytes.current());
  }

  @Override
  public @Nullable Stored<V> current() {
    return current;
  }

  @Override
  public long now() {
    return bytes.now();
  }

  @Override
  public boolean write(V value) {
    return bytes.write(payload(value, Meta.NONE));
  }

  @Override
  public boolean write(V value, long deadline, Meta meta) {
    var payload = payload(value, meta);
    return bytes.write(payload, deadline, payload.meta());
  }

  @Override
  public boolean write(V value, Remainder left) {
    return bytes.write(payload(value, Meta.NONE), left);
  }

  private Payload payload(V value, Meta meta) {
    var payload = encoding.payload(key, value, meta);
    written = value;
    sent = payload.array();
    return payload;
  }

  /** The entry in force as objects, if its value is the one that was written here. */
  @Nullable Stored<V> after(@Nullable Stored<Payload> inForce) {
    var value = written;
    var payload = inForce == null ? null : inForce.value();
    return inForce == null || payload == null || value == null || payload.array() != sent
        ? null
        : new Stored.Snapshot<>(value, inForce.deadline(), inForce.version(), inForce.meta());
  }

  @Override
  public void touch() {
    bytes.touch();
  }

  @Override
  public void touch(long deadline) {
    bytes.touch(deadline);
  }

  @Override
  public void remove(RemovalCause cause) {
    bytes.remove(cause);
  }

  @Override
  public boolean redeem(long fillToken) {
    return bytes.redeem(fillToken);
  }
}
