package dev.larder.engine.policy;

import dev.larder.spi.EvictionPolicy.Element;

/**
 * Largest weight first; among equals the one that came first, so that without weights it is first
 * in, first out. O(log n); 20 bytes per entry.
 *
 * @param <E> the entries
 */
final class SizePolicy<E extends Element> extends HeapPolicy<E> {
  @Override
  long key(E entry) {
    return -(long) entry.weight();
  }
}
