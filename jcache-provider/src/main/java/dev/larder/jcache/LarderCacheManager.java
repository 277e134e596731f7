package dev.larder.jcache;

import dev.larder.CacheSpec;
import dev.larder.Checks;
import dev.larder.LarderBuilder;
import dev.larder.engine.EngineFactory;
import dev.larder.engine.LarderEngine;
import java.net.URI;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.Configuration;
import javax.cache.configuration.MutableConfiguration;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/** The caches of one URI and class loader, over an engine of their own. */
final class LarderCacheManager implements CacheManager {
  private static final String CREATE_MISSING = "jcache.create-missing";
  private static final AtomicLong NUMBERS = new AtomicLong();

  private final LarderCachingProvider provider;
  private final URI uri;
  private final ClassLoader loader;
  private final Properties properties;
  private final String namespace;
  private final long number = NUMBERS.incrementAndGet();
  private final LarderEngine engine;
  private final ConcurrentHashMap<String, LarderCache<?, ?>> caches = new ConcurrentHashMap<>();

  /** Caches are created and destroyed one at a time. */
  private final Object lifecycle = new Object();

  private volatile boolean closed;

  private LarderCacheManager(
      LarderCachingProvider provider,
      URI uri,
      ClassLoader loader,
      Properties properties,
      LarderEngine engine) {
    this.provider = provider;
    this.uri = uri;
    this.loader = loader;
    this.properties = properties;
    this.namespace = Namespace.of(uri, loader, properties);
    this.engine = engine;
  }

  /** Opens the engine as the URI and the properties say. */
  static LarderCacheManager open(
      LarderCachingProvider provider, URI uri, ClassLoader loader, Properties properties) {
    var kept = new Properties();
    properties.stringPropertyNames().forEach(key -> kept.put(key, properties.getProperty(key)));
    var settings = dev.larder.Larder.builder().classLoader(loader);
    if (!Namespace.usualPlaces(uri)) {
      settings.configuration(uri);
    }
    override(settings, kept);
    try {
      var engine = (LarderEngine) new EngineFactory().open(settings);
      return new LarderCacheManager(provider, uri, loader, kept, engine);
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    }
  }

  private static void override(LarderBuilder settings, Properties properties) {
    for (var key : properties.stringPropertyNames()) {
      if (key.startsWith("larder.") && !key.equals(Namespace.PROPERTY)) {
        settings.property(key.substring("larder.".length()), properties.getProperty(key));
      }
    }
  }

  LarderEngine engine() {
    return engine;
  }

  String namespace() {
    return namespace;
  }

  /** What tells this manager from every other of this process. */
  long number() {
    return number;
  }

  @Override
  public CachingProvider getCachingProvider() {
    return provider;
  }

  @Override
  public URI getURI() {
    return uri;
  }

  @Override
  public ClassLoader getClassLoader() {
    return loader;
  }

  @Override
  public Properties getProperties() {
    return (Properties) properties.clone();
  }

  @Override
  public <K, V, C extends Configuration<K, V>> Cache<K, V> createCache(
      @Nullable String cacheName, @Nullable C configuration) {
    checkOpen();
    var name = Checks.notNull(cacheName, "cacheName");
    var wanted = Checks.notNull(configuration, "configuration");
    synchronized (lifecycle) {
      checkOpen();
      if (caches.containsKey(name)) {
        throw new CacheException(
            "a cache named '"
                + name
                + "' exists already under "
                + uri
                + "; get it with getCache, or destroy it first");
      }
      return opened(name, wanted);
    }
  }

  private <K, V> LarderCache<K, V> opened(String name, Configuration<K, V> configuration) {
    try {
      var cache = new Opening<>(this, name, configuration).open();
      caches.put(name, cache);
      return cache;
    } catch (dev.larder.CacheException e) {
      throw Failures.of(e);
    }
  }

  @Override
  @SuppressWarnings("unchecked") // the types are compared
  public <K, V> @Nullable Cache<K, V> getCache(
      @Nullable String cacheName, @Nullable Class<K> keyType, @Nullable Class<V> valueType) {
    var key = Checks.notNull(keyType, "keyType");
    var value = Checks.notNull(valueType, "valueType");
    var cache = found(cacheName, () -> new MutableConfiguration<K, V>().setTypes(key, value));
    if (cache != null) {
      cache.types().checkAsked(key, value);
    }
    return (Cache<K, V>) cache;
  }

