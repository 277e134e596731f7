package dev.larder.benchmarks.simulator;

/*
 *   stack, most recent first:   H  L  h  L  H  h  L      always ends in an L
 *   queue of resident H:        H  H  H                  the next to leave at the back
 *
 * L: low inter-reference recency, resident. H: high, resident. h: high, gone, remembered because it is
 * still in the stack. A key that is used while it is in the stack was used more recently than the last
 * L, so the two change places. As in the paper the stack has no bound but that rule.
 */
/**
 * LIRS (Jiang, Zhang: "LIRS: An efficient low inter-reference recency set replacement policy",
 * SIGMETRICS 2002), with 1 % of the capacity for entries of high recency.
 */
final class Lirs implements Simulation {
  private static final byte OUT = 0;
  private static final byte LOW = 1;
  private static final byte HIGH = 2;
  private static final byte GONE = 3;

  private final IdLists stack;
  private final IdLists queue;
  private final byte[] states;
  private final long capacity;
  private final long lowLimit;
  private long low;

  Lirs(Trace trace, long capacity) {
    stack = new IdLists(trace.distinct(), 1);
    queue = new IdLists(trace.distinct(), 1);
    states = new byte[trace.distinct()];
    this.capacity = capacity;
    lowLimit = capacity - Math.max(1, capacity / 100);
  }

  @Override
  public boolean access(int id, int position) {
    byte state = states[id];
    switch (state) {
      case LOW -> {
        stack.moveToFront(0, id);
        prune();
      }
      case HIGH -> useHigh(id);
      default -> miss(id);
    }
    return state == LOW || state == HIGH;
  }

  private void useHigh(int id) {
    if (stack.in(0, id) && lowLimit > 0) {
      queue.remove(id);
      promote(id);
    } else {
      stack.moveToFront(0, id);
      queue.moveToFront(0, id);
    }
  }

  private void miss(int id) {
    if (low < lowLimit) {
      low++;
      states[id] = LOW;
      stack.moveToFront(0, id);
      return;
    }
    if (low + queue.size(0) == capacity) {
      evict();
    }
    if (stack.in(0, id) && lowLimit > 0) {
      promote(id);
    } else {
      states[id] = HIGH;
      stack.moveToFront(0, id);
      queue.moveToFront(0, id);
    }
  }

  private void evict() {
    int victim = queue.back(0);
    queue.remove(victim);
    states[victim] = stack.in(0, victim) ? GONE : OUT;
  }

  /** Makes an entry in the stack one of low recency, and the last of those one of high. */
  private void promote(int id) {
    states[id] = LOW;
    stack.moveToFront(0, id);
    int last = stack.back(0);
    states[last] = HIGH;
    stack.remove(last);
    queue.moveToFront(0, last);
    prune();
  }

  private void prune() {
    for (int last = stack.back(0); states[last] != LOW; last = stack.back(0)) {
      stack.remove(last);
      if (states[last] == GONE) {
        states[last] = OUT;
      }
    }
  }
}
