package dev.larder.engine;

import dev.larder.Life;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/*
 * Entries fall into groups by the low bits of their hash. For each group there is one number: an
 * instant before which none of its entries expires, in units of 1,024 ms.
 *
 *   write     lowers the number of its group if the new deadline is earlier; nearly always it is
 *             later than some other of the group, and one look is all it costs
 *   read      that puts a deadline off leaves the number alone: a bound may be too early
 *   removal   leaves it alone for the same reason
 *   cleaner   skips groups whose number has not come; of the others it forgets the number, looks at
 *             each entry, removes what has expired and notes the deadlines of the rest
 *
 * Why not a timer wheel: its links cost 8 to 16 bytes for each entry, and every write, read that
 * slides, and removal has to move an entry in it under a lock. This costs a quarter of a byte, and
 * moves nothing.
 *
 * A writer stores the deadline, passes a fence, and looks at the number; the cleaner forgets the
 * number, passes a fence, and looks at the deadline. So one of them sees the other.
 */
/**
 * Tells where in a {@link NodeTable} entries may have expired. Safe for all threads; lock-free but
 * for growing.
 */
final class ExpiryIndex {
  private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(int[].class);

  /** How many bins of the table make a group, about. */
  private static final int BINS = 16;

  private static final int UNIT_BITS = 10;
  private static final int NOTHING = Integer.MAX_VALUE;

  private final long origin;
  private volatile int[] cells = {NOTHING, NOTHING, NOTHING, NOTHING};

  ExpiryIndex(long now) {
    origin = now >> UNIT_BITS;
  }

  /** How many groups there are: a power of two; a hash is in the group of its low bits. */
  int groups() {
    return cells.length;
  }

  /**
   * Notes that an entry got a deadline, after it did.
   *
   * @param bins how many bins the table has
   */
  void note(int hash, long deadline, int bins) {
    if (deadline == Life.FOREVER) {
      return;
    }
    var instant = unit(deadline);
    VarHandle.fullFence();
    int[] noted;
    do {
      noted = cells;
      lower(noted, hash & (noted.length - 1), instant);
    } while (noted != cells);
    if (bins / BINS >= noted.length * 2) {
      grow(noted);
    }
  }

  /** Whether entries of the group may have expired. */
  boolean due(int group, long now) {
    var seen = cells;
    return (int) CELL.getVolatile(seen, group & (seen.length - 1)) <= unit(now);
  }

  /** Forgets the group; what is in it must be looked at, and noted, after this. */
  void forget(int group) {
    var seen = cells;
    CELL.setVolatile(seen, group & (seen.length - 1), NOTHING);
    VarHandle.fullFence();
  }

  /** Never {@link #NOTHING}, so that instants in the far future are looked at again and again. */
  private int unit(long instant) {
    return (int) Math.max(0, Math.min(NOTHING - 1, (instant >> UNIT_BITS) - origin));
  }

  private static void lower(int[] cells, int group, int instant) {
    var seen = (int) CELL.getVolatile(cells, group);
    while (instant < seen && !CELL.compareAndSet(cells, group, seen, instant)) {
      seen = (int) CELL.getVolatile(cells, group);
    }
  }

  /**
   * Copies, publishes, and copies once more: who noted something in the old cells after that has
   * seen the new ones and notes it there too.
   */
  private synchronized void grow(int[] old) {
    if (cells != old) {
      return;
    }
    var bigger = new int[old.length * 2];
    Arrays.fill(bigger, NOTHING);
    copy(old, bigger);
    cells = bigger;
    copy(old, bigger);
  }

  private static void copy(int[] old, int[] bigger) {
    for (int group = 0; group < old.length; group++) {
      var instant = (int) CELL.getVolatile(old, group);
      lower(bigger, group, instant);
      lower(bigger, group + old.length, instant);
    }
  }
}
