package dev.larder;

/**
 * Told which caches of a {@link Larder} are open, for what looks at all of them: metrics, an
 * operator's page. The calls come on the threads that open and close caches, with no lock held; so
 * those of one name may overlap, and a cache that is closed while it is created may be told closed
 * first, and one that opens as a watch begins told twice. What a watcher throws is logged, and the
 * cache goes on.
 */
public interface CacheWatcher {
  /** The cache is open: it was created, or was open when the watch began. */
  void opened(Cache<?, ?> cache);

  /** The cache was closed, or destroyed. */
  void closed(Cache<?, ?> cache);

  /** A watch under way. */
  @FunctionalInterface
  interface Watch extends AutoCloseable {
    /** Nothing is told from now on, save what is under way. Idempotent. */
    @Override
    void close();
  }
}
