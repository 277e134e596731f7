package dev.larder.annotations;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Objects;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResolverFactory;
import javax.cache.annotation.CacheResult;

/**
 * What the four annotations have in common, under one name each.
 *
 * @param factory {@code CacheResolverFactory.class} itself when nothing was said
 * @param generator {@code CacheKeyGenerator.class} itself when nothing was said
 * @param after whether the cache is changed after the method has run
 * @param rule for which exceptions it is changed too, or which are cached
 */
record Attributes(
    Annotation annotation,
    String cacheName,
    Class<? extends CacheResolverFactory> factory,
    Class<? extends CacheKeyGenerator> generator,
    boolean after,
    Rule rule) {

  private static final List<Class<? extends Annotation>> KINDS =
      List.of(CacheResult.class, CachePut.class, CacheRemove.class, CacheRemoveAll.class);

  /** Those of the four annotations that are there. */
  static List<Annotation> on(AnnotatedElement element) {
    return KINDS.stream().<Annotation>map(element::getAnnotation).filter(Objects::nonNull).toList();
  }

  static boolean anyOn(AnnotatedElement element) {
    return KINDS.stream().anyMatch(element::isAnnotationPresent);
  }

  /** As people write it. */
  static String name(Annotation annotation) {
    return "@" + annotation.annotationType().getSimpleName();
  }

  String name() {
    return name(annotation);
  }

  boolean is(Class<? extends Annotation> kind) {
    return annotation.annotationType() == kind;
  }

  static Attributes of(Annotation annotation) {
    if (annotation instanceof CacheResult result) {
      return result(result);
    } else if (annotation instanceof CachePut put) {
      return put(put);
    } else if (annotation instanceof CacheRemove remove) {
      return remove(remove);
    }
    return all((CacheRemoveAll) annotation);
  }

  private static Attributes result(CacheResult it) {
    return new Attributes(
        it,
        it.cacheName().strip(),
        it.cacheResolverFactory(),
        it.cacheKeyGenerator(),
        true,
        Rule.of(it.cachedExceptions(), it.nonCachedExceptions(), true));
  }

  private static Attributes put(CachePut it) {
    return new Attributes(
        it,
        it.cacheName().strip(),
        it.cacheResolverFactory(),
        it.cacheKeyGenerator(),
        it.afterInvocation(),
        Rule.of(it.cacheFor(), it.noCacheFor(), false));
  }

  private static Attributes remove(CacheRemove it) {
    return new Attributes(
        it,
        it.cacheName().strip(),
        it.cacheResolverFactory(),
        it.cacheKeyGenerator(),
        it.afterInvocation(),
        Rule.of(it.evictFor(), it.noEvictFor(), false));
  }

  private static Attributes all(CacheRemoveAll it) {
    return new Attributes(
        it,
        it.cacheName().strip(),
        it.cacheResolverFactory(),
        CacheKeyGenerator.class,
        it.afterInvocation(),
        Rule.of(it.evictFor(), it.noEvictFor(), false));
  }
}
