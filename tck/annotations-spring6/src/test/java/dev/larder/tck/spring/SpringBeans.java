package dev.larder.tck.spring;

import dev.larder.spring.LarderCacheAnnotations;
import dev.larder.spring.LarderCacheManager;
import javax.cache.Caching;
import javax.cache.annotation.BeanProvider;
import manager.CacheNameOnEachMethodBlogManagerImpl;
import manager.ClassLevelCacheConfigBlogManagerImpl;
import manager.UsingDefaultCacheNameBlogManagerImpl;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/** Gives the TCK its annotated beans from a context of Spring. */
public final class SpringBeans implements BeanProvider {
  /** Whether Larder's core does what annotations say, and not Spring itself. */
  static volatile boolean byLarder = true;

  private final AnnotationConfigApplicationContext context =
      new AnnotationConfigApplicationContext();

  /** Classes and not interfaces are asked for. */
  @EnableCaching(proxyTargetClass = true)
  static class Cached {}

  /** For {@link java.util.ServiceLoader}. */
  public SpringBeans() {
    context.register(
        Cached.class,
        CacheNameOnEachMethodBlogManagerImpl.class,
        ClassLevelCacheConfigBlogManagerImpl.class,
        UsingDefaultCacheNameBlogManagerImpl.class);
    if (byLarder) {
      context.register(LarderCacheAnnotations.class);
    }
    context.registerBean(
        "cacheManager",
        LarderCacheManager.class,
        () -> new LarderCacheManager(Caching.getCachingProvider().getCacheManager()));
    context.refresh();
  }

  @Override
  public <T> T getBeanByType(Class<T> beanClass) {
    return context.getBean(beanClass);
  }
}
