package dev.larder.annotations;

import java.util.ArrayList;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;
import org.junit.jupiter.api.AfterEach;

/** What the suites need of a container. */
public abstract class ContainerContract {

  /** A new object of the class, whose annotated methods are intercepted. */
  protected abstract <T> T managed(Class<? extends T> type, Class<T> as);

  /** The manager whose caches the methods use. */
  protected abstract CacheManager manager();

  /** The cache of that name, which a method has created or now is. */
  protected final Cache<Object, Object> cache(String name) {
    Cache<Object, Object> present = manager().getCache(name);
    return present != null
        ? present
        : manager().createCache(name, new MutableConfiguration<Object, Object>());
  }

  protected final int size(String name) {
    var keys = new ArrayList<>();
    cache(name).forEach(entry -> keys.add(entry.getKey()));
    return keys.size();
  }

  /** Leaves no cache behind. */
  @AfterEach
  protected void end() {
    var names = new ArrayList<String>();
    manager().getCacheNames().forEach(names::add);
    names.forEach(manager()::destroyCache);
  }
}
