package dev.larder;

import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A bounded, named set of entries in one of four places: this process's memory, memory over a local
 * disk, a Larder server, or a cluster.
 *
 * <p>Neither keys nor values may be null; a null argument gives a {@link NullPointerException} that
 * names it. All methods may be called from any thread. Each operation on one key is atomic:
 * concurrent operations on that key happen one after the other. Operations on several keys are not
 * atomic together, but for {@link #batch} on a topology that says so. Expired entries are never
 * returned, within one tick of the cache's clock ({@link Clock}). After {@link #close} every method
 * but {@code close} throws {@link CacheClosedException}.
 *
 * <p>On the topologies that wait (disk, remote, cluster) any method may throw {@link
 * StoreException}; what a read does then is decided by the cache's {@link FailurePolicy}.
 *
 * @param <K> the type of keys; a key's {@code equals} and {@code hashCode} must not change while it
 *     is in the cache
 * @param <V> the type of values
 */
public interface Cache<K, V> extends Iterable<Entry<K, V>>, AutoCloseable {

  /** The name of this cache, unique under its manager. Usable after close. */
  String name();

  /**
   * The value of the key, or null when there is none. Counts as an access for expiry and eviction.
   * Where the cache was given a loader, a missing value is loaded as by {@link #get(Object,
   * CacheLoader)}. In memory a hit takes no lock and allocates nothing.
   *
   * @throws CacheLoadException when the cache's loader failed, carrying the loader's exception as
   *     its cause
   */
  @Nullable V get(K key);

  /**
   * The value of the key, loaded and stored first if it is missing. Callers that ask for one
   * missing key at the same time share one load (single flight). The loader runs without any lock
   * of the cache; it may use this cache for other keys. A write or removal of the key during the
   * load wins: the loaded value is then returned to the callers that waited but not stored.
   *
   * @throws CacheLoadException when the loader threw or returned null; a {@link
   *     RecursiveLoadException} when loading the key asked for the key itself; a {@link
   *     LoadTimeoutException} when the cache's load timeout passed
   */
  V get(K key, CacheLoader<? super K, ? extends V> loader);

  /**
   * The entries found among the keys; missing ones are left out, or loaded together where the cache
   * has a loader. Does not count as an access for expiry or eviction. One request on a remote
   * topology. The result is the caller's own unmodifiable map.
   */
  Map<K, V> getAll(Collection<? extends K> keys);

  /**
   * Whether the cache holds a live entry for the key. No access, never loads, not counted as hit or
   * miss.
   */
  boolean contains(K key);

  /**
   * Stores the value, replacing any present one, under the cache's own expiry.
   *
   * @throws CacheWriteException when the cache's writer failed; the cache is then unchanged
   */
  void put(K key, V value);

  /**
   * Stores the value with a time to live of its own, which takes the place of the cache's expiry
   * for this entry until it is next written. Rounded up to milliseconds.
   *
   * @throws IllegalArgumentException when the duration is zero or negative
   */
  void put(K key, V value, Duration timeToLive);

  /**
   * Stores every entry of the map. On disk all or nothing, in one transaction, unless user code
   * decides on each entry (a writer, an expiry rule); elsewhere each entry is atomic, the whole is
   * not.
   *
   * @throws BatchException when some failed: it names which; the others are stored
   */
  void putAll(Map<? extends K, ? extends V> entries);

  /** Removes the entry of the key and tells whether there was a live one. */
  boolean remove(K key);

  /** Removes the entries of the keys, on disk all or none as {@link #putAll} does. */
  void removeAll(Collection<? extends K> keys);

  /**
   * Removes every entry without telling listeners of each. Loads under way are not stored. An entry
   * put while clear runs may stay or go.
   */
  void clear();

  /**
   * Runs the function once, alone on this key, on an entry that it can read, set and remove; what
   * it set is applied when it returns, nothing when it throws. Other writers of the key wait,
   * readers see the entry as it was. The function may use this cache for other keys, not for this
   * one.
   *
   * @return what the function returned
   * @throws RecursiveUpdateException when the function updates its own key through the cache
   */
  <R extends @Nullable Object> R update(
      K key, Function<? super MutableEntry<K, V>, ? extends R> function);

  /**
   * Collects the operations that the block calls on its argument and applies them together when the
   * block returns, in order for each key. Cheaper than one by one: one transaction on disk (all or
   * nothing), one message with a result per key on remote and cluster (not atomic), one pass in
   * memory (each key atomic). Nothing is applied when the block throws.
   *
   * @throws BatchException when some operations failed; it names which and whether the outcome is
   *     known
   */
  void batch(Consumer<? super Batch<K, V>> block);

  /**
   * The number of entries, expired ones not yet removed included. Constant time in memory; one
   * request elsewhere.
   */
  long size();

  /**
   * A live map view with the atomic methods of {@link ConcurrentMap}. Its {@code get} never loads;
   * {@code size} is as {@link #size}.
   */
  ConcurrentMap<K, V> asMap();

  /** The asynchronous view of this same cache. */
  AsyncCache<K, V> async();

  /** What an operator needs: statistics, health, bounds, purge and manual eviction. */
  CacheControl control();

  /**
   * The live entries, each as it was when reached. Weakly consistent: never throws {@link
   * java.util.ConcurrentModificationException}, shows an entry that was there throughout exactly
   * once. {@code remove} removes by key. No access for expiry or eviction.
   */
  @Override
  Iterator<Entry<K, V>> iterator();

  /**
   * Closes the cache; its memory is freed, shared data elsewhere stays. Loads under way fail.
   * Calling it again does nothing.
   */
  @Override
  void close();
}
