package dev.larder.engine;

import dev.larder.Clock;
import dev.larder.spi.Kept;
import dev.larder.spi.Remainder;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * What nodes hold when they are reached, with lives as of the beginning; those that hold nothing
 * alive are passed over.
 */
final class KeptNodes<K, V> implements Iterator<Kept<K, V>> {
  private final Iterator<Node<K, V>> nodes;
  private final Clock clock;
  private final long since;
  private @Nullable Kept<K, V> next;

  KeptNodes(List<Node<K, V>> nodes, Clock clock) {
    this.nodes = nodes.iterator();
    this.clock = clock;
    this.since = clock.exact();
  }

  @Override
  public boolean hasNext() {
    while (next == null && nodes.hasNext()) {
      next = kept(nodes.next());
    }
    return next != null;
  }

  @Override
  public Kept<K, V> next() {
    var found = hasNext() ? next : null;
    if (found == null) {
      throw new NoSuchElementException("there are no more entries");
    }
    next = null;
    return found;
  }

  /** Under the monitor, so that value and deadline belong together. */
  private @Nullable Kept<K, V> kept(Node<K, V> node) {
    synchronized (node) {
      var key = node.key;
      var value = node.value();
      if (key == null || value == null || !node.alive(clock.now())) {
        return null;
      }
      var left =
          new Remainder(
              Remainder.span(node.deadline(), since),
              Remainder.span(node.limit(), since),
              node.ownLife(),
              node.referenced());
      return new Kept<>(key, value, left);
    }
  }
}
