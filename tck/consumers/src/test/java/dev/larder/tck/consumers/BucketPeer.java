package dev.larder.tck.consumers;

import dev.larder.testkit.Actor;
import io.github.bucket4j.grid.jcache.Bucket4jJCache;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import javax.cache.Caching;

/** One of several processes that take tokens from one bucket in a server. */
final class BucketPeer {
  private static final int THREADS = 3;

  private BucketPeer() {}

  /** Takes the address of the server, the URI of the manager, and the tokens of the bucket. */
  public static void main(String[] args) throws IOException {
    var properties = new Properties();
    properties.setProperty("larder.topology", "remote");
    properties.setProperty("larder.remote.hosts", args[0]);
    properties.setProperty("larder.remote.timeout", "20s");
    var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    try (var manager =
        Caching.getCachingProvider().getCacheManager(URI.create(args[1]), null, properties)) {
      var tokens = Integer.parseInt(args[2]);
      var bucket =
          Bucket4jJCache.entryProcessorBasedBuilder(Buckets.cache(manager))
              .build()
              .getProxy("between processes", Buckets.of(tokens));
      System.out.println("ready");
      in.readLine();
      var granted = new AtomicInteger();
      Actor.together(
          THREADS,
          number -> {
            for (int i = 0; i < tokens / 4; i++) {
              if (bucket.tryConsume(1)) {
                granted.incrementAndGet();
              }
            }
          });
      System.out.println("granted " + granted);
    }
  }
}
