package dev.larder.benchmarks.simulator;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** LIRS: the stack with the bottom first, the queue with the next to leave first. */
final class LirsModel extends PlainModel {
  private final List<Integer> stack = list();
  private final List<Integer> queue = list();
  private final Set<Integer> lir = new HashSet<>();
  private final int limit;

  LirsModel(int capacity) {
    super(capacity);
    limit = capacity - Math.max(1, capacity / 100);
  }

  @Override
  boolean access(Integer x) {
    boolean hit = lir.contains(x) || queue.contains(x);
    if (!hit && lir.size() < limit) {
      lir.add(x);
    }
    if (lir.contains(x)) {
      toEnd(stack, x);
      prune();
      return hit;
    }
    if (!hit && lir.size() + queue.size() == capacity) {
      takeFirst(queue);
    }
    boolean promote = stack.contains(x) && limit > 0;
    toEnd(stack, x);
    if (promote) {
      queue.remove(x);
      lir.add(x);
      var bottom = takeFirst(stack);
      lir.remove(bottom);
      queue.add(bottom);
      prune();
    } else {
      toEnd(queue, x);
    }
    return hit;
  }

  private void prune() {
    while (!lir.contains(stack.get(0))) {
      takeFirst(stack);
    }
  }
}
