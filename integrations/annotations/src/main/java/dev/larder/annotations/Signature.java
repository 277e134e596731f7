package dev.larder.annotations;

import java.lang.reflect.Method;
import java.util.List;

/** What an overriding method has in common with the overridden one. */
record Signature(String name, List<Class<?>> parameters) {

  static Signature of(Method method) {
    return new Signature(method.getName(), List.of(method.getParameterTypes()));
  }
}
