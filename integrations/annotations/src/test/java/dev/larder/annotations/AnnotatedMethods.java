package dev.larder.annotations;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;

/** The methods, annotated. */
public class AnnotatedMethods implements Attributed {

  @CacheResult(cacheName = "values")
  @Override
  public String named(@CacheKey String id, Callable<String> how) throws Exception {
    return how.call();
  }

  @CacheResult
  @Override
  public String unnamed(String id, int index) {
    return id + index;
  }

  @CacheResult(cacheName = "arrays")
  @Override
  public String array(@CacheKey int[] ids, Callable<String> how) throws Exception {
    return how.call();
  }

  @CacheResult(cacheName = "numbers")
  @Override
  public int number(@CacheKey long id, Callable<Integer> how) throws Exception {
    return how.call();
  }

  @CacheResult(cacheName = "optionals")
  @Override
  public Optional<String> optional(@CacheKey String id, Callable<Optional<String>> how)
      throws Exception {
    return how.call();
  }

  @CacheResult(cacheName = "stages")
  @Override
  public CompletionStage<String> stage(@CacheKey String id, Callable<CompletionStage<String>> how)
      throws Exception {
    return how.call();
  }

  @CacheResult(cacheName = "optionalStages")
  @Override
  public CompletionStage<Optional<String>> optionalStage(
      @CacheKey String id, Callable<CompletionStage<Optional<String>>> how) throws Exception {
    return how.call();
  }

  @CacheResult(cacheName = "values", skipGet = true)
  @Override
  public String skipping(@CacheKey String id, Callable<String> how) throws Exception {
    return how.call();
  }

  @CacheResult(cacheName = "failing", exceptionCacheName = "failures")
  @Override
  public String failing(@CacheKey String id, Callable<String> how) throws Exception {
    return how.call();
  }

  @CacheResult(
      cacheName = "failingForSome",
      exceptionCacheName = "failures",
      cachedExceptions = IOException.class)
  @Override
  public String failingForSome(@CacheKey String id, Callable<String> how) throws Exception {
    return how.call();
  }

  @CacheResult(
      cacheName = "failingButSome",
      exceptionCacheName = "failures",
      nonCachedExceptions = IOException.class)
  @Override
  public String failingButSome(@CacheKey String id, Callable<String> how) throws Exception {
    return how.call();
  }

  @CacheResult(
      cacheName = "failingBoth",
      exceptionCacheName = "failures",
      cachedExceptions = IOException.class,
      nonCachedExceptions = FileNotFoundException.class)
  @Override
  public String failingBoth(@CacheKey String id, Callable<String> how) throws Exception {
    return how.call();
  }

  @CacheResult(cacheName = "failing", exceptionCacheName = "failures", skipGet = true)
  @Override
  public String failingAnew(@CacheKey String id, Callable<String> how) throws Exception {
    return how.call();
  }

  @CacheResult(cacheName = "failingStages", exceptionCacheName = "failures")
  @Override
  public CompletionStage<String> failingStage(
      @CacheKey String id, Callable<CompletionStage<String>> how) throws Exception {
    return how.call();
  }

  @CachePut(cacheName = "values")
  @Override
  public void put(@CacheKey String id, @CacheValue String value, Callable<?> how) throws Exception {
    how.call();
  }

  @CachePut(cacheName = "optionals")
  @Override
  public void putOptional(String id, @CacheValue Optional<String> value) {}

  @CachePut(cacheName = "values", afterInvocation = false)
  @Override
  public void putBefore(@CacheKey String id, @CacheValue String value, Callable<?> how)
      throws Exception {
    how.call();
  }

  @CachePut(cacheName = "values", cacheFor = IOException.class)
  @Override
  public void putForSome(@CacheKey String id, @CacheValue String value, Callable<?> how)
      throws Exception {
    how.call();
  }

  @CachePut(cacheName = "values", noCacheFor = IOException.class)
  @Override
  public void putButSome(@CacheKey String id, @CacheValue String value, Callable<?> how)
      throws Exception {
    how.call();
  }

  @CachePut(
      cacheName = "values",
      cacheFor = IOException.class,
      noCacheFor = FileNotFoundException.class)
  @Override
  public void putBoth(@CacheKey String id, @CacheValue String value, Callable<?> how)
      throws Exception {
    how.call();
  }

  @CachePut(cacheName = "values")
  @Override
  public CompletionStage<Void> putLater(
      @CacheKey String id, @CacheValue String value, Callable<CompletionStage<Void>> how)
      throws Exception {
    return how.call();
  }

  @CacheRemove(cacheName = "values")
  @Override
  public void remove(@CacheKey String id, Callable<?> how) throws Exception {
    how.call();
  }

  @CacheRemove(cacheName = "stages")
  @Override
  public void removeStage(String id) {}

  @CacheRemove(cacheName = "values", afterInvocation = false)
  @Override
  public void removeBefore(@CacheKey String id, Callable<?> how) throws Exception {
    how.call();
  }

  @CacheRemove(cacheName = "values", evictFor = IOException.class)
  @Override
  public void removeForSome(@CacheKey String id, Callable<?> how) throws Exception {
    how.call();
  }

  @CacheRemove(cacheName = "values", noEvictFor = IOException.class)
  @Override
  public void removeButSome(@CacheKey String id, Callable<?> how) throws Exception {
    how.call();
  }

  @CacheRemoveAll(cacheName = "values")
  @Override
  public void removeAll(Callable<?> how) throws Exception {
    how.call();
  }

  @CacheRemoveAll(cacheName = "values", afterInvocation = false)
  @Override
  public void removeAllBefore(Callable<?> how) throws Exception {
    how.call();
  }

  @CacheRemoveAll(cacheName = "values", evictFor = IOException.class)
  @Override
  public void removeAllForSome(Callable<?> how) throws Exception {
    how.call();
  }

  @CacheResult(cacheName = "generated", cacheKeyGenerator = Seen.Generator.class)
  @Override
  public String generated(@CacheKey String id, Callable<String> how) throws Exception {
    return how.call();
  }

  @CacheResult(
      cacheName = "asked",
      exceptionCacheName = "askedFailures",
      cacheResolverFactory = Seen.Factory.class)
  @Override
  public String resolved(@CacheKey String id, Callable<String> how) throws Exception {
    return how.call();
  }

  @Override
  public String plain(String id, Callable<String> how) throws Exception {
    return how.call();
  }
}
