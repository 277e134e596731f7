package dev.larder.engine;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue of nodes that many threads fill without a lock and the holder of the policy lock
 * empties. A full one refuses; what that means is up to the caller.
 *
 * <p>Why not a queue of the JDK: the bounded ones lock, the lock-free ones allocate for each
 * element and have no bound.
 */
final class NodeRing<K, V> {
  private final AtomicReferenceArray<@Nullable Node<K, V>> places;
  private final int mask;

  /** The next place to fill. */
  private final AtomicLong tail = new AtomicLong();

  /** The next place to empty; written under the policy lock only. */
  private final AtomicLong head = new AtomicLong();

  /** The capacity must be a power of two. */
  NodeRing(int capacity) {
    places = new AtomicReferenceArray<>(capacity);
    mask = capacity - 1;
  }

  /** False when it is full. */
  boolean offer(Node<K, V> node) {
    while (true) {
      var place = tail.get();
      if (place - head.get() > mask) {
        return false;
      }
      if (tail.compareAndSet(place, place + 1)) {
        places.set((int) place & mask, node);
        return true;
      }
    }
  }

  /** Nothing when it is empty, or the next one is still on its way in. Under the policy lock. */
  @Nullable Node<K, V> poll() {
    var place = head.get();
    var node = places.getAcquire((int) place & mask);
    if (node != null) {
      places.setRelease((int) place & mask, null);
      head.set(place + 1);
    }
    return node;
  }

  /**
   * Whether there is one to {@link #poll}. Volatile, as is the store of {@link #offer}: whoever
   * fills a place and then finds the lock taken is seen by whoever lets go of it and then looks.
   */
  boolean ready() {
    return places.get((int) head.get() & mask) != null;
  }
}
