package dev.larder.annotations;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.cache.CacheException;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheRemove;
import javax.cache.annotation.CacheRemoveAll;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/** The annotated methods of one class, checked. */
final class AnnotatedClass {
  private final Map<Signature, CacheMethod> methods = new LinkedHashMap<>();

  AnnotatedClass(Class<?> type, Plan.Source source) {
    var hierarchy = new Hierarchy(type);
    hierarchy.superclasses().forEach(AnnotatedClass::checkClass);
    hierarchy.declared().forEach(MethodChecks::checkReachable);
    var all = new LinkedHashMap<Signature, Details<?>>();
    hierarchy
        .annotated()
        .forEach(
            (signature, method) ->
                all.put(
                    signature, details(method, hierarchy.running(signature, method), hierarchy)));
    var families = new Families(all.values());
    all.forEach(
        (signature, details) ->
            methods.put(signature, plan(details, families.of(details), source)));
    hierarchy
        .bridged()
        .forEach(
            (bridge, target) -> {
              var method = methods.get(Signature.of(target));
              if (method != null) {
                methods.putIfAbsent(bridge, method);
              }
            });
  }

  private static void checkClass(Class<?> type) {
    if (Attributes.anyOn(type)) {
      throw new CacheException(
          Attributes.name(Attributes.on(type).get(0))
              + " on "
              + type.getName()
              + ": allowed is a method; what all methods of a class have in common is said by"
              + " @CacheDefaults");
    }
  }

  private static Details<?> details(Method method, Method runs, Hierarchy hierarchy) {
    var annotations = Attributes.on(method);
    if (annotations.size() > 1) {
      throw Refusal.of(
          method,
          String.join(" and ", annotations.stream().map(Attributes::name).toList()),
          "has more than one of these annotations; allowed is one");
    }
    var details =
        new Details<Annotation>(method, runs, annotations.get(0), hierarchy.defaultsFor(method));
    MethodChecks.checkTypes(details);
    return details;
  }

  @SuppressWarnings("unchecked") // each kind of details goes to its own plan
  private static CacheMethod plan(Details<?> details, List<String> families, Plan.Source source) {
    if (details.is(CacheResult.class)) {
      return new ResultMethod((Details<CacheResult>) details, families, source);
    } else if (details.is(CachePut.class)) {
      return new PutMethod((Details<CachePut>) details, families, source);
    } else if (details.is(CacheRemove.class)) {
      return new RemoveMethod((Details<CacheRemove>) details, families, source);
    }
    return new RemoveAllMethod((Details<CacheRemoveAll>) details, source);
  }

  @Nullable CacheMethod find(Method method) {
    return methods.get(Signature.of(method));
  }
}
