/** Meters of Larder's caches for Micrometer. */
@NullMarked
package dev.larder.micrometer;

import org.jspecify.annotations.NullMarked;
