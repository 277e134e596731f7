package dev.larder.server.demo;

import java.lang.management.ManagementFactory;

/** How much of the heap is in use. */
final class Heap {
  private static final int ROUNDS = 3;

  private Heap() {}

  /**
   * The bytes that objects in use take. Collects garbage first, several times, since what a cache
   * releases on one collection may free more on the next. Expensive.
   */
  static long used() {
    var memory = ManagementFactory.getMemoryMXBean();
    var least = Long.MAX_VALUE;
    for (var round = 0; round < ROUNDS; round++) {
      memory.gc();
      least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
