package dev.larder.spring;

import dev.larder.annotations.Conventions;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import javax.cache.CacheException;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.cache.CacheManager;
import org.springframework.cache.interceptor.KeyGenerator;
import org.springframework.cache.interceptor.SimpleCacheResolver;
import org.springframework.cache.jcache.JCacheCacheManager;
import org.springframework.cache.jcache.interceptor.DefaultJCacheOperationSource;
import org.springframework.cache.support.NullValue;
import org.springframework.util.CollectionUtils;

/**
 * Caches, keys and nulls as Spring itself has them for the annotations of JSR-107, so that entries
 * can be shared with {@code @Cacheable} and its family. Beans are asked for when the first
 * annotated method is called, and not before.
 */
final class SpringConventions implements Conventions, CacheResolverFactory {

  /** What the application has set up for caching. */
  record Settings(CacheManager manager, KeyGenerator keys, boolean nulls) {}

  private final BeanFactory beans;
  private volatile @Nullable Settings known;

  SpringConventions(BeanFactory beans) {
    this.beans = beans;
  }

  private Settings settings() {
    var settings = known;
    if (settings == null) {
      var source = beans.getBean(DefaultJCacheOperationSource.class);
      var manager = manager(source);
      var nulls = manager instanceof JCacheCacheManager jcache && jcache.isAllowNullValues();
      settings = new Settings(manager, source.getKeyGenerator(), nulls);
      known = settings;
    }
    return settings;
  }

  private CacheManager manager(DefaultJCacheOperationSource source) {
    var resolver = source.getCacheResolver();
    if (resolver == null) { // before all beans are made
      var manager = source.getCacheManager();
      return manager == null ? beans.getBean(CacheManager.class) : manager;
    }
    if (resolver.getClass() == SimpleCacheResolver.class) {
      return ((SimpleCacheResolver) resolver).getCacheManager();
    }
    throw new CacheException(
        "caches are resolved by "
            + resolver.getClass().getName()
            + ", which knows the annotations of Spring alone; allowed: a CacheManager, a"
            + " cacheResolverFactory in the annotations, or to leave them to Spring, without"
            + " LarderCacheAnnotations (larder.spring.standard-annotations=false)");
  }

  @Override
  public CacheResolverFactory caches() {
    return this;
  }

  @Override
  public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
    return new SpringCacheResolver(() -> settings().manager(), details.getCacheName(), details);
  }

  @Override
  public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
    var name = details.getCacheAnnotation().exceptionCacheName().strip();
    return new SpringCacheResolver(() -> settings().manager(), name, details);
  }

  /** As Spring makes it: the values of variable arguments one by one. */
  @Override
  public Object key(CacheKeyInvocationContext<?> call) {
    var last = call.getMethod().isVarArgs() ? call.getAllParameters().length - 1 : -1;
    var values = new ArrayList<@Nullable Object>();
    for (var parameter : call.getKeyParameters()) {
      if (parameter.getParameterPosition() == last) {
        values.addAll(CollectionUtils.arrayToList(parameter.getValue()));
      } else {
        values.add(parameter.getValue());
      }
    }
    return settings().keys().generate(call.getTarget(), call.getMethod(), values.toArray());
  }

  @Override
  public Object nothing() {
    return NullValue.INSTANCE;
  }

  @Override
  public boolean keepsNull() {
    return settings().nulls();
  }
}
