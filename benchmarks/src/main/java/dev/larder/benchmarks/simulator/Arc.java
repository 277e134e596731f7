package dev.larder.benchmarks.simulator;

/**
 * ARC (Megiddo, Modha: "ARC: A self-tuning, low overhead replacement cache", FAST 2003, figure 4):
 * two lists, of what was used once and more often, a history of each, and a target between them
 * that follows the hits in the histories.
 */
final class Arc implements Simulation {
  private static final int T1 = 0;
  private static final int T2 = 1;
  private static final int B1 = 2;
  private static final int B2 = 3;

  private final IdLists lists;
  private final long capacity;

  /** How many entries T1 should hold. */
  private double target;

  Arc(Trace trace, long capacity) {
    lists = new IdLists(trace.distinct(), 4);
    this.capacity = capacity;
  }

  @Override
  public boolean access(int id, int position) {
    if (lists.in(T1, id) || lists.in(T2, id)) {
      lists.moveToFront(T2, id);
      return true;
    }
    if (lists.in(B1, id)) {
      target = Math.min((double) capacity, target + step(B2, B1));
      replace(false);
      lists.moveToFront(T2, id);
    } else if (lists.in(B2, id)) {
      target = Math.max(0, target - step(B1, B2));
      replace(true);
      lists.moveToFront(T2, id);
    } else {
      makeRoom();
      lists.moveToFront(T1, id);
    }
    return false;
  }

  private double step(int other, int hit) {
    return Math.max(1.0, (double) lists.size(other) / lists.size(hit));
  }

  /** Case IV of the paper: the key is in no list. */
  private void makeRoom() {
    int first = lists.size(T1) + lists.size(B1);
    int all = first + lists.size(T2) + lists.size(B2);
    if (first == capacity) {
      if (lists.size(T1) < capacity) {
        lists.remove(lists.back(B1));
        replace(false);
      } else {
        lists.remove(lists.back(T1));
      }
    } else if (all >= capacity) {
      if (all == 2 * capacity) {
        lists.remove(lists.back(B2));
      }
      replace(false);
    }
  }

  private void replace(boolean inB2) {
    int once = lists.size(T1);
    boolean over = once > target || (inB2 && once == (long) target);
    // The paper forgets that T2 may be empty when the target is the whole capacity.
    if (once >= 1 && (over || lists.size(T2) == 0)) {
      lists.moveToFront(B1, lists.back(T1));
    } else {
      lists.moveToFront(B2, lists.back(T2));
    }
  }
}
