package dev.larder.benchmarks.server;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Results as text. Tables are Markdown that reads well as it is. */
record Report(Map<Row, Map<String, List<Sample>>> samples) {
  static final String BATCH_GET = "HTTP batch GET of 100";
  static final String BATCH_SET = "HTTP batch SET of 100";
  private static final String SINGLE = "HTTP GET, 1,000 keys";

  String markdown() {
    return rates() + "\n## Targets\n\n" + targets();
  }

  private String rates() {
    var text = new StringBuilder();
    text.append(
        "| | Larder, requests/s | p99, ms | other | requests/s | p99, ms | ratio | from to |\n");
    text.append("|---|---:|---:|---|---:|---:|---:|---|\n");
    for (var each : medians().entrySet()) {
      var row = each.getKey();
      var ours = ours(each.getValue());
      var theirs = each.getValue().get(row.against());
      text.append(
          String.format(
              Locale.ROOT, "| %-34s | %9.0f | %s |", row.title(), ours.rate(), p99(ours)));
      if (theirs == null) {
        text.append(" | | | | |\n");
      } else {
        text.append(
            String.format(
                Locale.ROOT,
                " %s | %9.0f | %s | %.2f | %s |\n",
                row.against(),
                theirs.rate(),
                p99(theirs),
                ours.rate() / theirs.rate(),
                spread(row)));
      }
    }
    return text.toString();
  }

  /** The ratios of the single rounds: how far to trust their middle. */
  private String spread(Row row) {
    var turns = samples.getOrDefault(row, Map.of());
    var ours = turns.getOrDefault(Peers.LARDER, List.of());
    var theirs = turns.getOrDefault(row.against(), List.of());
    var least = Double.POSITIVE_INFINITY;
    var most = 0.0;
    for (var round = 0; round < Math.min(ours.size(), theirs.size()); round++) {
      var ratio = ours.get(round).rate() / theirs.get(round).rate();
      least = Math.min(least, ratio);
      most = Math.max(most, ratio);
    }
    return String.format(Locale.ROOT, "%.2f to %.2f", least, most);
  }

  private static String p99(Sample sample) {
    return Double.isNaN(sample.p99()) ? "-" : String.format(Locale.ROOT, "%6.2f", sample.p99());
  }

  private Map<Row, Map<String, Sample>> medians() {
    var all = new LinkedHashMap<Row, Map<String, Sample>>();
    samples.forEach(
        (row, turns) -> {
          var medians = new LinkedHashMap<String, Sample>();
          turns.forEach((server, list) -> medians.put(server, Sample.median(list)));
          all.put(row, medians);
        });
    return all;
  }

  private static Sample ours(Map<String, Sample> medians) {
    var ours = medians.get(Peers.LARDER);
    if (ours == null) {
      throw new IllegalStateException("Larder was not measured");
    }
    return ours;
  }

  private String targets() {
    var text = new StringBuilder("| | measured | target | aim | |\n|---|---:|---:|---:|---|\n");
    for (var each : medians().entrySet()) {
      var row = each.getKey();
      var theirs = each.getValue().get(row.against());
      for (var goal : row.goals()) {
        var measured =
            goal.measured(ours(each.getValue()), theirs == null ? ours(each.getValue()) : theirs);
        text.append(
            String.format(
                Locale.ROOT,
                format(goal.figure()),
                row.title() + ", " + what(goal, row),
                measured,
                goal.target(),
                goal.aim(),
                goal.verdict(measured)));
      }
    }
    batches(text);
    return text.toString();
  }

  private static String format(Row.Figure figure) {
    return figure == Row.Figure.RATE
        ? "| %-58s | %.0f | %.0f | %.0f | %s |\n"
        : "| %-58s | %.2f | %.2f | %.2f | %s |\n";
  }

  private static String what(Row.Goal goal, Row row) {
    return switch (goal.figure()) {
      case RATIO -> "against " + row.against();
      case RATE -> goal.times() > 1 ? "values a second" : "a second";
      case P99 -> "p99 in ms at most";
    };
  }

  private void batches(StringBuilder text) {
    var single = rate(SINGLE);
    var batch = rate(BATCH_GET);
    if (single != null && batch != null) {
      var ratio = Scripts.BATCH * batch / single;
      more(text, "values of a batch GET, against single GET", ratio, 20, 60);
    }
  }

  private @Nullable Double rate(String title) {
    for (var each : medians().entrySet()) {
      if (each.getKey().title().equals(title)) {
        return ours(each.getValue()).rate();
      }
    }
    return null;
  }

  private static void more(
      StringBuilder text, String title, double measured, double target, double aim) {
    var verdict = measured >= aim ? "aim" : measured >= target ? "target" : "missed";
    text.append(
        String.format(
            Locale.ROOT,
            "| %-58s | %.1f | %.0f | %.0f | %s |\n",
            title,
            measured,
            target,
            aim,
            verdict));
  }

  /** A figure that shall be small. */
  static void line(
      StringBuilder text, String title, String format, double measured, double target, double aim) {
    var verdict = measured <= aim ? "aim" : measured <= target ? "target" : "missed";
    text.append(
        String.format(
            Locale.ROOT,
            "| %-58s | " + format + " | %s | %s | %s |\n",
            title,
            measured,
            target,
            aim,
            verdict));
  }

  /** A figure without a target. */
  static void figure(StringBuilder text, String title, double measured) {
    text.append(String.format(Locale.ROOT, "| %-58s | %.2f | | | |\n", title, measured));
  }

  /** Every sample, for other programs. */
  String csv() {
    var text = new StringBuilder("row,server,requests_per_second,p99_ms\n");
    samples.forEach(
        (row, turns) ->
            turns.forEach(
                (server, list) ->
                    list.forEach(
                        sample ->
                            text.append(
                                String.format(
                                    Locale.ROOT,
                                    "\"%s\",%s,%.1f,%.3f\n",
                                    row.title(),
                                    server,
                                    sample.rate(),
                                    sample.p99())))));
    return text.toString();
  }
}
