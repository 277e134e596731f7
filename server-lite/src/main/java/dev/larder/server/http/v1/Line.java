package dev.larder.server.http.v1;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Those who have to do with one leased key. Changed under the lock of the {@link LeaseTable}; its
 * holder is also read without.
 */
final class Line {
  /** Whose turn comes, in order. */
  final Deque<Waiter> waiting = new ArrayDeque<>();

  /** Who has a lease. */
  volatile @Nullable Grant holder;

  /** Whether one whose turn came makes his change. */
  boolean changing;

  /** Whether it is the next one's turn. */
  boolean free() {
    return holder == null && !changing;
  }

  /** Whether nobody has to do with the key any more. */
  boolean idle() {
    return free() && waiting.isEmpty();
  }
}
