package dev.larder.disk.crash;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A program that puts many entries, of which few have room in memory, reads some of them again and
 * again, and says {@code READY}. Closes when told to; ends when its input ends. Argument: the file.
 */
final class Warm {
  static final int ENTRIES = 500;
  static final int ROOM = 50;
  static final int HOT = 30;

  private Warm() {}

  static Cache<Integer, String> open(Larder larder, Path file) {
    return larder.create(
        CacheSpec.of("warm", Integer.class, String.class)
            .topology("disk")
            .option("disk.path", file.toString())
            .option("disk.access-times", "exact")
            .option("memory.maximum-entries", "" + ROOM)
            .policy("lru")
            .unbounded()
            .build());
  }

  /** One of the few that are read again and again, spread over all. */
  static int hot(int number) {
    return number * (ENTRIES / HOT);
  }

  public static void main(String[] arguments) throws IOException {
    try (var larder = Larder.builder().open()) {
      var cache = open(larder, Path.of(arguments[0]));
      for (int i = 0; i < ENTRIES; i++) {
        cache.put(i, "value " + i);
      }
      for (int round = 0; round < 5; round++) {
        for (int i = 0; i < HOT; i++) {
          cache.get(hot(i));
        }
      }
      cache.control().purge();
      System.out.println("READY");
      System.out.flush();
      if (System.in.read() != 'c') {
        Runtime.getRuntime().halt(0);
      }
    }
    System.out.println("CLOSED");
    System.out.flush();
  }
}
