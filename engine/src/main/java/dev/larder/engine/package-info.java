/** The cache front, the memory store, eviction and tiering. */
@NullMarked
package dev.larder.engine;

import org.jspecify.annotations.NullMarked;
