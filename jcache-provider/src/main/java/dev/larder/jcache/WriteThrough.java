package dev.larder.jcache;

import dev.larder.jcache.copy.Copier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.Cache;

/**
 * A JCache writer. Its bulk methods take out of the collection what they have done only when they
 * throw; one that returns has done everything.
 */
record WriteThrough<K, V>(
    javax.cache.integration.CacheWriter<? super K, ? super V> writer, Copier copier)
    implements dev.larder.CacheWriter<K, V> {

  @Override
  public void write(K key, V value) {
    writer.write(new Pair<>(copier.copy(key), copier.copy(value)));
  }

  @Override
  public void delete(K key) {
    writer.delete(copier.copy(key));
  }

  @Override
  public void writeAll(Map<K, V> entries) {
    var left = new ArrayList<Cache.Entry<? extends K, ? extends V>>(entries.size());
    entries.forEach((key, value) -> left.add(new Pair<>(copier.copy(key), copier.copy(value))));
    try {
      writeAll(left);
      entries.clear();
    } finally {
      entries
          .keySet()
          .retainAll(left.stream().map(Cache.Entry::getKey).collect(Collectors.toSet()));
    }
  }

  /** The writer's wildcards cannot be named; it only reads the entries. */
  @SuppressWarnings({"unchecked", "rawtypes"})
  private void writeAll(Collection<Cache.Entry<? extends K, ? extends V>> entries) {
    ((javax.cache.integration.CacheWriter) writer).writeAll(entries);
  }

  @Override
  public void deleteAll(Set<K> keys) {
    var left = new HashSet<K>();
    keys.forEach(key -> left.add(copier.copy(key)));
    try {
      writer.deleteAll(left);
      keys.clear();
    } finally {
      keys.retainAll(left);
    }
  }
}
