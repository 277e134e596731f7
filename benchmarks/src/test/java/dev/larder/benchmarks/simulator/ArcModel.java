package dev.larder.benchmarks.simulator;

import java.util.List;

/** ARC, line by line after figure 4 of its paper. */
final class ArcModel extends PlainModel {
  private final List<Integer> t1 = list();
  private final List<Integer> t2 = list();
  private final List<Integer> b1 = list();
  private final List<Integer> b2 = list();
  private double p;

  ArcModel(int capacity) {
    super(capacity);
  }

  @Override
  boolean access(Integer x) {
    if (t1.remove(x) || t2.remove(x)) {
      t2.add(x);
      return true;
    }
    if (b1.contains(x)) {
      p = Math.min(capacity, p + Math.max(1.0, (double) b2.size() / b1.size()));
      replace(x);
      b1.remove(x);
      t2.add(x);
    } else if (b2.contains(x)) {
      p = Math.max(0, p - Math.max(1.0, (double) b1.size() / b2.size()));
      replace(x);
      b2.remove(x);
      t2.add(x);
    } else {
      newKey(x);
    }
    return false;
  }

  private void newKey(Integer x) {
    int l1 = t1.size() + b1.size();
    int total = l1 + t2.size() + b2.size();
    if (l1 == capacity) {
      if (t1.size() < capacity) {
        takeFirst(b1);
        replace(x);
      } else {
        takeFirst(t1);
      }
    } else if (total >= capacity) {
      if (total == 2 * capacity) {
        takeFirst(b2);
      }
      replace(x);
    }
    t1.add(x);
  }

  private void replace(Integer x) {
    boolean fromT1 = t1.size() > p || (b2.contains(x) && t1.size() == (int) p);
    if (!t1.isEmpty() && (fromT1 || t2.isEmpty())) {
      b1.add(takeFirst(t1));
    } else {
      b2.add(takeFirst(t2));
    }
  }
}
