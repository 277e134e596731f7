package dev.larder.examples.disk;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Asks for the prices of five hundred articles through a cache on disk. Kill it in the middle, with
 * {@code kill -9}, and run it again: it goes on where it was.
 */
public final class Prices {
  private static final int ARTICLES = 500;
  private static final int REPORT_EVERY = 50;

  private final SlowService service;
  private final Cache<String, Integer> cache;

  private Prices(SlowService service, Cache<String, Integer> cache) {
    this.service = service;
    this.cache = cache;
  }

  /** Takes the file of the cache. */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: Prices FILE");
      System.exit(2);
    }
    var spec =
        CacheSpec.of("prices", String.class, Integer.class)
            .topology("disk")
            .option("disk.path", Path.of(args[0]).toAbsolutePath().toString())
            // A price that was returned is on disk. Without this line the last 100 ms may be lost.
            .option("disk.durability", "each-write")
            .maximumEntries(100_000)
            .expireAfterWrite(Duration.ofDays(7))
            .build();
    try (var larder = Larder.open()) {
      new Prices(new SlowService(), larder.create(spec)).run();
    }
  }

  private void run() {
    System.out.println(
        "opened " + cache.size() + " prices, process " + ProcessHandle.current().pid());
    for (var number = 1; number <= ARTICLES; number++) {
      var article = "article-" + number;
      int price = cache.get(article, service::price);
      if (price != SlowService.rightPrice(article)) {
        throw new IllegalStateException("a wrong price for " + article + ": " + price);
      }
      if (number % REPORT_EVERY == 0) {
        System.out.println("got " + number + " prices");
      }
    }
    report();
  }

  private void report() {
    var stats = cache.control().stats();
    System.out.println(
        stats.hits()
            + " from the cache, "
            + service.asked()
            + " from the service, which took "
            + stats.loadTime().toMillis()
            + " ms");
    for (var tier : stats.tiers()) {
      System.out.println(
          tier.name() + ": " + tier.size() + " prices, " + tier.hits() + " reads answered");
    }
  }
}
