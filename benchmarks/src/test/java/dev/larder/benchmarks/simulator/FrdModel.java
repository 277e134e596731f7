package dev.larder.benchmarks.simulator;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** FRD: the filter and the reuse distance stack, the oldest first. */
final class FrdModel extends PlainModel {
  private final List<Integer> filter = list();
  private final List<Integer> stack = list();
  private final Set<Integer> main = new HashSet<>();
  private final int limit;

  FrdModel(int capacity) {
    super(capacity);
    limit = capacity - Math.max(1, (int) Math.ceil(capacity / 10.0));
  }

  @Override
  boolean access(Integer x) {
    boolean hit = filter.contains(x) || main.contains(x);
    if (filter.contains(x)) {
      toEnd(filter, x);
    } else if (!hit && main.size() < limit) {
      main.add(x);
    } else if (!hit && stack.contains(x)) {
      main.remove(takeFirst(stack));
      main.add(x);
    } else if (!hit) {
      if (main.size() + filter.size() == capacity) {
        takeFirst(filter);
      }
      filter.add(x);
    }
    toEnd(stack, x);
    while (!stack.isEmpty() && !main.contains(stack.get(0))) {
      takeFirst(stack);
    }
    return hit;
  }
}
