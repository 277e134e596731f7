package dev.larder;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One entry while an update function has it to itself. Changes are kept here and applied once, when
 * the function returns; the last one counts. Valid only inside the function and on its thread:
 * later calls throw {@link IllegalStateException}.
 */
public interface MutableEntry<K, V> {

  /** The key, never null. */
  K key();

  /**
   * The value as changed so far, or null when the entry is absent or was removed here. Reading
   * counts as an access when nothing is changed.
   */
  @Nullable V value();

  /** Whether {@link #value} would return one; no access. */
  boolean exists();

  /** Sets the value under the cache's own expiry. */
  void set(V value);

  /**
   * Sets the value with a time to live of its own.
   *
   * @throws IllegalArgumentException when the duration is zero or negative
   */
  void set(V value, Duration timeToLive);

  /** Removes the entry; does nothing when it is absent. */
  void remove();
}
