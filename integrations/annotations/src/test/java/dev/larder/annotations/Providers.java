package dev.larder.annotations;

import javax.cache.CacheManager;
import javax.cache.Caching;

/** The managers of the providers that the suites run over. */
final class Providers {
  private Providers() {}

  static CacheManager larder() {
    return Caching.getCachingProvider("dev.larder.jcache.LarderCachingProvider").getCacheManager();
  }

  static CacheManager cache2k() {
    return Caching.getCachingProvider("org.cache2k.jcache.provider.JCacheProvider")
        .getCacheManager();
  }
}
