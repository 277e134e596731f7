/**
 * Larder measured against other caches. {@link dev.larder.benchmarks.Bench} compares them side by
 * side; {@link dev.larder.benchmarks.CacheBenchmark} is the same under JMH.
 */
@NullMarked
package dev.larder.benchmarks;

import org.jspecify.annotations.NullMarked;
