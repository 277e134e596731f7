package dev.larder.disk.crash;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.StoreException;
import java.nio.file.Path;

/**
 * A program that puts until it is refused, each put safe when it returns; says {@code REFUSED},
 * then how many were acknowledged, then why, reads them all again, says {@code KEPT}, and goes
 * without closing. Argument: the file.
 */
final class Filler {
  private static final int MOST = 100_000;

  private Filler() {}

  static Cache<Integer, String> open(Larder larder, Path file) {
    return larder.create(
        CacheSpec.of("filled", Integer.class, String.class)
            .topology("disk")
            .option("disk.path", file.toString())
            .option("disk.durability", "each-write")
            .option("memory.maximum-entries", "10")
            .unbounded()
            .build());
  }

  static String value(int number) {
    return number + " ".repeat(2_000);
  }

  public static void main(String[] arguments) {
    var cache = open(Larder.builder().open(), Path.of(arguments[0]));
    int put = 0;
    try {
      for (; put < MOST; put++) {
        cache.put(put, value(put));
      }
    } catch (StoreException e) {
      System.out.println("REFUSED\n" + put + "\n" + e.getCause());
    }
    for (int i = 0; i < put; i++) {
      if (!value(i).equals(cache.get(i))) {
        System.out.println("LOST " + i);
      }
    }
    System.out.println("KEPT");
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }
}
