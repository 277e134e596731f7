/** Benchmarks of what the engine keeps to itself. */
@NullMarked
package dev.larder.engine;

import org.jspecify.annotations.NullMarked;
