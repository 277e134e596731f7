package dev.larder.jcache;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.WeakHashMap;
import javax.cache.CacheManager;
import javax.cache.configuration.OptionalFeature;
import javax.cache.spi.CachingProvider;
import org.jspecify.annotations.Nullable;

/**
 * What {@link javax.cache.Caching} finds when Larder is on the class path. Gives one manager for
 * each URI and class loader. Safe for all threads.
 *
 * <p>The URI selects the configuration: {@code larder:} followed by a name means the usual places
 * (see {@link dev.larder.LarderBuilder}) under that namespace, a {@code file:} URI or relative path
 * a file, a {@code classpath:} URI a resource. Properties whose names begin with {@code larder.}
 * are overrides of it by key path; {@value Namespace#PROPERTY} sets the namespace. Properties count
 * only for the call that opens the manager.
 *
 * <p>A manager keeps its class loader alive until it is closed.
 */
public final class LarderCachingProvider implements CachingProvider {
  private static final URI DEFAULT_URI = URI.create(Namespace.SCHEME + ":" + Namespace.DEFAULT);

  private final Map<ClassLoader, Map<URI, LarderCacheManager>> managers = new WeakHashMap<>();

  /** For {@link java.util.ServiceLoader}. */
  public LarderCachingProvider() {}

  @Override
  public CacheManager getCacheManager(
      @Nullable URI uri, @Nullable ClassLoader classLoader, @Nullable Properties properties) {
    var selected = uri == null ? getDefaultURI() : uri;
    var loader = classLoader == null ? getDefaultClassLoader() : classLoader;
    synchronized (managers) {
      var present = managers.getOrDefault(loader, Map.of()).get(selected);
      if (present != null) {
        return present;
      }
      var opened =
          LarderCacheManager.open(
              this, selected, loader, properties == null ? new Properties() : properties);
      managers.computeIfAbsent(loader, first -> new HashMap<>()).put(selected, opened);
      return opened;
    }
  }

  @Override
  public CacheManager getCacheManager(@Nullable URI uri, @Nullable ClassLoader classLoader) {
    return getCacheManager(uri, classLoader, null);
  }

  @Override
  public CacheManager getCacheManager() {
    return getCacheManager(null, null, null);
  }

  @Override
  public ClassLoader getDefaultClassLoader() {
    return getClass().getClassLoader();
  }

  @Override
  public URI getDefaultURI() {
    return DEFAULT_URI;
  }

  @Override
  public Properties getDefaultProperties() {
    return new Properties();
  }

  @Override
  public void close() {
    var open = new ArrayList<LarderCacheManager>();
    synchronized (managers) {
      managers.values().forEach(each -> open.addAll(each.values()));
    }
    open.forEach(LarderCacheManager::close);
  }

  @Override
  public void close(@Nullable ClassLoader classLoader) {
    var loader = classLoader == null ? getDefaultClassLoader() : classLoader;
    List<LarderCacheManager> open;
    synchronized (managers) {
      open = List.copyOf(managers.getOrDefault(loader, Map.of()).values());
    }
    open.forEach(LarderCacheManager::close);
  }

  @Override
  public void close(@Nullable URI uri, @Nullable ClassLoader classLoader) {
    LarderCacheManager open;
    synchronized (managers) {
      open =
          managers
              .getOrDefault(classLoader == null ? getDefaultClassLoader() : classLoader, Map.of())
              .get(uri == null ? getDefaultURI() : uri);
    }
    if (open != null) {
      open.close();
    }
  }

  /** Forgets a manager that closes, so that the next call opens another. */
  void release(LarderCacheManager manager) {
    synchronized (managers) {
      managers.values().forEach(each -> each.values().remove(manager));
      managers.values().removeIf(Map::isEmpty);
    }
  }

  @Override
  public boolean isSupported(OptionalFeature feature) {
    return feature == OptionalFeature.STORE_BY_REFERENCE;
  }
}
