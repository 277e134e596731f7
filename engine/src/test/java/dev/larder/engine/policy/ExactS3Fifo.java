package dev.larder.engine.policy;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;

/** S3-FIFO with one bit and ghosts that forget nothing too early, for hit ratios only. */
final class ExactS3Fifo {
  private final Map<Integer, Boolean> read = new HashMap<>();
  private final Deque<Integer> small = new ArrayDeque<>();
  private final Deque<Integer> main = new ArrayDeque<>();
  private final LinkedHashSet<Integer> ghosts = new LinkedHashSet<>();
  private final int capacity;

  private ExactS3Fifo(int capacity) {
    this.capacity = capacity;
  }

  static double ratio(int[] trace, int capacity) {
    var cache = new ExactS3Fifo(capacity);
    long hits = 0;
    for (int key : trace) {
      hits += cache.access(key) ? 1 : 0;
    }
    return hits / (double) trace.length;
  }

  private boolean access(int key) {
    if (read.containsKey(key)) {
      read.put(key, true);
      return true;
    }
    boolean ghost = ghosts.remove(key);
    while (small.size() + main.size() >= capacity) {
      if (small.size() >= capacity / 10) {
        evictFromSmall();
      } else {
        evictFromMain();
      }
    }
    (ghost ? main : small).addLast(key);
    read.put(key, false);
    return false;
  }

  private void evictFromSmall() {
    int key = small.removeFirst();
    if (read.get(key)) {
      read.put(key, false);
      main.addLast(key);
      return;
    }
    read.remove(key);
    ghosts.add(key);
    if (ghosts.size() > capacity - capacity / 10) {
      ghosts.remove(ghosts.iterator().next());
    }
  }

  private void evictFromMain() {
    int key = main.removeFirst();
    if (read.get(key)) {
      read.put(key, false);
      main.addLast(key);
    } else {
      read.remove(key);
    }
  }
}
