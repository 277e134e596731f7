/**
 * The trace simulator: replays recorded accesses against eviction policies and counts hits. {@link
 * dev.larder.benchmarks.simulator.Simulate} is its command line; {@link
 * dev.larder.benchmarks.simulator.Contender} names whatever can be replayed against: the policies
 * of Larder, real peers, and published policies that exist here for comparison only.
 */
@NullMarked
package dev.larder.benchmarks.simulator;

import org.jspecify.annotations.NullMarked;
