package dev.larder.disk.crash;

import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A program that opens a file, says {@code OPEN}, and holds it until its input ends; then it goes
 * without closing. Arguments: file, keys to put under their own names.
 */
final class Holder {
  private Holder() {}

  public static void main(String[] arguments) throws IOException {
    var cache =
        Larder.builder()
            .open()
            .create(
                CacheSpec.of("cache", String.class, String.class)
                    .topology("disk")
                    .option("disk.path", arguments[0])
                    .option("disk.durability", "each-write")
                    .build());
    for (int i = 1; i < arguments.length; i++) {
      cache.put(arguments[i], arguments[i]);
    }
    System.out.println("OPEN");
    System.out.flush();
    System.in.transferTo(OutputStream.nullOutputStream());
    Runtime.getRuntime().halt(0);
  }
}
