package dev.larder.annotations;

import java.lang.annotation.Annotation;
import java.util.List;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolver;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.GeneratedCacheKey;
import org.jspecify.annotations.Nullable;

/**
 * An annotated method of a class, with what it needs: its resolvers and its key generator, which
 * are asked for once, when it is first called, because containers check classes before they have
 * beans.
 */
abstract sealed class Plan<A extends Annotation> implements CacheMethod
    permits ResultMethod, ChangingMethod {

  /** Where an analysed class gets from what its methods need. */
  record Source(Beans beans, Conventions conventions) {}

  private record Bound(
      CacheResolver resolver,
      @Nullable CacheResolver exceptions,
      @Nullable CacheKeyGenerator generator) {}

  private final Details<A> details;
  private final Source source;

  /** The families whose keys the method means; the empty name is that of unqualified keys. */
  private final List<String> families;

  private volatile @Nullable Bound bound;

  Plan(Details<A> details, List<String> families, Source source) {
    this.details = details;
    this.families = families;
    this.source = source;
  }

  final Details<A> details() {
    return details;
  }

  final Cache<Object, Object> cache(Invocation<A> invocation) {
    return resolved(bound().resolver, invocation);
  }

  /** Null when exceptions are not cached. */
  final @Nullable Cache<Object, Object> exceptionCache(Invocation<A> invocation) {
    var exceptions = bound().exceptions;
    return exceptions == null ? null : resolved(exceptions, invocation);
  }

  private Cache<Object, Object> resolved(CacheResolver resolver, Invocation<A> invocation) {
    @Nullable Cache<Object, Object> cache = resolver.resolveCache(invocation);
    if (cache == null) {
      throw new CacheException(
          details + ": the resolver " + resolver.getClass().getName() + " gave no cache");
    }
    return cache;
  }

  final Conventions conventions() {
    return source.conventions();
  }

  /** The one key of a method that means one. */
  final Object key(Invocation<A> invocation) {
    return keys(invocation).get(0);
  }

  final List<?> keys(Invocation<A> invocation) {
    var generator = bound().generator;
    if (generator != null) {
      return List.of(generated(generator, invocation));
    }
    var agreed = source.conventions().key(invocation);
    if (agreed != null) {
      return families.stream().map(family -> named(family, agreed)).toList();
    }
    var first =
        GeneratedKey.of(
            families.get(0), details.parameters().keyArguments(invocation.call().arguments()));
    return families.size() == 1 ? List.of(first) : families.stream().map(first::in).toList();
  }

  private static Object named(String family, Object key) {
    return family.equals(Families.PLAIN) ? key : GeneratedKey.of(family, new Object[] {key});
  }

  private GeneratedCacheKey generated(CacheKeyGenerator generator, Invocation<A> invocation) {
    @Nullable GeneratedCacheKey key = generator.generateCacheKey(invocation);
    if (key == null) {
      throw new CacheException(
          details + ": the key generator " + generator.getClass().getName() + " gave no key");
    }
    return key;
  }

  private Bound bound() {
    var known = bound;
    return known != null ? known : bind();
  }

  /** Under a lock, although it calls user code: the specification has factories asked once. */
  private synchronized Bound bind() {
    var known = bound;
    if (known == null) {
      known = made();
      bound = known;
    }
    return known;
  }

  private Bound made() {
    var type = details.factory();
    var factory = type == null ? source.conventions().caches() : bean(type);
    var generator = details.generator();
    return new Bound(
        given(factory.getCacheResolver(details), factory),
        exceptionResolver(factory),
        generator == null ? null : bean(generator));
  }

  @SuppressWarnings("unchecked") // the details of a result are those of a result
  private @Nullable CacheResolver exceptionResolver(CacheResolverFactory factory) {
    return details.getCacheAnnotation() instanceof CacheResult result
            && !result.exceptionCacheName().isBlank()
        ? given(
            factory.getExceptionCacheResolver((CacheMethodDetails<CacheResult>) details), factory)
        : null;
  }

  private CacheResolver given(@Nullable CacheResolver resolver, CacheResolverFactory factory) {
    if (resolver == null) {
      throw new CacheException(
          details + ": the factory " + factory.getClass().getName() + " gave no resolver");
    }
    return resolver;
  }

  private <T> T bean(Class<T> type) {
    @Nullable T bean = source.beans().get(type);
    if (bean == null) {
      throw new CacheException(details + ": there is no bean of " + type.getName());
    }
    return bean;
  }
}
