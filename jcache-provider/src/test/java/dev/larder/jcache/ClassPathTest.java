package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.larder.Larder;
import dev.larder.engine.LarderEngine;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Map;
import java.util.stream.Stream;
import javax.cache.Caching;
import org.junit.jupiter.api.Test;

/** What works with nothing but larder-jcache, larder-engine, larder-api and cache-api. */
class ClassPathTest {

  private static URLClassLoader fourJars() {
    var jars =
        Stream.of(LarderCachingProvider.class, LarderEngine.class, Larder.class, Caching.class)
            .map(type -> type.getProtectionDomain().getCodeSource().getLocation())
            .toArray(URL[]::new);
    return new URLClassLoader("four-jars", jars, ClassLoader.getPlatformClassLoader());
  }

  /** Everything is a class of another loader here, so it goes by name. */
  private static Object call(Object target, String method, Object... arguments)
      throws ReflectiveOperationException {
    for (var each : target.getClass().getMethods()) {
      if (each.getName().equals(method) && each.getParameterCount() == arguments.length) {
        return publicly(target, each).invoke(target, arguments);
      }
    }
    throw new NoSuchMethodException(method);
  }

  private static java.lang.reflect.Method publicly(Object target, java.lang.reflect.Method method)
      throws NoSuchMethodException {
    for (var type : target.getClass().getInterfaces()) {
      for (var each : type.getMethods()) {
        if (each.getName().equals(method.getName())
            && each.getParameterCount() == method.getParameterCount()) {
          return each;
        }
      }
    }
    return method;
  }

  @Test
  void theExampleOfTheReadmeWorks() throws Exception {
    try (var loader = fourJars()) {
      var caching = loader.loadClass("javax.cache.Caching");
      var provider =
          caching.getMethod("getCachingProvider", ClassLoader.class).invoke(null, loader);
      var manager = call(provider, "getCacheManager");
      var configuration =
          loader
              .loadClass("javax.cache.configuration.MutableConfiguration")
              .getConstructor()
              .newInstance();
      var users = call(manager, "createCache", "users", configuration);

      call(users, "putAll", Map.of("ada", "Ada Lovelace"));

      assertEquals("Ada Lovelace", call(users, "get", "ada"));
      call(provider, "close");
    }
  }

  @Test
  void aConfigurationThatNobodyCanReadIsRefused() throws IOException {
    try (var loader = fourJars()) {
      assertThrows(
          ReflectiveOperationException.class,
          () -> {
            var provider =
                loader
                    .loadClass(LarderCachingProvider.class.getName())
                    .getConstructor()
                    .newInstance();
            call(provider, "getCacheManager", java.net.URI.create("file:/larder.yaml"), loader);
          });
    }
  }
}
