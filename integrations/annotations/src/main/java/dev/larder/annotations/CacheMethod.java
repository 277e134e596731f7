package dev.larder.annotations;

import org.jspecify.annotations.Nullable;

/** One annotated method, ready to be called. Safe for all threads. */
public interface CacheMethod {

  /**
   * Does what the annotation says, calling {@link Call#proceed} at most once.
   *
   * @return what the caller of the method is to get
   * @throws Throwable what the method threw, as it threw it, or an exception that was cached;
   *     {@link javax.cache.CacheException} when the cache failed or cannot serve the method
   */
  @Nullable Object invoke(Call call) throws Throwable;
}
