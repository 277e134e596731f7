package dev.larder.spring;

import dev.larder.Larder;
import dev.larder.SingleFlight;
import dev.larder.jcache.AsyncReads;
import dev.larder.jcache.LarderConfiguration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Function;
import javax.cache.CacheException;
import javax.cache.CacheManager;
import javax.cache.configuration.CompleteConfiguration;
import javax.cache.configuration.MutableConfiguration;
import org.jspecify.annotations.Nullable;
import org.springframework.cache.Cache;
import org.springframework.cache.jcache.JCacheCache;
import org.springframework.cache.jcache.JCacheCacheManager;

/**
 * Spring's manager for JCache, with what that lacks: a cache that is asked for and not there is
 * made, as {@code larder.yaml} describes caches of its name; and the caches are {@link
 * LarderCache}s, which compute once and know futures. Works over the manager of another JCache
 * provider too, whose caches are then Spring's own {@link JCacheCache}s.
 *
 * <p>The setters are for the time before {@link #afterPropertiesSet}; everything else may be called
 * by all threads. Closing the JCache manager is left to who opened it.
 */
public final class LarderCacheManager extends JCacheCacheManager {
  /** Classes of Spring that it puts into caches: a key of several arguments, and a null. */
  private static final List<String> OF_SPRING =
      List.of(
          "org.springframework.cache.interceptor.SimpleKey",
          "org.springframework.cache.support.NullValue");

  private List<String> serialAllow = List.of();
  private List<String> startNames = List.of();
  private boolean createMissing = true;
  private Function<String, ? extends CompleteConfiguration<Object, Object>> configuration =
      name -> new MutableConfiguration<>();

  /** Over the default manager of the default JCache provider. */
  public LarderCacheManager() {}

  /** Over a JCache manager. */
  public LarderCacheManager(CacheManager manager) {
    super(manager);
  }

  /** Whether a cache that is asked for and not there is made; true unless set. */
  public void setCreateMissing(boolean create) {
    createMissing = create;
  }

  /** Caches to make at once, besides those that the configuration has sections of by name. */
  public void setCacheNames(Collection<String> names) {
    startNames = List.copyOf(names);
  }

  /**
   * What code says about a cache that is made, by its name; nothing unless set. A section of {@code
   * larder.yaml} that speaks of the cache wins over it.
   */
  public void setConfiguration(
      Function<String, ? extends CompleteConfiguration<Object, Object>> byName) {
    configuration = byName;
  }

  /**
   * Patterns of the classes that may be read back where entries are bytes (disk, remote), besides
   * those of {@link LarderConfiguration#allow}: the application's own, as in {@code
   * "com.example.shop.*"}. Spring's own are always allowed.
   */
  public void setSerialAllow(List<String> patterns) {
    serialAllow = List.copyOf(patterns);
  }

  /** As Spring says; a cache that somebody closed or destroyed through JCache is opened again. */
  @Override
  public @Nullable Cache getCache(String name) {
    var cache = super.getCache(name);
    return cache == null || !isClosed(cache) || manager().isClosed() ? cache : reopened(name);
  }

  /** All are made anew, the one way there is to have Spring forget one. */
  private synchronized @Nullable Cache reopened(String name) {
    var cache = super.getCache(name);
    if (cache != null && isClosed(cache)) {
      initializeCaches();
      return super.getCache(name);
    }
    return cache;
  }

  private static boolean isClosed(Cache cache) {
    return cache.getNativeCache() instanceof javax.cache.Cache<?, ?> jcache && jcache.isClosed();
  }

  @Override
  protected Collection<Cache> loadCaches() {
    var names = new LinkedHashSet<String>();
    manager().getCacheNames().forEach(names::add);
    names.addAll(startNames);
    return names.stream().map(this::made).toList();
  }

  @Override
  protected @Nullable Cache getMissingCache(String name) {
    return createMissing || manager().getCache(name) != null ? made(name) : null;
  }

  private CacheManager manager() {
    var manager = getCacheManager();
    if (manager == null) {
      throw new IllegalStateException(
          "there is no JCache manager yet; set one, or call afterPropertiesSet first");
    }
    return manager;
  }

  private Cache made(String name) {
    return adapted(opened(manager(), name));
  }

  /** Opens the cache rather than getting it: that alone allows the classes of the application. */
  private javax.cache.Cache<Object, Object> opened(CacheManager manager, String name) {
    var present = open(manager, name);
    if (present != null) {
      return present;
    }
    try {
      return manager.createCache(name, described(name));
    } catch (CacheException e) {
      var other = open(manager, name); // of a thread that was faster
      if (other != null) {
        return other;
      }
      throw e;
    }
  }

  private LarderConfiguration<Object, Object> described(String name) {
    return new LarderConfiguration<Object, Object>(configuration.apply(name))
        .allow(OF_SPRING.toArray(String[]::new))
        .allow(serialAllow.toArray(String[]::new));
  }

  /**
   * Null also while another thread is making it. A manager of Larder opens a cache of its
   * configuration file when that is only looked for.
   */
  private static javax.cache.@Nullable Cache<Object, Object> open(
      CacheManager manager, String name) {
    var larder = larder(manager);
    return larder == null || larder.find(name).isPresent() ? manager.getCache(name) : null;
  }

  private static @Nullable Larder larder(CacheManager manager) {
    try {
      return manager.unwrap(Larder.class);
    } catch (IllegalArgumentException e) { // of another provider
      return null;
    }
  }

  @SuppressWarnings("unchecked") // they are of this very cache
  private Cache adapted(javax.cache.Cache<Object, Object> cache) {
    try {
      return new LarderCache(
          cache,
          cache.unwrap(SingleFlight.class),
          cache.unwrap(AsyncReads.class),
          isAllowNullValues());
    } catch (IllegalArgumentException e) { // of another provider
      return new JCacheCache(cache, isAllowNullValues());
    }
  }
}
