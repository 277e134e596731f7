package dev.larder.annotations;

import dev.larder.jcache.LarderCachingProvider;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.spi.CachingProvider;

/**
 * The managers of the providers that the suites run over. The other one is made here and not asked
 * for at {@link Caching}, which would from then on have two to choose from.
 */
final class Providers {
  /** Found by name when it is used: some programs have but one of the two on their class path. */
  private static final class Larder {
    private static final CachingProvider PROVIDER = new LarderCachingProvider();
  }

  private static final class Cache2k {
    private static final CachingProvider PROVIDER =
        new org.cache2k.jcache.provider.JCacheProvider();
  }

  private Providers() {}

  static CacheManager larder() {
    return Larder.PROVIDER.getCacheManager();
  }

  static CacheManager cache2k() {
    return Cache2k.PROVIDER.getCacheManager();
  }
}
