package dev.larder;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Fetches what the cache does not have (read-through). Called without any lock of the cache, once
 * for all callers that wait for the key; on the thread of the first caller, or on the manager's
 * executor for asynchronous callers and where a load timeout is set.
 */
@FunctionalInterface
public interface CacheLoader<K, V> {

  /**
   * The value of the key.
   *
   * @return the value; never null: a null is reported to the caller as a {@link CacheLoadException}
   *     and nothing is stored
   * @throws Exception whatever went wrong; callers get it as the cause of a {@link
   *     CacheLoadException} and nothing is stored
   */
  V load(K key) throws Exception;

  /**
   * The values of several keys, fewer than asked where some do not exist. Override it where one
   * request can fetch many. Keys that were not asked for are ignored.
   */
  default Map<K, V> loadAll(Set<? extends K> keys) throws Exception {
    var loaded = new HashMap<K, V>();
    for (K key : keys) {
      loaded.put(key, load(key));
    }
    return loaded;
  }
}
