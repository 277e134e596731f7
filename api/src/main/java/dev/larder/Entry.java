package dev.larder;

import java.time.Instant;
import java.util.Optional;

/**
 * A key with its value as they were at one moment. Immutable; safe to keep.
 *
 * @param key the key, never null
 * @param value the value, never null
 * @param deadline when the entry expires, in milliseconds since the epoch by the cache's clock;
 *     {@link Life#FOREVER} when it does not
 * @param version a number that grows with every write of the key where the store keeps versions, 0
 *     where it does not
 */
public record Entry<K, V>(K key, V value, long deadline, long version) {

  /** When the entry expires, or empty when it does not. */
  public Optional<Instant> expiresAt() {
    return deadline == Life.FOREVER
        ? Optional.empty()
        : Optional.of(Instant.ofEpochMilli(deadline));
  }
}
