package dev.larder.server.demo;

import dev.larder.TierStats;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/**
 * The figures of one demo.
 *
 * @param plain the look-ups without a cache
 * @param cached the same with one
 * @param queries how many of the latter reached the database
 * @param held how many products the cache held in memory at the end
 * @param bytes the heap that the cache gave back when it was closed
 * @param tiers what each tier did, where there were several
 */
record Report(
    Replay.Outcome plain,
    Replay.Outcome cached,
    long queries,
    int held,
    long bytes,
    List<TierStats> tiers) {

  boolean same() {
    return plain.checksum() == cached.checksum();
  }

  double hitRatio() {
    return 1 - (double) queries / cached.latencies().count();
  }

  void print(PrintWriter out) {
    var lookups = plain.latencies().count();
    var saved = String.format(Locale.ROOT, "%,d saved", lookups - queries);
    out.println();
    row(out, "", "without cache", "with Larder", "");
    row(out, "database queries", number(lookups), number(queries), saved);
    row(out, "hit ratio", "-", percent(hitRatio()), "");
    for (var tier : tiers) {
      var answered = percent((double) tier.hits() / cached.latencies().count());
      row(out, "  answered by " + tier.name(), "-", answered, number(tier.size()) + " products");
    }
    latency(out, "look-up, p50", 50);
    latency(out, "look-up, p99", 99);
    row(out, "time in look-ups", seconds(plain), seconds(cached), faster());
    row(out, "heap held by the cache", "-", megabytes(), "for " + number(held) + " products");
    out.println();
    out.println(
        same()
            ? String.format(
                Locale.ROOT, "Both runs returned the same data (checksum %016x).", plain.checksum())
            : String.format(
                Locale.ROOT,
                "WRONG: the runs returned different data (checksums %016x and %016x).",
                plain.checksum(),
                cached.checksum()));
    out.flush();
  }

  private void latency(PrintWriter out, String what, double percent) {
    var before = plain.latencies().percentile(percent);
    var after = cached.latencies().percentile(percent);
    row(out, what, micros(before), micros(after), "");
  }

  private String faster() {
    var times = (double) plain.latencies().total() / Math.max(1, cached.latencies().total());
    return String.format(Locale.ROOT, "%.1f times as fast", times);
  }

  private String megabytes() {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  private static void row(PrintWriter out, String what, String plain, String cached, String note) {
    var line = String.format(Locale.ROOT, "%-24s %15s %15s   %s", what, plain, cached, note);
    out.println(line.stripTrailing());
  }

  private static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  private static String micros(long nanos) {
    return String.format(Locale.ROOT, "%.2f us", nanos / 1e3);
  }

  private static String seconds(Replay.Outcome outcome) {
    return String.format(Locale.ROOT, "%.2f s", outcome.latencies().total() / 1e9);
  }
}
