package dev.larder;

import java.util.Optional;
import java.util.Set;

/**
 * A manager of named caches, with the configuration, the clock and the threads that they share.
 * Safe for all threads. Closing it closes its caches.
 */
public interface Larder extends AutoCloseable {

  /**
   * Opens a manager from the configuration found in the usual places ({@link LarderBuilder}), or
   * with built-in defaults.
   */
  static Larder open() {
    return new LarderBuilder().open();
  }

  /** Starts a manager with settings of its own. */
  static LarderBuilder builder() {
    return new LarderBuilder();
  }

  /**
   * Creates a cache; what the description leaves open comes from the configuration.
   *
   * @throws IllegalStateException when this manager has an open cache of that name
   * @throws ConfigurationException when no store or policy of the name asked for is on the class
   *     path; it lists those that are
   */
  <K, V> Cache<K, V> create(CacheSpec<K, V> spec);

  /**
   * The open cache of that name, or a new one as the configuration describes it by name, by pattern
   * or by defaults.
   *
   * @throws IllegalArgumentException when the open cache has other types
   */
  <K, V> Cache<K, V> cache(String name, Class<K> keyType, Class<V> valueType);

  /** The open cache of that name, if there is one. */
  Optional<Cache<?, ?>> find(String name);

  /** The names of the open caches. */
  Set<String> names();

  /**
   * Closes the cache and deletes its entries, shared ones too. One that is not open is looked for
   * where the configuration keeps a cache of that name; if only code knows the place, it is {@link
   * #destroy(CacheSpec)} that finds it. Does nothing when there is no such cache.
   */
  void destroy(String name);

  /**
   * Closes the cache of that name if it is open here, and deletes its entries in the place that the
   * description, completed by the configuration, says. Does nothing when there is no such cache.
   */
  void destroy(CacheSpec<?, ?> spec);

  /**
   * Tells a watcher of every cache of this manager: of the open ones before it returns, and of each
   * that opens or closes later. Ends with this manager, which closes its caches, or when the watch
   * is closed.
   */
  CacheWatcher.Watch watch(CacheWatcher watcher);

  /** The worst health of its caches, with the reasons of all. Usable after close. */
  Health health();

  /** Closes all caches, then the threads it started. Idempotent. */
  @Override
  void close();
}
