package dev.larder.annotations;

import java.lang.reflect.Method;
import java.util.function.Supplier;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/** The annotated methods of the classes that one container intercepts. Safe for all threads. */
public final class CacheMethods {
  private final Supplier<CacheManager> manager;
  private final Beans beans;

  private CacheMethods(Supplier<CacheManager> manager, Beans beans) {
    this.manager = manager;
    this.beans = beans;
  }

  /** Over the caches of a manager, which is asked for when the first cache is needed. */
  public static CacheMethods of(Supplier<CacheManager> manager, Beans beans) {
    return new CacheMethods(manager, beans);
  }

  /** Over the default manager of the default provider. */
  public static CacheMethods of(Beans beans) {
    return of(() -> Caching.getCachingProvider().getCacheManager(), beans);
  }

  /** Whether the method itself has one of the four annotations that make a call cached. */
  public static boolean concerns(Method method) {
    return method.isAnnotationPresent(CacheResult.class)
        || method.isAnnotationPresent(CachePut.class)
        || method.isAnnotationPresent(CacheRemove.class)
        || method.isAnnotationPresent(CacheRemoveAll.class);
  }

  /**
   * Checks all that can be known of a class before it is used.
   *
   * @throws javax.cache.CacheException for what can never work; it names the method, the annotation
   *     and what is allowed
   */
  public void check(Class<?> type) {
    throw new UnsupportedOperationException("not written yet: " + type + manager + beans);
  }

  /**
   * What the annotations say about a method when it is called on an object of the class.
   *
   * @return null when they say nothing
   * @throws javax.cache.CacheException as {@link #check}
   */
  public @Nullable CacheMethod find(Class<?> type, Method method) {
    throw new UnsupportedOperationException("not written yet: " + type + method);
  }
}
