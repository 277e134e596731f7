package dev.larder.engine;

import dev.larder.CacheLoadException;
import dev.larder.CacheLoader;
import org.jspecify.annotations.Nullable;

/**
 * A loader that may find nothing, which is then the answer to the caller and not stored. JSR-107
 * loaders are of this kind.
 */
public interface OptionalLoader<K, V> extends CacheLoader<K, V> {

  /** The value of the key, or null when there is none. */
  @Nullable V find(K key) throws Exception;

  @Override
  default V load(K key) throws Exception {
    var value = find(key);
    if (value == null) {
      throw new CacheLoadException("there is no value for key " + key);
    }
    return value;
  }
}
