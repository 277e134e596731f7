package dev.larder.remote;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Clock;
import dev.larder.Larder;
import dev.larder.engine.SystemClock;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * A process that reads one key of a near cache all the time. It says {@code ready} and the value
 * when copies are shown, and after it was stopped for two seconds or more {@code woke}, with what
 * the first thousands of reads showed: the smallest value.
 */
final class StoppedClient {
  private static final long STOP = TimeUnit.SECONDS.toNanos(2);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(100);
  private static final int READS = 20_000;

  private StoppedClient() {}

  /** The port of the server. */
  public static void main(String... arguments) throws Exception {
    var out = new java.io.PrintStream(System.out, true, StandardCharsets.UTF_8);
    try (var larder = Larder.builder().open()) {
      var cache =
          larder.create(
              CacheSpec.of("stopped", String.class, Long.class)
                  .topology("remote")
                  .option("remote.hosts", "127.0.0.1:" + arguments[0])
                  .option("near.max-staleness", "500ms")
                  .statistics(true)
                  .build());
      while (System.in.read() == 'r') {
        var value = warm(cache);
        // Before it says so: it may be stopped as soon as it has.
        var last = SystemClock.instance().ticks();
        out.println("ready " + value);
        out.println("woke " + afterStop(cache, SystemClock.instance(), last));
      }
    }
  }

  private static long hits(Cache<String, Long> cache) {
    return cache.control().stats().tiers().get(0).hits();
  }

  private static Long warm(Cache<String, Long> cache) {
    var before = hits(cache);
    Long value;
    do {
      value = cache.get("k");
    } while (hits(cache) < before + READS);
    return value;
  }

  private static long afterStop(Cache<String, Long> cache, Clock clock, long running) {
    var last = running;
    var woken = 0;
    var least = Long.MAX_VALUE;
    while (woken < READS) {
      var began = clock.ticks();
      if (began - running > LONGEST) {
        throw new IllegalStateException("never stopped");
      }
      if (woken == 0 && began - last > STOP) {
        woken = 1;
      }
      var value = cache.get("k");
      last = clock.ticks();
      if (woken > 0) {
        least = Math.min(least, value);
        woken++;
      } else if (last - began > STOP) {
        // Stopped within the read: it may have looked at the clock just before.
        woken = 1;
      }
    }
    return least;
  }
}
