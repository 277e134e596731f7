package dev.larder.benchmarks.simulator;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Outcomes as text for people, and as CSV. */
final class Tables {
  private static final String CSV_HEAD =
      "trace,policy,size,capacity,keys,accesses,hits,hit_ratio,weight_miss_ratio\n";

  private Tables() {}

  /** One table of hit ratios in percent: a row for each policy, a column for each size. */
  static String text(Results results, Trace trace) {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%s: %,d accesses to %,d keys%s%n",
            trace.name(),
            trace.length(),
            trace.distinct(),
            trace.weighted()
                ? String.format(Locale.ROOT, " of weight %,d", trace.totalWeight())
                : ""));
    append(text, "hit ratio, %", results, trace.name(), Outcome::hitRatio);
    if (trace.weighted()) {
      text.append(System.lineSeparator());
      append(text, "weight missed, %", results, trace.name(), Outcome::weightMissRatio);
    }
    return text.toString();
  }

  private static void append(
      StringBuilder text,
      String what,
      Results results,
      String trace,
      ToDoubleFunction<Outcome> ratio) {
    var sizes = results.sizes(trace);
    text.append(String.format(Locale.ROOT, "%-17s", what));
    sizes.forEach(size -> text.append(String.format(Locale.ROOT, " %9s", size)));
    text.append(System.lineSeparator());
    if (sizes.stream().anyMatch(size -> size.endsWith("%"))) {
      text.append(String.format(Locale.ROOT, "%-17s", "  capacity"));
      sizes.forEach(
          size ->
              text.append(String.format(Locale.ROOT, " %9d", capacity(results.of(trace), size))));
      text.append(System.lineSeparator());
    }
    for (var policy : results.policies()) {
      text.append(String.format(Locale.ROOT, "%-17s", policy));
      for (var size : sizes) {
        var outcome = results.get(trace, size, policy);
        text.append(
            outcome == null
                ? " ".repeat(9) + "-"
                : String.format(Locale.ROOT, " %9.2f", 100 * ratio.applyAsDouble(outcome)));
      }
      text.append(System.lineSeparator());
    }
  }

  private static long capacity(List<Outcome> outcomes, String size) {
    return outcomes.stream()
        .filter(outcome -> outcome.size().word().equals(size))
        .mapToLong(Outcome::capacity)
        .findFirst()
        .orElseThrow();
  }

  /** One line for each outcome; ratios from 0 to 1. */
  static String csv(Results results) {
    var text = new StringBuilder(CSV_HEAD);
    for (var outcome : results.all()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%s,%d,%d,%d,%d,%.6f,%.6f%n",
              quoted(outcome.trace()),
              quoted(outcome.policy()),
              outcome.size().word(),
              outcome.capacity(),
              outcome.keys(),
              outcome.accesses(),
              outcome.hits(),
              outcome.hitRatio(),
              outcome.weightMissRatio()));
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  /** As RFC 4180 wants it. */
  private static String quoted(String word) {
    boolean plain = word.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? word : '"' + word.replace("\"", "\"\"") + '"';
  }
}
