package dev.larder.examples.remote;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.time.Duration;

/**
 * Asks for sixty reports through a cache in a server. Run it twice at the same time: each report is
 * computed once, by one of the two, for both.
 */
public final class Reports {
  private static final int REPORTS = 60;

  private final Bureau bureau;
  private final Cache<String, String> cache;

  private Reports(Bureau bureau, Cache<String, String> cache) {
    this.bureau = bureau;
    this.cache = cache;
  }

  /** Takes the address of a server and a name for this process. */
  public static void main(String[] args) {
    if (args.length != 2) {
      System.err.println("usage: Reports HOST:PORT NAME");
      System.exit(2);
    }
    var spec =
        CacheSpec.of("reports", String.class, String.class)
            .topology("remote")
            .option("remote.hosts", args[0])
            // Copies in this process, for reads that must not cost a request; never older than 1 s.
            .option("near.max-staleness", "1s")
            .maximumEntries(10_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();
    try (var larder = Larder.open()) {
      new Reports(new Bureau(args[1]), larder.create(spec)).run();
    }
  }

  private void run() {
    System.out.println("opened " + cache.size() + " reports");
    for (var number = 1; number <= REPORTS; number++) {
      var subject = "report " + number;
      var report = cache.get(subject, bureau::report);
      if (!report.startsWith(subject + ",")) {
        throw new IllegalStateException("a wrong report on " + subject + ": " + report);
      }
    }
    System.out.println(
        "got "
            + REPORTS
            + " reports: computed "
            + bureau.computed()
            + ", the others somebody else had computed");
  }
}
