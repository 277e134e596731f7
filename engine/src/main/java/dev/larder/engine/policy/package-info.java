/**
 * The eviction policies that come with Larder, behind {@link dev.larder.spi.EvictionPolicy}, and
 * {@link dev.larder.engine.policy.PolicyRegistry}, which finds policies by name.
 *
 * <p>What they have in common:
 *
 * <ul>
 *   <li>They expect a store to tell of a new entry first and to ask for victims then. The entry
 *       added last is spared: it leaves only when no other may. So every policy behaves as its
 *       paper says, where room is made before the new entry comes in, and a put is not undone by
 *       itself.
 *   <li>The predicate of {@code evict} is asked about one entry after the other in the order in
 *       which they would leave, and the first that may leave is the victim. So the predicate may
 *       take a lock and keep it. It is asked about no entry more than twice in one call.
 *   <li>{@code accessed}, {@code updated} and {@code removed} ignore an entry that is not held,
 *       since a read may be reported after the entry left.
 * </ul>
 */
@NullMarked
package dev.larder.engine.policy;

import org.jspecify.annotations.NullMarked;
