package dev.larder.benchmarks.simulator;

/*
 * The filter holds newcomers. The stack holds the main entries and a history of all keys in the order
 * of their last use; it always ends in a main entry. What is used again while only its history is
 * there had a reuse distance shorter than the last main entry has now, and takes its place. As in the
 * paper the history has no bound but that rule.
 */
/**
 * FRD (Park, Park: "FRD: A filtering based buffer cache algorithm that considers both frequency and
 * reuse distance", MSST 2017), with 10 % of the capacity for the filter.
 */
final class Frd implements Simulation {
  private static final byte OUT = 0;
  private static final byte FILTER = 1;
  private static final byte MAIN = 2;
  private static final byte GONE = 3;

  private final IdLists filter;
  private final IdLists stack;
  private final byte[] states;
  private final long capacity;
  private final long mainLimit;
  private long main;

  Frd(Trace trace, long capacity) {
    filter = new IdLists(trace.distinct(), 1);
    stack = new IdLists(trace.distinct(), 1);
    states = new byte[trace.distinct()];
    this.capacity = capacity;
    mainLimit = capacity - Math.max(1, (capacity + 9) / 10);
  }

  @Override
  public boolean access(int id, int position) {
    byte state = states[id];
    switch (state) {
      case FILTER -> {
        filter.moveToFront(0, id);
        stack.moveToFront(0, id);
        prune();
      }
      case MAIN -> {
        stack.moveToFront(0, id);
        prune();
      }
      case GONE -> missRemembered(id);
      default -> miss(id);
    }
    return state == FILTER || state == MAIN;
  }

  private void miss(int id) {
    if (main < mainLimit) {
      main++;
      states[id] = MAIN;
    } else {
      if (main + filter.size(0) == capacity) {
        evictFromFilter();
      }
      states[id] = FILTER;
      filter.moveToFront(0, id);
    }
    stack.moveToFront(0, id);
    prune();
  }

  private void missRemembered(int id) {
    int victim = stack.back(0);
    stack.remove(victim);
    states[victim] = OUT;
    states[id] = MAIN;
    stack.moveToFront(0, id);
    prune();
  }

  private void evictFromFilter() {
    int victim = filter.back(0);
    filter.remove(victim);
    states[victim] = stack.in(0, victim) ? GONE : OUT;
  }

  /** Forgets the history behind the last main entry. */
  private void prune() {
    for (int last = stack.back(0); last != stack.head(0) && states[last] != MAIN; ) {
      stack.remove(last);
      if (states[last] == GONE) {
        states[last] = OUT;
      }
      last = stack.back(0);
    }
  }
}
