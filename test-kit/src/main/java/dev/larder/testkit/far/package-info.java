/**
 * A store that waits, holds only bytes and answers from threads of its own, as a disk, a server or
 * a cluster does, and that can be told to misbehave. Cache descriptions choose it with the topology
 * {@code far}.
 */
@NullMarked
package dev.larder.testkit.far;

import org.jspecify.annotations.NullMarked;
