package dev.larder.tck.consumers;

import io.github.bucket4j.BucketConfiguration;
import java.time.Duration;
import java.util.function.Supplier;
import javax.cache.Cache;
import javax.cache.CacheManager;
import javax.cache.configuration.MutableConfiguration;

/** Buckets of Bucket4j in a cache. */
final class Buckets {
  private Buckets() {}

  /** A number of tokens for a day. */
  static Supplier<BucketConfiguration> of(int tokens) {
    return () ->
        BucketConfiguration.builder()
            .addLimit(limit -> limit.capacity(tokens).refillIntervally(tokens, Duration.ofDays(1)))
            .build();
  }

  /** The cache that the tests share; whoever is first creates it. */
  static synchronized Cache<String, byte[]> cache(CacheManager manager) {
    Cache<String, byte[]> present = manager.getCache("buckets", String.class, byte[].class);
    return present != null
        ? present
        : manager.createCache(
            "buckets",
            new MutableConfiguration<String, byte[]>().setTypes(String.class, byte[].class));
  }
}
