package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import javax.cache.Cache;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Managers of different class loaders have nothing in common, and each sees its own classes. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"memory", "far"})
class ClassLoaderTest {
  private final LarderCachingProvider provider = new LarderCachingProvider();
  private final String topology;

  ClassLoaderTest(String topology) {
    this.topology = topology;
  }

  @AfterEach
  void close() {
    provider.close();
  }

  /** A value whose class each {@link Isolated} loader defines anew. */
  public static final class Thing implements Serializable {
    private static final long serialVersionUID = 1L;

    private final List<String> parts = new ArrayList<>(List.of("part"));

    @Override
    public String toString() {
      return parts.toString();
    }
  }

  private static final class Isolated extends ClassLoader {
    Isolated() {
      super(ClassLoaderTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.equals(Thing.class.getName())) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        var known = findLoadedClass(name);
        return known != null ? known : defined(name);
      }
    }

    private Class<?> defined(String name) throws ClassNotFoundException {
      try (var in = getResourceAsStream(name.replace('.', '/') + ".class")) {
        if (in == null) {
          throw new ClassNotFoundException(name);
        }
        var bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }

    Object thing() throws ReflectiveOperationException {
      return loadClass(Thing.class.getName()).getConstructor().newInstance();
    }
  }

  private Cache<String, Object> cache(ClassLoader loader) {
    var properties = Provided.properties(topology);
    properties.remove("larder.namespace");
    var manager = provider.getCacheManager(URI_OF_ALL, loader, properties);
    var present = manager.<String, Object>getCache("things");
    return present != null
        ? present
        : manager.createCache("things", new MutableConfiguration<String, Object>());
  }

  private static final java.net.URI URI_OF_ALL = Provided.uri();

  @Test
  void valuesComeBackWithTheClassesOfTheLoaderOfTheManager() throws Exception {
    var one = new Isolated();
    var two = new Isolated();

    cache(one).put("k", one.thing());
    cache(two).put("k", two.thing());

    assertSame(one, back(one).getClass().getClassLoader());
    assertSame(two, back(two).getClass().getClassLoader());
    assertEquals("[part]", back(one).toString());
    assertNotSame(back(one), back(one));
  }

  private Object back(ClassLoader loader) {
    return Objects.requireNonNull(cache(loader).get("k"));
  }

  @Test
  void cachesOfOneNameUnderTwoLoadersShareNothing() {
    var one = new Isolated();
    var two = new Isolated();

    cache(one).put("k", "one");

    assertNull(cache(two).get("k"));
    cache(two).put("k", "two");
    assertEquals("one", cache(one).get("k"));
  }

  @Test
  void closingOneLeavesTheOtherOpen() {
    var one = new Isolated();
    var two = new Isolated();
    var open = cache(two);
    var closed = cache(one);

    provider.close(one);

    assertEquals(true, closed.isClosed());
    open.put("k", 1);
    assertEquals(1, open.get("k"));
  }
}
