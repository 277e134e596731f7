package dev.larder.engine;

import dev.larder.spi.Bytes;
import dev.larder.spi.Kept;
import dev.larder.spi.Payload;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The entries of a store of bytes as objects; what cannot be decoded is left out. */
final class DecodedIterator<K, V> implements Iterator<Kept<K, V>> {
  private final Iterator<Kept<Bytes, Payload>> bytes;
  private final Encoding<K, V> encoding;
  private @Nullable Kept<K, V> next;

  DecodedIterator(Iterator<Kept<Bytes, Payload>> bytes, Encoding<K, V> encoding) {
    this.bytes = bytes;
    this.encoding = encoding;
  }

  @Override
  public boolean hasNext() {
    while (next == null && bytes.hasNext()) {
      var entry = bytes.next();
      var key = encoding.keyOrNull(entry.key());
      var value = encoding.value(entry.value());
      next = key == null || value == null ? null : new Kept<>(key, value, entry.left());
    }
    return next != null;
  }

  @Override
  public Kept<K, V> next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException("no more entries");
    }
    var given = next;
    next = null;
    return given;
  }
}
