package dev.larder.examples.plain;

import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.time.Duration;

/** A cache with a bound and a time to live. */
public final class FirstCache {

  private FirstCache() {}

  public static void main(String[] args) {
    var spec =
        CacheSpec.of("pantry", String.class, Integer.class)
            .maximumEntries(1_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();
    try (var larder = Larder.open()) {
      var pantry = larder.create(spec);
      pantry.put("flour", 3);
      pantry.asMap().merge("flour", -1, Integer::sum);
      System.out.println("flour: " + pantry.get("flour"));
      System.out.println("sugar: " + pantry.get("sugar", name -> name.length()));
      System.out.println("salt: " + pantry.get("salt"));
      System.out.println("entries: " + pantry.size());
    }
  }
}
