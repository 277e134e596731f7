package dev.larder.server.http.v1;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Those who have to do with one leased key. Changed under the lock of the {@link LeaseTable}; its
 * holder is also read without.
 */
final class Line {
  /** Whose turn comes, in order; thousands may leave at once, from anywhere in it. */
  final Set<Waiter> waiting = new LinkedHashSet<>();

  /** Who has a lease. */
  volatile @Nullable Grant holder;

  /** Whether one whose turn came makes his change. */
  boolean changing;

  /** Takes the first out of the line, which must not be empty. */
  Waiter next() {
    var first = waiting.iterator().next();
    waiting.remove(first);
    return first;
  }

  /** Whether it is the next one's turn. */
  boolean free() {
    return holder == null && !changing;
  }

  /** Whether nobody has to do with the key any more. */
  boolean idle() {
    return free() && waiting.isEmpty();
  }
}
