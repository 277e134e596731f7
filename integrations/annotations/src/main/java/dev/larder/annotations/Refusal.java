package dev.larder.annotations;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.stream.Collectors;
import javax.cache.CacheException;

/** Exceptions for what can never work. */
final class Refusal {
  private Refusal() {}

  /**
   * Names the method and the annotation.
   *
   * @param what is wrong and what is allowed
   */
  static CacheException of(Method method, String annotation, String what) {
    return new CacheException(annotation + " on " + name(method) + ": the method " + what);
  }

  /** As it would be called in a text: the class, the method, the parameters. */
  static String name(Method method) {
    return Arrays.stream(method.getParameterTypes())
        .map(Class::getTypeName)
        .collect(
            Collectors.joining(
                ",", method.getDeclaringClass().getName() + "." + method.getName() + "(", ")"));
  }
}
