package dev.larder.jcache;

import dev.larder.CacheException;
import javax.cache.processor.MutableEntry;
import org.jspecify.annotations.Nullable;

/** The entry an entry processor works on: the one of Larder, with copies in between. */
record ProcessedEntry<K, V>(dev.larder.MutableEntry<K, V> entry, Types<K, V> types, Copier copier)
    implements MutableEntry<K, V> {

  @Override
  public K getKey() {
    return copier.copy(entry.key());
  }

  @Override
  public @Nullable V getValue() {
    try {
      return copier.copyOrNull(entry.value());
    } catch (CacheException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public boolean exists() {
    return entry.exists();
  }

  @Override
  public void setValue(V value) {
    entry.set(copier.copy(types.value(value)));
  }

  @Override
  public void remove() {
    entry.remove();
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrap.as(type, this, entry);
  }
}
