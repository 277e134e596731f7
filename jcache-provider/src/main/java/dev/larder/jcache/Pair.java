package dev.larder.jcache;

import javax.cache.Cache;

/** A key with its value, as handed to users; theirs to keep. */
record Pair<K, V>(K key, V value) implements Cache.Entry<K, V> {

  @Override
  public K getKey() {
    return key;
  }

  @Override
  public V getValue() {
    return value;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrap.as(type, this);
  }
}
