package dev.larder.annotations;

import java.lang.annotation.Annotation;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;

/**
 * The built-in resolvers: the cache of that name under one manager. One that is missing is created
 * with a configuration that says nothing, so that the provider's own configuration decides.
 */
final class NamedCaches implements CacheResolverFactory {
  private final Supplier<CacheManager> manager;

  NamedCaches(Supplier<CacheManager> manager) {
    this.manager = manager;
  }

  @Override
  public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
    return new Named(details.getCacheName());
  }

  @Override
  public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
    return new Named(details.getCacheAnnotation().exceptionCacheName().strip());
  }

  /** Remembers the cache until somebody closes it. */
  private final class Named implements CacheResolver {
    private final String name;
    private volatile @Nullable Cache<?, ?> known;

    Named(String name) {
      this.name = name;
    }

    @Override
    @SuppressWarnings("unchecked") // keys and values are checked when they are used
    public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
      var cache = known;
      if (cache == null || cache.isClosed()) {
        cache = open();
        known = cache;
      }
      return (Cache<K, V>) cache;
    }

    private Cache<?, ?> open() {
      var under = manager.get();
      @Nullable Cache<?, ?> present = under.getCache(name);
      return present != null ? present : created(under);
    }

    /** Another thread may be faster. */
    private Cache<?, ?> created(CacheManager under) {
      try {
        return under.createCache(name, new MutableConfiguration<Object, Object>());
      } catch (CacheException e) {
        @Nullable Cache<?, ?> other = under.getCache(name);
        if (other == null) {
          throw e;
        }
        return other;
      }
    }
  }
}
