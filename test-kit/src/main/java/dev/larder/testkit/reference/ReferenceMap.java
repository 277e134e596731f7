package dev.larder.testkit.reference;

import dev.larder.Checks;
import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * The map view of a {@link ReferenceCache}. What is not here is made of it by {@link ConcurrentMap}
 * and {@link AbstractMap}.
 */
final class ReferenceMap<K, V> extends AbstractMap<K, V> implements ConcurrentMap<K, V> {
  private final ReferenceCache<K, V> cache;

  ReferenceMap(ReferenceCache<K, V> cache) {
    this.cache = cache;
  }

  @SuppressWarnings("unchecked") // as every map does with the keys it is asked for
  private K key(@Nullable Object key) {
    return (K) Checks.notNull(key, "key");
  }

  @Override
  public @Nullable V get(@Nullable Object key) {
    return cache.alone(() -> cache.read(key(key), true));
  }

  @Override
  public boolean containsKey(@Nullable Object key) {
    return cache.contains(key(key));
  }

  @Override
  public @Nullable V put(K key, V value) {
    Checks.notNull(key, "key");
    Checks.notNull(value, "value");
    return cache.alone(
        () -> {
          var before = cache.peek(key);
          cache.counted(before != null);
          cache.write(key, value, null);
          return before;
        });
  }

  @Override
  public @Nullable V putIfAbsent(K key, V value) {
    Checks.notNull(key, "key");
    Checks.notNull(value, "value");
    return cache.alone(
        () -> {
          var before = cache.peek(key);
          cache.counted(before != null);
          if (before == null) {
            cache.write(key, value, null);
          }
          return before;
        });
  }

  @Override
  public @Nullable V remove(@Nullable Object key) {
    return cache.alone(
        () -> {
          var before = cache.take(key(key));
          cache.counted(before != null);
          return before;
        });
  }

  @Override
  public boolean remove(@Nullable Object key, @Nullable Object value) {
    Checks.notNull(value, "value");
    return cache.alone(
        () -> {
          var equal = compared(key(key), value);
          if (equal) {
            cache.take(key(key));
          }
          return equal;
        });
  }

  @Override
  public @Nullable V replace(K key, V value) {
    Checks.notNull(key, "key");
    Checks.notNull(value, "value");
    return cache.alone(
        () -> {
          var before = cache.peek(key);
          cache.counted(before != null);
          if (before != null) {
            cache.write(key, value, null);
          }
          return before;
        });
  }

  @Override
  public boolean replace(K key, V expected, V value) {
    Checks.notNull(key, "key");
    Checks.notNull(expected, "expected");
    Checks.notNull(value, "value");
    return cache.alone(
        () -> {
          var equal = compared(key, expected);
          if (equal) {
            cache.write(key, value, null);
          }
          return equal;
        });
  }

  /** Whether the value is the one expected; another one counts as read. */
  private boolean compared(K key, @Nullable Object expected) {
    var before = cache.peek(key);
    cache.counted(before != null);
    var equal = before != null && before.equals(expected);
    if (before != null && !equal) {
      cache.touched(key);
    }
    return equal;
  }

  @Override
  public void clear() {
    cache.clear();
  }

  @Override
  public int size() {
    return (int) Math.min(Integer.MAX_VALUE, cache.size());
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new Entries();
  }

  private final class Entries extends AbstractSet<Entry<K, V>> {
    @Override
    public Iterator<Entry<K, V>> iterator() {
      var shown = cache.iterator();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return shown.hasNext();
        }

        @Override
        public Entry<K, V> next() {
          var entry = shown.next();
          return new SimpleImmutableEntry<>(entry.key(), entry.value());
        }

        @Override
        public void remove() {
          shown.remove();
        }
      };
    }

    @Override
    public int size() {
      return ReferenceMap.this.size();
    }
  }
}
