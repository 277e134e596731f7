package dev.larder.jcache;

import java.net.URI;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;

/** A provider of a test's own with a manager on one topology, in a namespace of its own. */
final class Provided implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final LarderCachingProvider provider = new LarderCachingProvider();
  private final CacheManager manager;

  Provided(String topology) {
    manager = provider.getCacheManager(null, null, properties(topology));
  }

  static Properties properties(String topology) {
    var properties = new Properties();
    properties.setProperty("larder.topology", topology);
    properties.setProperty("larder.namespace", "test-" + NUMBER.incrementAndGet());
    return properties;
  }

  /** A URI that no other test uses. */
  static URI uri() {
    return URI.create("larder:test-" + NUMBER.incrementAndGet());
  }

  LarderCachingProvider provider() {
    return provider;
  }

  CacheManager manager() {
    return manager;
  }

  <K, V> Cache<K, V> cache(String name, Configuration<K, V> configuration) {
    return manager.createCache(name, configuration);
  }

  /** A cache of names to numbers with statistics on. */
  Cache<String, Integer> numbers() {
    return cache(
        "numbers",
        new MutableConfiguration<String, Integer>()
            .setTypes(String.class, Integer.class)
            .setStatisticsEnabled(true));
  }

  @Override
  public void close() {
    if (!manager.isClosed()) {
      manager.getCacheNames().forEach(manager::destroyCache);
    }
    provider.close();
  }
}
