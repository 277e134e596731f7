package dev.larder.jcache;

import dev.larder.engine.OptionalLoader;
import dev.larder.jcache.copy.Copier;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import javax.cache.integration.CacheLoader;
import org.jspecify.annotations.Nullable;

/** A JCache loader, which may find nothing, in front of the cache's own objects. */
record ReadThrough<K, V>(CacheLoader<K, V> loader, Copier copier) implements OptionalLoader<K, V> {

  @Override
  public @Nullable V find(K key) {
    return copier.copyOrNull(loader.load(copier.copy(key)));
  }

  @Override
  @SuppressWarnings("NullAway") // a null map is reported as such by who asked
  public Map<K, V> loadAll(Set<? extends K> keys) {
    var asked = new HashSet<K>();
    keys.forEach(key -> asked.add(copier.copy(key)));
    @Nullable Map<K, V> loaded = loader.loadAll(asked);
    if (loaded == null) {
      return null;
    }
    var found = new HashMap<K, V>();
    loaded.forEach(
        (key, value) -> {
          if (key != null && value != null) {
            found.put(key, copier.copy(value));
          }
        });
    return found;
  }
}
