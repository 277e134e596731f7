package dev.larder.testkit.contract;

import dev.larder.Cache;
import dev.larder.CacheLoader;
import org.jspecify.annotations.Nullable;

/** A loader that uses its own cache. */
final class SelfReference implements CacheLoader<String, String> {
  volatile @Nullable Cache<String, String> cache;

  @Override
  public String load(String key) {
    var own = cache;
    return own == null ? "unset" : "again " + own.get(key);
  }
}
