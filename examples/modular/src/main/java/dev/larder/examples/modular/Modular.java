package dev.larder.examples.modular;

import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.StoreException;
import javax.cache.Caching;
import javax.cache.configuration.MutableConfiguration;

/** Both APIs from named modules; ends with an exception when something is not as it should be. */
public final class Modular {

  private Modular() {}

  /** Takes a file for a cache on disk. */
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
    onDisk(args[0]);
    inAServer();
    System.out.println("ran in module " + module.getName());
  }

  /** The store and the database below it are modules too. */
  private static void onDisk(String file) {
    var spec =
        CacheSpec.of("disk", String.class, Integer.class)
            .topology("disk")
            .option("disk.path", file)
            .build();
    try (var larder = Larder.open()) {
      larder.create(spec).put("nine", 9);
    }
    try (var larder = Larder.open()) {
      check(Integer.valueOf(9).equals(larder.create(spec).get("nine")), "the entry is not on disk");
    }
    modules("dev.larder.disk", "org.xerial.sqlitejdbc");
  }

  /** The client and the libraries below it too: nobody listens at port 1, and it says so. */
  private static void inAServer() {
    var spec =
        CacheSpec.of("remote", String.class, Integer.class)
            .topology("remote")
            .option("remote.hosts", "127.0.0.1:1")
            .option("remote.max-retries", "0")
            .build();
    modules("dev.larder.remote", "okhttp3", "okhttp3.sse", "okio", "kotlin.stdlib");
    try (var larder = Larder.open()) {
      check(larder.create(spec).get("ten") == null, "there is a server at port 1");
      throw new IllegalStateException("there is no server at port 1, and nobody says so");
    } catch (StoreException e) {
      check(e.toString().contains("127.0.0.1:1"), "the server is not named: " + e);
    }
  }

  private static void modules(String... names) {
    for (var name : names) {
      check(ModuleLayer.boot().findModule(name).isPresent(), name + " is not a module here");
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalStateException(otherwise);
    }
  }
}
