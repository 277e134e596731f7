package dev.larder.spring;

import java.lang.annotation.Annotation;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.CacheManager;

/** The JCache cache behind Spring's cache of a name. Remembers it until somebody closes it. */
final class SpringCacheResolver implements CacheResolver {
  private final Supplier<CacheManager> manager;
  private final String name;
  private final CacheMethodDetails<?> details;
  private volatile @Nullable Cache<?, ?> known;

  SpringCacheResolver(Supplier<CacheManager> manager, String name, CacheMethodDetails<?> details) {
    this.manager = manager;
    this.name = name;
    this.details = details;
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
    var found = manager.get().getCache(name);
    if (found == null) { // in Spring's words
      throw new IllegalArgumentException("Cannot find cache named '" + name + "' for " + details);
    }
    if (found.getNativeCache() instanceof Cache<?, ?> cache) {
      return cache;
    }
    throw new CacheException(
        details
            + ": cache '"
            + name
            + "' is a "
            + found.getNativeCache().getClass().getName()
            + "; allowed is a CacheManager over JCache, as LarderCacheManager, or to leave these"
            + " annotations to Spring, without LarderCacheAnnotations"
            + " (larder.spring.standard-annotations=false)");
  }
}
