package dev.larder.annotations;

import java.lang.annotation.Annotation;
import java.lang.invoke.MethodType;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResult;
import org.jspecify.annotations.Nullable;

/**
 * Which keys the methods of a class mean. Results of methods of different names must not meet under
 * one key, so where two could, over one cache with key parameters that can be equal, the name of
 * the method is part of their keys. Overloads of one name share, and so does everything in another
 * class. A result with {@code skipGet} is put like that of {@link CachePut}: it is there to be
 * found by the method that finds it.
 */
final class Families {
  /** Of keys without a name. */
  static final String PLAIN = "";

  private final List<Details<?>> results;

  Families(Collection<? extends Details<?>> all) {
    this.results =
        all.stream()
            .<Details<?>>map(each -> each)
            .filter(each -> finds(each) && each.generator() == null)
            .toList();
  }

  /** The families whose keys the method means, at least one. */
  List<String> of(Details<?> details) {
    if (details.generator() != null) {
      return List.of(PLAIN);
    }
    if (finds(details)) {
      return List.of(isQualified(details) ? name(details) : PLAIN);
    }
    var meeting = results.stream().filter(each -> meet(each, details)).toList();
    if (details.is(CachePut.class) || details.is(CacheResult.class)) {
      return List.of(put(details, meeting));
    }
    var names = new TreeSet<String>();
    meeting.forEach(each -> names.add(of(each).get(0)));
    return names.isEmpty() ? List.of(PLAIN) : List.copyOf(names);
  }

  /** A name is qualified as a whole: its overloads share. */
  private boolean isQualified(Details<?> details) {
    return results.stream()
        .filter(each -> name(each).equals(name(details)) && sameCache(each, details))
        .anyMatch(
            each ->
                results.stream()
                    .anyMatch(other -> !name(other).equals(name(each)) && meet(other, each)));
  }

  /** The family of the one method whose result the value can be. */
  private String put(Details<?> details, List<Details<?>> meeting) {
    var families = new TreeSet<String>();
    meeting.forEach(each -> families.add(of(each).get(0)));
    if (families.isEmpty()) {
      return PLAIN;
    }
    if (families.size() == 1) {
      return families.first();
    }
    var value =
        details.is(CachePut.class)
            ? PutMethod.valueForm(details).content()
            : details.form().content();
    var fitting = new TreeSet<String>();
    meeting.stream()
        .filter(each -> each.form().content().isAssignableFrom(value))
        .forEach(each -> fitting.add(of(each).get(0)));
    if (fitting.size() != 1) {
      throw Refusal.of(
          details.getMethod(),
          details.attributes().name(),
          "puts a "
              + value.getName()
              + " into cache '"
              + details.getCacheName()
              + "', where "
              + families
              + " of the same class keep results under the same key parameters, "
              + (fitting.isEmpty() ? "and none returns" : "and more than one returns")
              + " that; name a cacheKeyGenerator, or give each method a cache of its own");
    }
    return fitting.first();
  }

  private static boolean finds(Details<?> details) {
    return details.getCacheAnnotation() instanceof CacheResult result && !result.skipGet();
  }

  private static boolean meet(Details<?> one, Details<?> other) {
    return sameCache(one, other)
        && overlap(one.parameters().keyTypes(), other.parameters().keyTypes());
  }

  private static boolean sameCache(Details<?> one, Details<?> other) {
    return one.getCacheName().equals(other.getCacheName())
        && sameFactory(one.factory(), other.factory());
  }

  private static boolean sameFactory(@Nullable Class<?> one, @Nullable Class<?> other) {
    return one == other;
  }

  /** Whether values of these types can be equal. */
  private static boolean overlap(List<Class<?>> one, List<Class<?>> other) {
    if (one.size() != other.size()) {
      return false;
    }
    for (int i = 0; i < one.size(); i++) {
      if (!overlap(boxed(one.get(i)), boxed(other.get(i)))) {
        return false;
      }
    }
    return true;
  }

  private static boolean overlap(Class<?> one, Class<?> other) {
    return one.isAssignableFrom(other)
        || other.isAssignableFrom(one)
        || one.isInterface()
        || other.isInterface();
  }

  private static Class<?> boxed(Class<?> type) {
    return MethodType.methodType(type).wrap().returnType();
  }

  private static String name(Details<? extends Annotation> details) {
    return details.getMethod().getName();
  }
}
