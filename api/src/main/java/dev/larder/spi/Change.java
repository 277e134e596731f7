package dev.larder.spi;

import dev.larder.RemovalCause;
import org.jspecify.annotations.Nullable;

/**
 * A change of one entry.
 *
 * @param before the value before, null when there was none
 * @param after the value now in force, null when there is none
 * @param version the version of the key after the change, given under its lock; changes of a key
 *     come in this order
 * @param cause why the value before left: {@link RemovalCause#REPLACED} for an update, null for a
 *     creation
 */
public record Change<V>(
    @Nullable V before, @Nullable V after, long version, @Nullable RemovalCause cause) {}
