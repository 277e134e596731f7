package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an entry.
 *
 * @param type what happened
 * @param key the key, never null
 * @param value the value read, created, loaded or now in force; for {@link Type#REMOVED} the value
 *     that left; null for a miss
 * @param before the value replaced, for {@link Type#UPDATED}; else null
 * @param cause why it left, for {@link Type#REMOVED}; else null
 */
public record CacheEvent<K, V>(
    Type type, K key, @Nullable V value, @Nullable V before, @Nullable RemovalCause cause) {

  /** The kinds of event. */
  public enum Type {
    /** A read found the entry. */
    HIT,
    /** A read found nothing. */
    MISS,
    /** An entry came to be where none was. */
    CREATED,
    /** The value of an entry was replaced. */
    UPDATED,
    /** An entry left, see {@link CacheEvent#cause}. */
    REMOVED,
    /** A loader produced the value. */
    LOADED
  }
}
