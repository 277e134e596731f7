package dev.larder.engine;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The latest sampled reads, for a policy that learns from any part of them. Lossy by design: plain
 * loads and stores, of which threads that race lose some. That leaves no call in a read, which
 * would cost all reads a fifth for what compilers keep across it, sampled or not.
 */
final class ReadSample<K, V> {
  private static final int LENGTH = 128;

  private final @Nullable Object[] places = new @Nullable Object[LENGTH];
  private int tail;
  private int head;

  /**
   * Takes a read in. When it is full, since so much is read between two misses, this entry is told
   * of no more: a cache that hardly misses has little to learn.
   */
  void add(Node<K, V> node) {
    int place = tail;
    if (place - head < LENGTH) {
      places[place & (LENGTH - 1)] = node;
      tail = place + 1;
    } else {
      node.untold();
    }
  }

  /** Empties it. Under the policy lock. */
  void drain(Consumer<Node<K, V>> reader) {
    int end = tail;
    // A thread that was slow may have set the tail back; what is between is lost.
    for (int place = head; place - end < 0; place++) {
      @SuppressWarnings("unchecked") // only nodes are put in
      var node = (Node<K, V>) places[place & (LENGTH - 1)];
      if (node != null) {
        places[place & (LENGTH - 1)] = null;
        reader.accept(node);
      }
    }
    head = end;
  }
}
