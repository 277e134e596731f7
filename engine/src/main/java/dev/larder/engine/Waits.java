package dev.larder.engine;

import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which thread waits for which other because of user code: for a key that the other's code has, or
 * for a load that the other runs. One graph for the whole process, so that circles through several
 * caches, and through loads and updates together, are found. A thread says that it waits before it
 * looks for a circle, so of several that close one at least the last sees it.
 */
final class Waits {
  private static final int LONGEST = 10_000;
  private static final ConcurrentHashMap<Thread, Holder> WAITING = new ConcurrentHashMap<>();

  private Waits() {}

  /** What is waited for. */
  @FunctionalInterface
  interface Holder {
    /** The thread that must go on for the wait to end, null when none is known. */
    @Nullable Thread thread();
  }

  /**
   * Says that this thread is about to wait; true when the wait would never end, in which case it
   * must not begin.
   */
  static boolean neverEnds(Holder holder) {
    var self = Thread.currentThread();
    WAITING.put(self, holder);
    var next = holder.thread();
    for (int step = 0; next != null && step < LONGEST; step++) {
      if (next == self) {
        WAITING.remove(self);
        return true;
      }
      var further = WAITING.get(next);
      next = further == null ? null : further.thread();
    }
    return false;
  }

  /** Says that the wait of this thread is over. */
  static void ended() {
    WAITING.remove(Thread.currentThread());
  }
}
