package dev.larder.spi;

/**
 * An entry as it is carried from one cache to another.
 *
 * @param key the key
 * @param value the value
 * @param left what is left of its life
 */
public record Kept<K, V>(K key, V value, Remainder left) {}
