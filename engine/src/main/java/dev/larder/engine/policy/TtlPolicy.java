package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;

/**
 * Soonest to expire first; entries that never expire last; among equals the one that came first. A
 * deadline that moved later is noticed without being told, one that moved earlier must be told by
 * {@link #updated}. O(log n); 20 bytes per entry.
 *
 * @param <E> the entries
 */
final class TtlPolicy<E extends Element> extends HeapPolicy<E> {
  @Override
  public boolean recordsUpdates() {
    return true;
  }

  @Override
  long key(E entry) {
    return entry.deadline();
  }
}
