package dev.larder.annotations;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import javax.cache.annotation.CacheDefaults;
import javax.cache.annotation.CacheKeyGenerator;
import javax.cache.annotation.CacheMethodDetails;
import javax.cache.annotation.CacheResolverFactory;
import org.jspecify.annotations.Nullable;

/** What is known of an annotated method before anybody calls it. */
final class Details<A extends Annotation> implements CacheMethodDetails<A> {
  private final Method method;
  private final Method runs;
  private final A annotation;
  private final Attributes attributes;
  private final @Nullable CacheDefaults defaults;
  private final Parameters parameters;
  private final Form form;
  private final Set<Annotation> annotations;
  private final String cacheName;

  /**
   * Of a method with an annotation.
   *
   * @param runs the method itself, or that of a class which implements it: that knows the types
   *     which an interface leaves to its type variables
   */
  Details(Method method, Method runs, A annotation, @Nullable CacheDefaults defaults) {
    this.method = method;
    this.runs = runs;
    this.annotation = annotation;
    this.attributes = Attributes.of(annotation);
    this.defaults = defaults;
    this.parameters = Parameters.of(method, attributes);
    this.form = Form.ofResult(runs);
    this.annotations = Set.copyOf(Arrays.asList(method.getAnnotations()));
    this.cacheName = cacheName(attributes.cacheName());
  }

  private String cacheName(String own) {
    if (!own.isEmpty()) {
      return own;
    }
    var ofClass = defaults == null ? "" : defaults.cacheName().strip();
    return ofClass.isEmpty() ? generatedName() : ofClass;
  }

  /** Classes by {@link Class#getName}, as Spring and the reference implementation do. */
  private String generatedName() {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getName)
        .collect(
            Collectors.joining(
                ",", method.getDeclaringClass().getName() + "." + method.getName() + "(", ")"));
  }

  /** The factory that was named for the method or its class; null for the built-in one. */
  @Nullable Class<? extends CacheResolverFactory> factory() {
    var own = attributes.factory();
    var chosen =
        own != CacheResolverFactory.class || defaults == null
            ? own
            : defaults.cacheResolverFactory();
    return chosen == CacheResolverFactory.class ? null : chosen;
  }

  /** The generator that was named for the method or its class; null for the built-in one. */
  @Nullable Class<? extends CacheKeyGenerator> generator() {
    var own = attributes.generator();
    var chosen =
        own != CacheKeyGenerator.class || defaults == null ? own : defaults.cacheKeyGenerator();
    return chosen == CacheKeyGenerator.class ? null : chosen;
  }

  Attributes attributes() {
    return attributes;
  }

  Parameters parameters() {
    return parameters;
  }

  /** How what the method returns becomes what the cache holds. */
  Form form() {
    return form;
  }

  /** How what the parameter holds becomes what the cache holds. */
  Form form(int parameter) {
    return Form.of(runs.getGenericParameterTypes()[parameter], runs.getParameterTypes()[parameter]);
  }

  Class<?> returned() {
    return runs.getReturnType();
  }

  boolean is(Class<? extends Annotation> kind) {
    return attributes.is(kind);
  }

  @Override
  public Method getMethod() {
    return method;
  }

  @Override
  public Set<Annotation> getAnnotations() {
    return annotations;
  }

  @Override
  public A getCacheAnnotation() {
    return annotation;
  }

  @Override
  public String getCacheName() {
    return cacheName;
  }

  /** The annotation and the method, for messages. */
  @Override
  public String toString() {
    return attributes.name() + " on " + Refusal.name(method);
  }
}
