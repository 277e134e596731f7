package dev.larder.engine;

import dev.larder.spi.Bytes;
import dev.larder.spi.Change;
import dev.larder.spi.Payload;
import dev.larder.spi.StoreEvents;
import org.jspecify.annotations.Nullable;

/** Hands the events of a store of bytes on as events of objects. */
final class EncodedEvents<K, V> implements StoreEvents<Bytes, Payload> {
  private final Encoding<K, V> encoding;
  private final StoreEvents<K, V> typed;

  EncodedEvents(Encoding<K, V> encoding, StoreEvents<K, V> typed) {
    this.encoding = encoding;
    this.typed = typed;
  }

  @Override
  public void changed(Bytes key, Change<Payload> change, long sequence) {
    var known = encoding.keyOrNull(key);
    if (known != null) {
      typed.changed(
          known,
          new Change<>(
              value(change.before()), value(change.after()), change.version(), change.cause()),
          sequence);
    }
  }

  private @Nullable V value(@Nullable Payload payload) {
    return payload == null ? null : encoding.value(payload);
  }

  @Override
  public void gap(long first, long next) {
    typed.gap(first, next);
  }

  @Override
  public void outdated(Bytes key, long version) {
    var known = encoding.keyOrNull(key);
    if (known != null) {
      typed.outdated(known, version);
    }
  }

  @Override
  public void outdatedAll() {
    typed.outdatedAll();
  }

  @Override
  public boolean keepsCopies() {
    return typed.keepsCopies();
  }

  @Override
  public long maxStaleness() {
    return typed.maxStaleness();
  }

  @Override
  public void confirmed(long ticks) {
    typed.confirmed(ticks);
  }

  @Override
  public boolean wanted() {
    return typed.wanted();
  }
}
