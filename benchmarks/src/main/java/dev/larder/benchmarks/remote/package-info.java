/** The remote client over a real server, against Redis clients over redis-server. */
@NullMarked
package dev.larder.benchmarks.remote;

import org.jspecify.annotations.NullMarked;
