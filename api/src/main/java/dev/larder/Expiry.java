package dev.larder;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A rule that decides how long each entry lives, for caches where {@link Life} as data is not
 * enough. Called once for a write or read that it concerns, under the key's grant, on the caller's
 * thread; it must be quick and must not use the cache. A rule that throws on a write refuses the
 * write ({@link CacheException}, nothing changed); one that throws on a read leaves the deadline as
 * it was and is counted and logged.
 *
 * <p>A duration of zero means at once: the entry is not stored, or removed. A negative one is
 * treated as a throw.
 */
public interface Expiry<K, V> {

  /** The life of an entry that did not exist. Null means for ever. */
  @Nullable Duration onCreate(K key, V value);

  /** The life from an update on, or null to leave the deadline as it is. */
  default @Nullable Duration onUpdate(K key, V value) {
    return onCreate(key, value);
  }

  /** The life from a read on, or null to leave the deadline as it is. */
  default @Nullable Duration onAccess(K key, V value) {
    return null;
  }
}
