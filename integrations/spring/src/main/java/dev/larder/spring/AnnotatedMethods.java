package dev.larder.spring;

import dev.larder.annotations.CacheMethod;
import dev.larder.annotations.CacheMethods;
import java.lang.reflect.Method;
import java.util.List;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;
import org.springframework.aop.support.StaticMethodMatcherPointcut;
import org.springframework.cache.CacheManager;
import org.springframework.core.annotation.AnnotationUtils;

/** Finds the annotated methods of beans. Makes no bean: it is asked while others are made. */
final class AnnotatedMethods extends StaticMethodMatcherPointcut {
  private final CacheMethods methods;

  AnnotatedMethods(CacheMethods methods) {
    this.methods = methods;
    setClassFilter(AnnotatedMethods::isCandidate);
  }

  /** Managers are left out, as Spring does: they are needed to make what is asked about. */
  private static boolean isCandidate(Class<?> type) {
    return !CacheManager.class.isAssignableFrom(type)
        && AnnotationUtils.isCandidateClass(
            type,
            List.of(CacheResult.class, CachePut.class, CacheRemove.class, CacheRemoveAll.class));
  }

  @Override
  public boolean matches(Method method, Class<?> target) {
    return find(methods, method, target) != null;
  }

  /** What a proxy implements besides its target, as repositories are made, stands for itself. */
  static @Nullable CacheMethod find(CacheMethods methods, Method method, Class<?> target) {
    var declaring = method.getDeclaringClass();
    return methods.find(declaring.isAssignableFrom(target) ? target : declaring, method);
  }
}
