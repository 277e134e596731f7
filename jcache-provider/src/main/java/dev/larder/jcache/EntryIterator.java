package dev.larder.jcache;

import dev.larder.CacheException;
import dev.larder.Entry;
import dev.larder.engine.CacheFront;
import dev.larder.jcache.copy.Copier;
import java.util.Iterator;
import java.util.NoSuchElementException;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;

/** Walks over a cache; what {@code hasNext} promised {@code next} gives. Removes by key. */
final class EntryIterator<K, V> implements Iterator<Cache.Entry<K, V>> {
  private final Cache<K, V> cache;
  private final CacheFront<K, V> front;
  private final Copier copier;
  private final Iterator<Entry<K, V>> entries;
  private @Nullable Entry<K, V> upcoming;
  private @Nullable K last;

  EntryIterator(Cache<K, V> cache, CacheFront<K, V> front, Copier copier) {
    this.cache = cache;
    this.front = front;
    this.copier = copier;
    this.entries = front.iterator();
  }

  @Override
  public boolean hasNext() {
    try {
      if (upcoming == null && entries.hasNext()) {
        upcoming = entries.next();
      }
      return upcoming != null;
    } catch (CacheException e) {
      throw Failures.of(e);
    }
  }

  @Override
  public Cache.Entry<K, V> next() {
    var entry = hasNext() ? upcoming : null;
    if (entry == null) {
      throw new NoSuchElementException("the iteration has no more entries");
    }
    upcoming = null;
    last = entry.key();
    try {
      front.visited(entry);
    } catch (CacheException e) {
      throw Failures.of(e);
    }
    return new Pair<>(copier.copy(entry.key()), copier.copy(entry.value()));
  }

  @Override
  public void remove() {
    var key = last;
    if (key == null) {
      throw new IllegalStateException("call next before remove, and remove once for each");
    }
    last = null;
    cache.remove(key);
  }
}