  @Override
  @SuppressWarnings("unchecked") // the specification leaves it to the caller here
  public <K, V> @Nullable Cache<K, V> getCache(@Nullable String cacheName) {
    return (Cache<K, V>) found(cacheName, MutableConfiguration::new);
  }

  /** The open cache, or one that the configuration has made when it is asked for; or null. */
  private @Nullable LarderCache<?, ?> found(
      @Nullable String cacheName, Supplier<Configuration<?, ?>> otherwise) {
    checkOpen();
    var name = Checks.notNull(cacheName, "cacheName");
    var present = caches.get(name);
    if (present != null || !isMadeWhenAskedFor(name)) {
      return present;
    }
    synchronized (lifecycle) {
      checkOpen();
      var meanwhile = caches.get(name);
      return meanwhile != null ? meanwhile : opened(name, otherwise.get());
    }
  }

  /** It has a section of its own, or all have leave. */
  private boolean isMadeWhenAskedFor(String name) {
    var configured = engine.configuration();
    return configured.names().contains(name)
        || configured.setting(CREATE_MISSING).filter("true"::equals).isPresent();
  }

  @Override
  public Iterable<String> getCacheNames() {
    checkOpen();
    var names = new TreeSet<>(caches.keySet());
    names.addAll(engine.configuration().names());
    return List.copyOf(names);
  }

  @Override
  public void destroyCache(@Nullable String cacheName) {
    checkOpen();
    var name = Checks.notNull(cacheName, "cacheName");
    var steps = new Steps();
    @Nullable LarderCache<?, ?> cache;
    synchronized (lifecycle) {
      checkOpen();
      cache = caches.get(name);
      if (cache != null) {
        steps.take(cache::stop);
      }
      steps.take(() -> engine.destroy(cache == null ? unopened(name) : cache.spec()));
    }
    if (cache != null) {
      var stopped = List.<LarderCache<?, ?>>of(cache);
      steps.take(() -> LarderCache.release(stopped));
    }
    steps.end();
  }

  private CacheSpec<?, ?> unopened(String name) {
    return new Opening<>(this, name, new MutableConfiguration<>()).place();
  }

  @Override
  public void enableManagement(@Nullable String cacheName, boolean enabled) {
    known(cacheName).enableManagement(enabled);
  }

  @Override
  public void enableStatistics(@Nullable String cacheName, boolean enabled) {
    known(cacheName).enableStatistics(enabled);
  }

  private LarderCache<?, ?> known(@Nullable String cacheName) {
    checkOpen();
    var name = Checks.notNull(cacheName, "cacheName");
    var cache = caches.get(name);
    if (cache == null) {
      throw new IllegalArgumentException(
          "there is no cache named '"
              + name
              + "' under "
              + uri
              + "; there are "
              + new TreeSet<>(caches.keySet()));
    }
    return cache;
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the cache manager " + uri + " is closed");
    }
  }

  /** Closes the front of a cache and forgets the cache, so that its name is free at that moment. */
  void close(LarderCache<?, ?> cache, Runnable front) {
    synchronized (lifecycle) {
      try {
        front.run();
      } finally {
        caches.remove(cache.getName(), cache);
      }
    }
  }

  /**
   * Waits for the loads of all caches together, with no lock held: one may ask this manager. Who
   * closes it meanwhile waits for nothing. One cache that fails to close does not keep the others
   * open.
   */
  @Override
  public void close() {
    var steps = new Steps();
    List<LarderCache<?, ?>> stopped;
    synchronized (lifecycle) {
      if (closed) {
        return;
      }
      closed = true;
      provider.release(this);
      stopped = List.copyOf(caches.values());
      stopped.forEach(cache -> steps.take(cache::stop));
    }
    steps.take(() -> LarderCache.release(stopped));
    steps.take(engine::close);
    steps.end();
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  public <T> T unwrap(Class<T> type) {
    return Unwrap.as(type, this, engine);
  }
}
