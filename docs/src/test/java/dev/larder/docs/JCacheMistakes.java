package dev.larder.docs;

import dev.larder.annotations.Beans;
import dev.larder.annotations.CacheMethods;
import dev.larder.annotations.Call;
import dev.larder.jcache.LarderConfiguration;
import dev.larder.spring.LarderCacheManager;
import java.io.Serializable;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.Objects;
import javax.cache.CacheManager;
import javax.cache.Caching;
import javax.cache.annotation.CacheResult;
import javax.cache.configuration.MutableConfiguration;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;

/** Mistakes with JCache, with annotations, and with Spring. */
final class JCacheMistakes {

  private static final String LARDER = "dev.larder.jcache.LarderCachingProvider";

  private JCacheMistakes() {}

  /** Serializable, and on nobody's list. */
  record Stranger(String name) implements Serializable {}

  /** A method that nobody can intercept. */
  static class Sealed {
    @CacheResult
    public final String find(String key) {
      return key;
    }
  }

  /** A method without a result. */
  static class Nothing {
    @CacheResult
    public void find(String key) {}
  }

  /** A method that nobody can intercept. */
  static class Hidden {
    @CacheResult
    @SuppressWarnings({"unused", "UnusedMethod"}) // only looked at
    private String find(String key) {
      return key;
    }
  }

  /** With {@link Text}: results of two types in one cache. */
  static class Numbers {
    @CacheResult(cacheName = "shared")
    public Integer find(String key) {
      return key.length();
    }
  }

  /** The other one. */
  static class Text {
    @CacheResult(cacheName = "shared")
    public String find(String key) {
      return key;
    }
  }

  /** Spring with a cache that is not to be made. */
  @EnableCaching
  static class Application {
    @Bean
    LarderCacheManager caches() {
      var caches = new LarderCacheManager(Caching.getCachingProvider(LARDER).getCacheManager());
      caches.setCreateMissing(false);
      return caches;
    }

    @Bean
    Prices prices() {
      return new Prices();
    }
  }

  /** Asks for that cache. */
  static class Prices {
    @Cacheable("prices")
    public String of(String article) {
      return article;
    }
  }

  static void make(Provocations told) {
    told.tell(() -> Caching.getCachingProvider().getCacheManager().close());
    told.tell(() -> Caching.getCachingProvider(new URLClassLoader(new URL[0], null)));
    var manager = Caching.getCachingProvider(LARDER).getCacheManager();
    caches(told, manager);
    bytes(told, manager);
    methods(told);
    told.tell(
        () -> {
          try (var context = new AnnotationConfigApplicationContext(Application.class)) {
            context.getBean(Prices.class).of("tea");
          }
        });
    manager.close();
    told.tell(() -> manager.getCache("users"));
  }

  private static void caches(Provocations told, CacheManager manager) {
    var types = new MutableConfiguration<String, String>().setTypes(String.class, String.class);
    var users = manager.createCache("users", types);
    told.tell(() -> manager.createCache("users", types));
    told.tell(() -> manager.getCache("users", String.class, Integer.class));
    told.tell(() -> manager.<Object, Object>getCache("users").put("key", 5));
    told.tell(() -> users.put("key", null));
    var loading = new MutableConfiguration<String, String>().setReadThrough(true);
    told.tell(() -> manager.createCache("loading", loading));
    told.tell(
        () -> {
          manager.createCache("objects", new MutableConfiguration<String, Object>());
          manager.<String, Object>getCache("objects").put("key", List.of(new Thread()));
        });
  }

  private static void bytes(Provocations told, CacheManager manager) {
    var file = told.folder().resolve("jcache.db").toString();
    var spec =
        new LarderConfiguration<String, Object>()
            .with(
                it ->
                    it.topology("disk")
                        .option("disk.path", file)
                        .option("memory.maximum-entries", "0"));
    try (var cache = manager.createCache("bytes", spec)) {
      cache.put("key", new Stranger("who"));
    }
    told.tell(() -> manager.createCache("bytes", spec).get("key"));
    told.tell(
        () ->
            manager.createCache(
                "references", new LarderConfiguration<>(spec).setStoreByValue(false)));
  }

  private static void methods(Provocations told) {
    var methods =
        CacheMethods.of(
            () -> Caching.getCachingProvider(LARDER).getCacheManager(), Beans.constructed());
    told.tell(() -> methods.check(Hidden.class));
    told.tell(() -> methods.check(Sealed.class));
    told.tell(() -> methods.check(Nothing.class));
    told.tell(() -> call(methods, new Numbers(), 5));
    told.tell(() -> call(methods, new Text(), "text"));
  }

  private static void call(CacheMethods methods, Object target, Object result) throws Throwable {
    var method = target.getClass().getDeclaredMethod("find", String.class);
    var cached = Objects.requireNonNull(methods.find(target.getClass(), method), "cached");
    cached.invoke(new Invoked(target, method, new Object[] {"key"}, result));
  }

  @SuppressWarnings("ArrayRecordComponent") // as the interface has it
  private record Invoked(Object target, Method method, Object[] arguments, Object result)
      implements Call {
    @Override
    public Object proceed() {
      return result;
    }
  }
}
