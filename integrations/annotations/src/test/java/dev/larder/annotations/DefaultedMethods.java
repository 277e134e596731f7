package dev.larder.annotations;

import java.util.concurrent.Callable;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CacheResult;

/** The methods, annotated. */
@CacheDefaults(
    cacheName = "ofClass",
    cacheKeyGenerator = Seen.Generator.class,
    cacheResolverFactory = Seen.Factory.class)
public class DefaultedMethods implements Defaulted {

  @CacheResult
  @Override
  public String ofClass(@CacheKey String id, Callable<String> how) throws Exception {
    return how.call();
  }

  @CacheResult(cacheName = "ofMethod")
  @Override
  public String ofMethod(@CacheKey String id, Callable<String> how) throws Exception {
    return how.call();
  }
}
