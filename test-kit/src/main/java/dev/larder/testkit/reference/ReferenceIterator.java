package dev.larder.testkit.reference;

import dev.larder.Entry;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Goes over a copy of the keys and shows those that still have an entry. */
final class ReferenceIterator<K, V> implements Iterator<Entry<K, V>> {
  private final ReferenceCache<K, V> cache;
  private final Iterator<K> keys;
  private final Function<K, @Nullable Entry<K, V>> look;
  private @Nullable Entry<K, V> next;
  private @Nullable Entry<K, V> shown;

  ReferenceIterator(
      ReferenceCache<K, V> cache, List<K> keys, Function<K, @Nullable Entry<K, V>> look) {
    this.cache = cache;
    this.keys = keys.iterator();
    this.look = look;
  }

  @Override
  public boolean hasNext() {
    while (next == null && keys.hasNext()) {
      next = look.apply(keys.next());
    }
    return next != null;
  }

  @Override
  public Entry<K, V> next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    shown = next;
    next = null;
    return shown;
  }

  @Override
  public void remove() {
    if (shown == null) {
      throw new IllegalStateException("next() first");
    }
    cache.remove(shown.key());
    shown = null;
  }
}
