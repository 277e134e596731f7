package dev.larder;

/**
 * The operator's side of a cache. Every method may be called from any thread while the cache is in
 * use.
 */
public interface CacheControl {

  /**
   * The description the cache was created from, with the bounds in force now. Usable after close.
   */
  CacheSpec<?, ?> spec();

  /**
   * The counts since creation or the last {@link #resetStats}; counters are zero while statistics
   * are off, sizes are always known.
   */
  CacheStats stats();

  /** Switches the counting of operations on or off. Off costs nothing on the read path. */
  void recordStats(boolean on);

  /** Sets the counters to zero; sizes stay. */
  void resetStats();

  /**
   * How the cache is, with the reasons. Usable after close, when it says {@link
   * Health.Status#UNHEALTHY}.
   */
  Health health();

  /**
   * Removes what has expired and finishes pending maintenance. Returns how many entries expired.
   * Linear in the entries that expire.
   */
  long purge();

  /**
   * Evicts up to {@code entries} of the entries that the eviction policy holds coldest and returns
   * how many went.
   */
  int evict(int entries);

  /**
   * Changes the bounds of the running cache; a smaller bound evicts at once.
   *
   * @throws IllegalArgumentException when the cache was created without the kind of bound asked for
   *     (a bound by weight needs a weigher)
   */
  void resize(Bounds bounds);

  /** Starts or stops the background cleaner. Expired entries are never returned either way. */
  void cleaner(boolean on);
}
