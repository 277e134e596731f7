package dev.larder.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/*
 * An atomic increment costs as much as the rest of a read. So a thread owns a cell, to which it alone
 * adds, with a plain load and store. Cells are found by the thread's number; a thread whose place is
 * taken by another that lives adds to a LongAdder, as does one of the many short-lived threads of
 * which none is worth a cell. The cell of a thread that has ended goes, with what is in it, to the
 * next that comes by: that it has ended orders all it did before.
 *
 *   cells[number & 63] ---> count, weak reference to the owner
 */
/**
 * An exact counter that many threads add to at little cost. Sums while threads add may miss the
 * latest additions; sums after a thread's additions are known to be done contain them. Takes about
 * 0.4 KB, and 130 bytes for each thread that adds, up to 64.
 */
final class Tally {
  private static final VarHandle COUNT;
  private static final int CELLS = 64;

  static {
    try {
      COUNT = MethodHandles.lookup().findVarHandle(Cell.class, "count", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Large enough that no two of them have what is written in one line of a processor's cache. */
  @SuppressWarnings("UnusedVariable")
  private static final class Cell {
    final WeakReference<Thread> thread;
    private long count;
    private long apart1;
    private long apart2;
    private long apart3;
    private long apart4;
    private long apart5;
    private long apart6;
    private long apart7;

    Cell(Thread thread, long count) {
      this.thread = new WeakReference<>(thread);
      this.count = count;
    }

    /** By the owner only. Opaque: each store is seen sooner or later, in order. */
    void increment() {
      COUNT.setOpaque(this, (long) COUNT.getOpaque(this) + 1);
    }

    long count() {
      return (long) COUNT.getOpaque(this);
    }

    boolean abandoned() {
      var owned = thread.get();
      return owned == null || !owned.isAlive();
    }
  }

  private final AtomicReferenceArray<@Nullable Cell> cells = new AtomicReferenceArray<>(CELLS);
  private final LongAdder others = new LongAdder();
  private volatile long before;

  @SuppressWarnings("deprecation") // threadId() came with 19
  private static int place(Thread thread) {
    return (int) thread.getId() & (CELLS - 1);
  }

  void increment() {
    var thread = Thread.currentThread();
    var place = place(thread);
    var cell = cells.getPlain(place);
    if (cell != null && cell.thread.refersTo(thread)) {
      cell.increment();
    } else {
      elsewhere(thread, place);
    }
  }

  private void elsewhere(Thread thread, int place) {
    var cell = cells.get(place);
    if (cell == null || cell.abandoned()) {
      var own = new Cell(thread, cell == null ? 1 : cell.count() + 1);
      if (cells.compareAndSet(place, cell, own)) {
        return;
      }
    }
    others.increment();
  }

  /** What was added since the last {@link #reset}. */
  long sum() {
    return total() - before;
  }

  /** Starts from zero. */
  void reset() {
    before = total();
  }

  private long total() {
    var sum = others.sum();
    for (int place = 0; place < CELLS; place++) {
      var cell = cells.get(place);
      sum += cell == null ? 0 : cell.count();
    }
    return sum;
  }
}
