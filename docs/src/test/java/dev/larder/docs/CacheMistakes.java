package dev.larder.docs;

import dev.larder.Bounds;
import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Mistakes with configurations and with caches in this process. */
final class CacheMistakes {

  private CacheMistakes() {}

  static void make(Provocations told) throws IOException {
    configurations(told);
    try (var larder = Larder.open()) {
      Cache<String, String> cache = larder.create(named("a").build());
      descriptions(told, larder);
      bounds(told, cache);
      functions(told, larder, cache);
      places(told, larder);
      told.tell(() -> larder.create(named("a").build()));
      told.tell(() -> larder.cache("a", String.class, Integer.class));
      told.tell(() -> cache.asMap().put("key", null));
      cache.close();
      told.tell(() -> cache.get("key"));
    }
  }

  private static void configurations(Provocations told) throws IOException {
    var file = told.folder().resolve("wrong.yaml");
    Files.writeString(
        file, "caches:\n  users:\n    maximum-entires: 5\n    expire-after-write: 10\n");
    told.tell(() -> Larder.builder().configuration(file.toUri()).open().close());
    var bound = "caches.users.maximum-entries";
    told.tell(() -> Larder.builder().property(bound, "many").open().close());
    told.tell(
        () -> Larder.builder().configuration(URI.create("classpath:none.yaml")).open().close());
  }

  private static void descriptions(Provocations told, Larder larder) {
    told.tell(() -> named("b").maximumWeight(1).build());
    told.tell(() -> larder.create(named("b").policy("none").build()));
    told.tell(() -> larder.create(named("b").topology("none").build()));
    told.tell(() -> larder.create(named("b").topology("disk").build()));
  }

  private static void bounds(Provocations told, Cache<String, String> cache) {
    told.tell(() -> cache.control().resize(Bounds.bytes(1)));
    told.tell(() -> cache.control().resize(Bounds.weight(1)));
  }

  private static void functions(Provocations told, Larder larder, Cache<String, String> cache) {
    told.tell(
        () ->
            cache.get(
                "key",
                key -> {
                  throw new IOException("down");
                }));
    told.tell(() -> larder.create(named("nulls").loader(key -> null).build()).get("key"));
    told.tell(() -> cache.get("key", key -> cache.get(key, again -> again)));
    told.tell(() -> cache.update("key", entry -> cache.remove("key")));
    var spec = named("slow").loadTimeout(Duration.ofMillis(1)).build();
    var never = new CountDownLatch(1);
    told.tell(
        () ->
            larder
                .create(spec)
                .get("key", key -> never.await(10, TimeUnit.SECONDS) ? key : "late"));
  }

  private static void places(Provocations told, Larder larder) {
    var file = told.folder().resolve("cache.db").toString();
    var spec = CacheSpec.of("disk", String.class, Thread.class).topology("disk");
    told.tell(() -> larder.create(spec.option("disk.path", file).build()));
    told.tell(() -> larder.create(spec.option("codec", "none").build()));
    told.tell(() -> larder.create(spec.option("codec", "java").build()).put("key", new Thread()));
    told.tell(
        () -> {
          try (var other = Larder.open()) {
            other.create(spec.build());
          }
        });
    var folder = told.folder().toString();
    told.tell(() -> larder.create(named("b").topology("disk").option("disk.path", folder).build()));
  }

  private static CacheSpec.Builder<String, String> named(String name) {
    return CacheSpec.of(name, String.class, String.class);
  }
}
