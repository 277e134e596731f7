package dev.larder.engine;

import dev.larder.CacheLoadException;
import dev.larder.CacheSpec;
import dev.larder.Larder;

/** A program that meets every place that tells the flight recorder, in a process of its own. */
final class WithoutRecorder {
  private WithoutRecorder() {}

  @SuppressWarnings("SystemOut")
  public static void main(String... arguments) {
    var recorder = ModuleLayer.boot().findModule("jdk.jfr").isPresent();
    try (var larder = Larder.open()) {
      var spec = CacheSpec.of("small", String.class, String.class).statistics(true);
      var cache = larder.create(spec.maximumEntries(1).build());
      cache.get("a", key -> "value");
      cache.get("b", key -> "value");
      var stats = cache.control().stats();
      System.out.println(
          (recorder ? "recorder: " : "no recorder: ")
              + stats.loads()
              + " loads, "
              + stats.evictions()
              + " evictions, "
              + failing(cache));
    }
  }

  private static String failing(dev.larder.Cache<String, String> cache) {
    try {
      return cache.get(
          "c",
          key -> {
            throw new IllegalStateException("down");
          });
    } catch (CacheLoadException e) {
      return "failed as it should";
    }
  }
}
