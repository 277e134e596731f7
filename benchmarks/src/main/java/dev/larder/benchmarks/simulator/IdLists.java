package dev.larder.benchmarks.simulator;

import java.util.Arrays;

/**
 * Doubly linked lists of the numbers from 0 to {@code ids - 1}, each in at most one list at a time.
 * The front is where the latest come in. A list ends at its head, a number above all ids. O(1).
 */
final class IdLists {
  private static final int OUT = -1;

  private final int ids;
  private final int[] toFront;
  private final int[] toBack;
  private final int[] listOf;
  private final int[] sizes;

  IdLists(int ids, int lists) {
    this.ids = ids;
    toFront = new int[ids + lists];
    toBack = new int[ids + lists];
    listOf = new int[ids];
    sizes = new int[lists];
    Arrays.fill(listOf, OUT);
    for (int list = 0; list < lists; list++) {
      toFront[ids + list] = ids + list;
      toBack[ids + list] = ids + list;
    }
  }

  int size(int list) {
    return sizes[list];
  }

  boolean in(int list, int id) {
    return listOf[id] == list;
  }

  /** The head of a list, which both ends lead to. */
  int head(int list) {
    return ids + list;
  }

  /** The one that came in first, or the head of an empty list. */
  int back(int list) {
    return toFront[ids + list];
  }

  /** The one that came in after this one, or the head. */
  int towardFront(int id) {
    return toFront[id];
  }

  /** Moves a number to the front of a list, from wherever it is. */
  void moveToFront(int list, int id) {
    remove(id);
    int head = ids + list;
    int before = toBack[head];
    toBack[head] = id;
    toFront[id] = head;
    toBack[id] = before;
    toFront[before] = id;
    listOf[id] = list;
    sizes[list]++;
  }

  /** Takes a number out of its list, if it is in one. */
  void remove(int id) {
    if (listOf[id] != OUT) {
      sizes[listOf[id]]--;
      listOf[id] = OUT;
      toBack[toFront[id]] = toBack[id];
      toFront[toBack[id]] = toFront[id];
    }
  }
}
