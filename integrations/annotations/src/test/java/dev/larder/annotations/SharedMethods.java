package dev.larder.annotations;

import java.util.concurrent.Callable;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** The methods, annotated. */
@CacheDefaults(cacheName = "books")
public class SharedMethods implements Shared {

  @CacheResult
  @Override
  public String title(@CacheKey long id, Callable<String> how) throws Exception {
    return how.call();
  }

  @CacheResult
  @Override
  public Integer pages(@CacheKey long id, Callable<Integer> how) throws Exception {
    return how.call();
  }

  @CacheResult
  @Override
  public Integer pages(@CacheKey long id, String edition, Callable<Integer> how) throws Exception {
    return how.call();
  }

  @CacheResult
  @Override
  public String byName(@CacheKey String name, Callable<String> how) throws Exception {
    return how.call();
  }

  @CachePut
  @Override
  public void putTitle(long id, @CacheValue String title) {}

  @CachePut
  @Override
  public void putPages(long id, @CacheValue Integer pages) {}

  @CachePut
  @Override
  public void putByName(String name, @CacheValue String title) {}

  @CacheResult(skipGet = true)
  @Override
  public Integer createPages(@CacheKey long id, Callable<Integer> how) throws Exception {
    return how.call();
  }

  @CacheRemove
  @Override
  public void remove(long id) {}

  @CacheRemove
  @Override
  public void removeByName(String name) {}
}
