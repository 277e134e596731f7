package dev.larder.benchmarks.simulator;

import java.util.ArrayList;
import java.util.List;

/** A policy in the plainest way: lists of keys, the least recent first. */
abstract class PlainModel {
  final int capacity;

  PlainModel(int capacity) {
    this.capacity = capacity;
  }

  /** Whether the key was there; makes it so. */
  abstract boolean access(Integer key);

  final long hits(Trace trace) {
    long hits = 0;
    for (int position = 0; position < trace.length(); position++) {
      hits += access(trace.id(position)) ? 1 : 0;
    }
    return hits;
  }

  static List<Integer> list() {
    return new ArrayList<>();
  }

  static void toEnd(List<Integer> list, Integer key) {
    list.remove(key);
    list.add(key);
  }

  static Integer takeFirst(List<Integer> list) {
    return list.remove(0);
  }
}
