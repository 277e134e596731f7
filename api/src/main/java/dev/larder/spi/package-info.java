/**
 * What a place for entries implements, and what the engine gives it. Users of caches need nothing
 * from here; authors of stores, eviction policies and configuration readers do.
 */
@NullMarked
package dev.larder.spi;

import org.jspecify.annotations.NullMarked;
