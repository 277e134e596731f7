package dev.larder;

import java.util.Map;
import java.util.Set;

/**
 * Writes what is put through to where the data lives (write-through). Called before the cache
 * changes, by one thread at a time for a key, while other writers of that key wait and readers see
 * the old entry. When it throws, the cache is unchanged and the caller gets a {@link
 * CacheWriteException} with the cause.
 */
public interface CacheWriter<K, V> {

  /** Writes one entry. */
  void write(K key, V value) throws Exception;

  /** Deletes one entry; called whether or not the cache held it. */
  void delete(K key) throws Exception;

  /**
   * Writes several entries and takes each one written out of the map, so that after a throw the map
   * holds those that were not.
   */
  default void writeAll(Map<K, V> entries) throws Exception {
    for (var each = entries.entrySet().iterator(); each.hasNext(); ) {
      var entry = each.next();
      write(entry.getKey(), entry.getValue());
      each.remove();
    }
  }

  /**
   * Deletes several entries and takes each one deleted out of the set, so that after a throw the
   * set holds those that were not.
   */
  default void deleteAll(Set<K> keys) throws Exception {
    for (var each = keys.iterator(); each.hasNext(); ) {
      delete(each.next());
      each.remove();
    }
  }
}
