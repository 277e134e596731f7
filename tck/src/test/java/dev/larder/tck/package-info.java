/**
 * The rules of the architecture, and what the whole JSR-107 TCK must have said on every topology.
 */
@NullMarked
package dev.larder.tck;

import org.jspecify.annotations.NullMarked;
