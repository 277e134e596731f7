/** Measurements against other caches. */
@NullMarked
package dev.larder.benchmarks;

import org.jspecify.annotations.NullMarked;
