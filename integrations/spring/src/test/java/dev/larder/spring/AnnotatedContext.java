package dev.larder.spring;

import dev.larder.jcache.LarderCachingProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.CacheManager;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Import;

/** A context with the annotations of JSR-107, to which a test gives its beans. */
final class AnnotatedContext implements AutoCloseable {

  @EnableCaching
  @Import(LarderCacheAnnotations.class)
  static class Caching {}

  private final LarderCachingProvider provider = new LarderCachingProvider();
  private final CacheManager manager = provider.getCacheManager();
  private final List<AnnotationConfigApplicationContext> contexts = new CopyOnWriteArrayList<>();

  /** A bean of the class, behind a proxy. The core's suites ask that null is not kept. */
  <T> T managed(Class<? extends T> type, Class<T> as) {
    var caches = new LarderCacheManager(manager);
    caches.setAllowNullValues(false);
    return context(type, caches).getBean(as);
  }

  AnnotationConfigApplicationContext context(Class<?> type, LarderCacheManager caches) {
    var context = new AnnotationConfigApplicationContext();
    contexts.add(context);
    context.register(Caching.class, type);
    context.registerBean("cacheManager", LarderCacheManager.class, () -> caches);
    context.refresh();
    return context;
  }

  CacheManager manager() {
    return manager;
  }

  @Override
  public void close() {
    contexts.forEach(AnnotationConfigApplicationContext::close);
    provider.close();
  }
}
