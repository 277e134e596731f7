package dev.larder.annotations;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.cache.annotation.CacheDefaults;
import org.jspecify.annotations.Nullable;

/**
 * The methods of a class as callers see them, and which method's annotations hold for each. That is
 * the one of the class that runs; where it has none of ours, that of an interface it implements. An
 * overridden method of a superclass does not count: who overrides without an annotation does
 * without.
 */
final class Hierarchy {
  private static final System.Logger LOGGER = System.getLogger(CacheMethods.class.getName());

  private final Class<?> type;
  private final Set<Class<?>> interfaces = new LinkedHashSet<>();

  /** Those that run, by signature. */
  private final Map<Signature, Method> running = new LinkedHashMap<>();

  /** Everything declared anywhere, for checks. */
  private final List<Method> declared = new ArrayList<>();

  /** Bridges, which callers of a generic type call, with what they call. */
  private final Map<Signature, Method> bridged = new LinkedHashMap<>();

  Hierarchy(Class<?> type) {
    this.type = type;
    for (Class<?> each = type; each != null && each != Object.class; each = each.getSuperclass()) {
      addClass(each);
    }
    addInterfaces(type);
  }

  private void addClass(Class<?> of) {
    for (var method : of.getDeclaredMethods()) {
      if (method.isBridge()) {
        bridge(method);
      } else if (!method.isSynthetic()) {
        declared.add(method);
        if (!isHidden(method)) {
          running.putIfAbsent(Signature.of(method), method);
        }
      }
    }
    for (var each : of.getInterfaces()) {
      addInterfaces(each);
    }
  }

  private static boolean isHidden(Method method) {
    return Modifier.isPrivate(method.getModifiers()) || Modifier.isStatic(method.getModifiers());
  }

  private void addInterfaces(Class<?> of) {
    if (of.isInterface() && interfaces.add(of)) {
      for (var method : declaredBy(of)) {
        if (!method.isSynthetic()) {
          declared.add(method);
        }
      }
    }
    for (var each : of.getInterfaces()) {
      addInterfaces(each);
    }
  }

  /** A bridge calls the one method of its class whose parameters are narrower. */
  private void bridge(Method bridge) {
    Method found = null;
    for (var method : bridge.getDeclaringClass().getDeclaredMethods()) {
      if (!method.isBridge() && isNarrower(method, bridge)) {
        if (found != null) {
          return;
        }
        found = method;
      }
    }
    if (found != null) {
      bridged.putIfAbsent(Signature.of(bridge), found);
    }
  }

  private static boolean isNarrower(Method method, Method bridge) {
    if (!method.getName().equals(bridge.getName())
        || method.getParameterCount() != bridge.getParameterCount()
        || !bridge.getReturnType().isAssignableFrom(method.getReturnType())) {
      return false;
    }
    for (int i = 0; i < method.getParameterCount(); i++) {
      if (!bridge.getParameterTypes()[i].isAssignableFrom(method.getParameterTypes()[i])) {
        return false;
      }
    }
    return true;
  }

  List<Method> declared() {
    return declared;
  }

  Map<Signature, Method> bridged() {
    return bridged;
  }

  /** The method of the class that is called; the other one where that is its own. */
  Method running(Signature signature, Method otherwise) {
    return running.getOrDefault(signature, otherwise);
  }

  /**
   * What an interface declares. Containers show classes of all kinds, also ones that nobody wants
   * cached; where a method mentions a class that is not there, the interface cannot be looked at.
   */
  private static Method[] declaredBy(Class<?> of) {
    try {
      return of.getDeclaredMethods();
    } catch (NoClassDefFoundError e) {
      LOGGER.log(
          System.Logger.Level.WARNING,
          "annotations of the interface {0} are not looked at: {1}",
          of.getName(),
          e);
      return new Method[0];
    }
  }

  /** The methods with annotations that hold, by the signature that is called. */
  Map<Signature, Method> annotated() {
    var annotated = new LinkedHashMap<Signature, Method>();
    running.forEach(
        (signature, method) -> {
          if (Attributes.anyOn(method)) {
            annotated.put(signature, method);
          }
        });
    for (var each : interfaces) {
      for (var method : declaredBy(each)) {
        if (Attributes.anyOn(method) && !isHidden(method) && !method.isSynthetic()) {
          addOfInterface(annotated, method);
        }
      }
    }
    return annotated;
  }

  private void addOfInterface(Map<Signature, Method> annotated, Method method) {
    var called = Signature.of(method);
    var target = bridged.get(called);
    var signature = target == null ? called : Signature.of(target);
    var present = annotated.putIfAbsent(signature, method);
    if (present != null
        && present.getDeclaringClass().isInterface()
        && !isInherited(present, method)
        && !Attributes.on(present).equals(Attributes.on(method))) {
      throw Refusal.of(
          method,
          Attributes.name(Attributes.on(method).get(0)),
          "is implemented by "
              + type.getName()
              + " together with "
              + Refusal.name(present)
              + ", which says something else; annotate the method of the class");
    }
  }

  /** Whether the first stands in an interface that extends that of the second, or is it. */
  private static boolean isInherited(Method present, Method method) {
    return method.getDeclaringClass().isAssignableFrom(present.getDeclaringClass());
  }

  /** The defaults of the class or the nearest superclass; else of where the method is declared. */
  @Nullable CacheDefaults defaultsFor(Method method) {
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      var defaults = each.getDeclaredAnnotation(CacheDefaults.class);
      if (defaults != null) {
        return defaults;
      }
    }
    return method.getDeclaringClass().getDeclaredAnnotation(CacheDefaults.class);
  }

  List<Class<?>> superclasses() {
    var classes = new ArrayList<Class<?>>();
    for (Class<?> each = type; each != null; each = each.getSuperclass()) {
      classes.add(each);
    }
    return classes;
  }
}
