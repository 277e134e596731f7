package dev.larder.annotations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import javax.cache.CacheException;
import javax.cache.annotation.CacheKey;
import javax.cache.annotation.CachePut;
import javax.cache.annotation.CacheResult;
import javax.cache.annotation.CacheValue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Classes that are not like those of textbooks, of which every large application has some. */
class OddClassesTest {
  private final CacheMethods methods = CacheMethods.of(Providers::larder, Beans.constructed());
  private final ReflectiveContainer container = new ReflectiveContainer(Providers::larder);

  @AfterEach
  void destroyCaches() {
    var manager = Providers.larder();
    manager.getCacheNames().forEach(manager::destroyCache);
  }

  interface Finding<T> {
    @CacheResult(cacheName = "found")
    T find(String id);

    @CachePut(cacheName = "found")
    void store(@CacheKey String id, @CacheValue T value);
  }

  static class FindingOptional implements Finding<Optional<String>> {
    private int runs;

    @Override
    public Optional<String> find(String id) {
      runs++;
      return Optional.of(id + " run " + runs);
    }

    @Override
    public void store(String id, Optional<String> value) {}
  }

  static class FindingStage implements Finding<CompletionStage<String>> {
    @Override
    public CompletionStage<String> find(String id) {
      return CompletableFuture.completedFuture(id);
    }

    @Override
    public void store(String id, CompletionStage<String> value) {}
  }

  /** Forbidden: the Optional itself is in the cache, because the interface calls it T. */
  @Test
  void typesAreThoseOfTheMethodThatRuns() {
    @SuppressWarnings("unchecked")
    Finding<Optional<String>> finding = container.managed(FindingOptional.class, Finding.class);
    assertEquals(Optional.of("a run 1"), finding.find("a"));
    assertEquals(Optional.of("a run 1"), finding.find("a"));
    var cache = Providers.larder().getCache("found");
    assertEquals("a run 1", cache.iterator().next().getValue());
    finding.store("a", Optional.of("stored"));
    assertEquals(Optional.of("stored"), finding.find("a"));
    assertEquals("stored", cache.iterator().next().getValue());
  }

  /** Forbidden: a stage is put as a value, because the interface calls it T. */
  @Test
  void putOfAStageIsRefusedWhereverItsTypeIsSaid() {
    var refused = assertThrows(CacheException.class, () -> methods.check(FindingStage.class));
    assertTrue(refused.getMessage().contains("stage"), refused::getMessage);
  }

  static class Base {
    public String find(String id) {
      return id;
    }
  }

  /** A name that generated classes have. */
  static class Price$$List extends Base {
    @CacheResult
    @Override
    public String find(String id) {
      return id + "!";
    }
  }

  /** Forbidden: the annotations of a class count for nothing because of its name. */
  @Test
  void classNamedLikeAGeneratedOneHasItsOwnAnnotations() throws Exception {
    assertNotNull(
        methods.find(Price$$List.class, Price$$List.class.getMethod("find", String.class)));
    assertNull(methods.find(Base.class, Base.class.getMethod("find", String.class)));
  }

  /** Stands for a library that is not there. */
  static class Missing {}

  interface Mentions {
    default Missing make() {
      return new Missing();
    }
  }

  public static class Mentioning implements Mentions {
    @CacheResult(cacheName = "mentioned")
    public String find(String id) {
      return id;
    }
  }

  /** Defines classes of this test anew, but for one. */
  private static final class Without extends ClassLoader {
    private final String missing;

    Without(Class<?> missing) {
      super(OddClassesTest.class.getClassLoader());
      this.missing = missing.getName();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.equals(missing)) {
        throw new ClassNotFoundException(name);
      }
      if (!name.startsWith(OddClassesTest.class.getName() + "$")) {
        return super.loadClass(name, resolve);
      }
      var loaded = findLoadedClass(name);
      return loaded != null ? loaded : defined(name);
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
      try (var in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        var bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  /** Forbidden: a container does not start for an interface that nobody wants cached. */
  @Test
  void interfaceThatMentionsAMissingClassIsPassedBy() throws Exception {
    var type = new Without(Missing.class).loadClass(Mentioning.class.getName());
    assertThrows(NoClassDefFoundError.class, () -> type.getInterfaces()[0].getDeclaredMethods());
    assertNotNull(methods.find(type, type.getMethod("find", String.class)));
  }

  /** Forbidden: classes of an application that is gone are held by the core or by a cache. */
  @Test
  void classesOfAnApplicationThatIsGoneAreNotHeld() throws Throwable {
    var gone = called(new Without(Missing.class));
    for (int i = 0; i < 100 && gone.get() != null; i++) {
      System.gc();
    }
    assertNull(gone.get(), "the class loader is held");
  }

  private static WeakReference<ClassLoader> called(ClassLoader application) throws Throwable {
    var own = CacheMethods.of(Providers::larder, Beans.constructed());
    var type = application.loadClass(Mentioning.class.getName());
    var target = type.getConstructor().newInstance();
    var method = type.getMethod("find", String.class);
    var found = own.find(type, method);
    assertEquals("a", found.invoke(new Called(target, method)));
    return new WeakReference<>(application);
  }

  private record Called(Object target, java.lang.reflect.Method method) implements Call {
    @Override
    public Object[] arguments() {
      return new Object[] {"a"};
    }

    @Override
    public Object proceed() throws Throwable {
      return method.invoke(target, "a");
    }
  }
}
