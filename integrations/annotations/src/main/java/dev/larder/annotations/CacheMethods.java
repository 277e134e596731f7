package dev.larder.annotations;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheDefaults;
import org.jspecify.annotations.Nullable;

/**
 * The annotated methods of the classes that one container intercepts. Safe for all threads. Keeps
 * what it found out about a class as long as it lives itself; makes no cache and no bean before an
 * annotated method is called.
 *
 * <p>Whose annotations hold: those of the method that runs; where it has none, those of an
 * interface that declares it. A method that overrides an annotated one of a superclass without
 * being annotated is not cached.
 */
public final class CacheMethods {
  private final Plan.Source source;
  private final ConcurrentMap<Class<?>, AnnotatedClass> classes = new ConcurrentHashMap<>();

  private CacheMethods(Conventions conventions, Beans beans) {
    this.source = new Plan.Source(beans, conventions);
  }

  /**
   * In a container with conventions of its own.
   *
   * @throws NullPointerException when an argument is null
   */
  public static CacheMethods with(Conventions conventions, Beans beans) {
    return new CacheMethods(
        Objects.requireNonNull(conventions, "conventions"), Objects.requireNonNull(beans, "beans"));
  }

  /**
   * Over the caches of a manager, which is asked for whenever a cache is not known yet or was
   * closed. Caches that it does not have are created with a configuration that says nothing.
   *
   * @throws NullPointerException when an argument is null
   */
  public static CacheMethods of(Supplier<CacheManager> manager, Beans beans) {
    var caches = new NamedCaches(Objects.requireNonNull(manager, "manager"));
    return with(() -> caches, beans);
  }

  /** Over the default manager of the default provider. */
  public static CacheMethods of(Beans beans) {
    return of(() -> Caching.getCachingProvider().getCacheManager(), beans);
  }

  /** Whether the method itself has one of the four annotations that make a call cached. */
  public static boolean concerns(Method method) {
    return Attributes.anyOn(method);
  }

  /**
   * Checks all that can be known of a class before it is used.
   *
   * @throws javax.cache.CacheException for what can never work; it names the method, the annotation
   *     and what is allowed
   */
  public void check(Class<?> type) {
    var unused = analysed(type);
  }

  /**
   * What the annotations say about a method when it is called on an object of the class.
   *
   * @param type the class of the object, or a subclass of it that the container made
   * @param method as called: of the class, of a superclass or of an interface
   * @return null when they say nothing
   * @throws javax.cache.CacheException as {@link #check}
   */
  public @Nullable CacheMethod find(Class<?> type, Method method) {
    return analysed(type).find(method);
  }

  /**
   * Containers name the classes that they generate like this. People may name theirs so too, and
   * then what they say holds; only Weld copies annotations, and no types of generic methods.
   */
  private static boolean isGenerated(Class<?> type) {
    var name = type.getName();
    return name.contains("$$")
        && type.getSuperclass() != null
        && type.getSuperclass() != Object.class
        && (name.contains("$$_Weld") || !saysSomething(type));
  }

  private static boolean saysSomething(Class<?> type) {
    return type.getDeclaredAnnotation(CacheDefaults.class) != null
        || Arrays.stream(type.getDeclaredMethods()).anyMatch(Attributes::anyOn);
  }

  /** Two threads may look at one class; no lock is held meanwhile. */
  private AnnotatedClass analysed(Class<?> called) {
    var known = classes.get(called);
    if (known != null) {
      return known;
    }
    var found =
        isGenerated(called) ? analysed(called.getSuperclass()) : new AnnotatedClass(called, source);
    var other = classes.putIfAbsent(called, found);
    return other == null ? found : other;
  }
}
