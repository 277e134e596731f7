package dev.larder.examples.modular;

import dev.larder.CacheSpec;
import dev.larder.Larder;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/** Both APIs from named modules; ends with an exception when something is not as it should be. */
public final class Modular {

  private Modular() {}

  public static void main(String[] args) {
    var module = Modular.class.getModule();
    check(module.isNamed() && Larder.class.getModule().isNamed(), "this runs from a class path");
    try (var larder = Larder.open()) {
      var cache = larder.create(CacheSpec.of("own", String.class, Integer.class).build());
      check(cache.get("seven", key -> 7) == 7, "the loaded value is not there");
    }
    try (var provider = Caching.getCachingProvider()) {
      check(provider.getClass().getModule().isNamed(), "the provider is not in a named module");
      var configuration =
          new MutableConfiguration<String, Integer>().setTypes(String.class, Integer.class);
      var cache = provider.getCacheManager().createCache("standard", configuration);
      cache.put("eight", 8);
      check(cache.get("eight") == 8, "the value is not there");
    }
    System.out.println("ran in module " + module.getName());
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
