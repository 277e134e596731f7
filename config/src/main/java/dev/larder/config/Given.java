package dev.larder.config;

/**
 * A setting that was read and is of its kind.
 *
 * @param key the row it belongs to
 * @param value what the row's kind read
 */
record Given(Key<?> key, Object value, Place place) {}
