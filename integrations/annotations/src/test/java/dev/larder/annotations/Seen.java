package dev.larder.annotations;

import java.lang.annotation.Annotation;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheInvocationContext;
import javax.cache.annotation.CacheInvocationParameter;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheKeyInvocationContext;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;
import javax.cache.configuration.MutableConfiguration;

/** What key generators and resolvers are told, and what they make of it. */
public final class Seen {
  /** What was asked for since the test began. */
  public static final List<String> ASKED = new CopyOnWriteArrayList<>();

  /** The contexts that were shown. */
  public static final List<CacheInvocationContext<?>> CONTEXTS = new CopyOnWriteArrayList<>();

  private static volatile CacheManager manager;

  private Seen() {}

  /** Forgets everything; resolvers take caches from this manager from now on. */
  static void begin(CacheManager under) {
    manager = under;
    ASKED.clear();
    CONTEXTS.clear();
  }

  /** Keys in lower case, so that a test sees whose they are. */
  public static class Generator implements CacheKeyGenerator {

    @Override
    public GeneratedCacheKey generateCacheKey(CacheKeyInvocationContext<?> context) {
      CONTEXTS.add(context);
      var parameters = context.getKeyParameters();
      return new LowerCase(
          Arrays.stream(parameters)
              .map(CacheInvocationParameter::getValue)
              .map(String::valueOf)
              .reduce("", String::concat)
              .toLowerCase(java.util.Locale.ROOT));
    }
  }

  /** The key. */
  public record LowerCase(String text) implements GeneratedCacheKey {}

  /** Caches with a prefix, so that a test sees whose they are. */
  public static class Factory implements CacheResolverFactory {

    @Override
    public CacheResolver getCacheResolver(CacheMethodDetails<? extends Annotation> details) {
      ASKED.add("results of " + details.getCacheName());
      return new Resolver("mine-" + details.getCacheName());
    }

    @Override
    public CacheResolver getExceptionCacheResolver(CacheMethodDetails<CacheResult> details) {
      var name = details.getCacheAnnotation().exceptionCacheName();
      ASKED.add("exceptions of " + name);
      return new Resolver("mine-" + name);
    }
  }

  private record Resolver(String name) implements CacheResolver {

    @Override
    public <K, V> Cache<K, V> resolveCache(CacheInvocationContext<? extends Annotation> context) {
      CONTEXTS.add(context);
      var under = manager == null ? Caching.getCachingProvider().getCacheManager() : manager;
      Cache<K, V> present = under.getCache(name);
      return Objects.requireNonNullElseGet(
          present, () -> under.createCache(name, new MutableConfiguration<K, V>()));
    }
  }
}
