package dev.larder.examples.plain;

import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.util.List;

/** A cache that fetches what it does not have, and counts. */
public final class ReadThrough {

  private ReadThrough() {}

  public static void main(String[] args) {
    var spec =
        CacheSpec.of("prices", String.class, Integer.class)
            .maximumEntries(100)
            .loader(ReadThrough::lookUp)
            .build();
    try (var larder = Larder.open()) {
      var prices = larder.create(spec);
      prices.control().recordStats(true);
      for (var name : List.of("flour", "sugar", "flour", "flour")) {
        System.out.println(name + ": " + prices.get(name));
      }
      var stats = prices.control().stats();
      System.out.println("looked up: " + stats.loads() + ", hits: " + stats.hits());
    }
  }

  /** Stands for the database. */
  private static int lookUp(String name) {
    return name.length() * 10;
  }
}
