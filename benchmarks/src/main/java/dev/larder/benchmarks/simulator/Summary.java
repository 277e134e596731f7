package dev.larder.benchmarks.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;

/**
 * How policies do over many cells, a cell being a trace at a size: the measures that the default
 * policy is judged by, and its targets. Every mean is over cells, each of which counts the same.
 */
final class Summary {
  /** Whose best hit ratio in a cell the gap is measured against. */
  static final Set<String> PUBLISHED =
      new TreeSet<>(
          Set.of(
              "arc", "cache2k", "caffeine", "clock-pro", "frd", "lirs", "lru", "s3-fifo", "sieve"));

  private static final double BETTER = 0.1;
  private static final double WORSE = 1;
  private static final String CHAIN = "stress_chain";
  private static final long CHAIN_CAPACITY = 512;
  private static final String MISSING = "-";

  private static final String LEGEND =
      """
      MRR: how much smaller the miss ratio is than that of fifo. HR/OPT: hits as a share of opt's.
      gap: points behind the best published policy in the cell, 0 when ahead of it.
      better, worse: cells more than 0.1 point above caffeine, more than 1 point below it.
      """;

  private final Results results;
  private final List<Cell> cells = new ArrayList<>();

  private record Cell(String trace, String size) {
    @Override
    public String toString() {
      return trace + " at " + size;
    }
  }

  Summary(Results results) {
    this.results = results;
    for (var trace : results.traces()) {
      results.sizes(trace).forEach(size -> cells.add(new Cell(trace, size)));
    }
  }

  /** A row for each policy, the targets below, and what the columns mean. */
  String text() {
    var text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%nSummary of %d cells (traces at sizes), %d traces%n",
            cells.size(),
            results.traces().size()));
    text.append(
        row("", "cells", "MRR", "HR/OPT", "mean gap", "worst gap", "better", "worse", "worst at"));
    results.policies().forEach(policy -> text.append(row(policy)));
    text.append(row("target", "", "11.8 %", "78 %", "1.2", "8", "65 %", "5 %", ""));
    text.append(row("aim", "", "13.5 %", "81 %", "0.6", "5", "78 %", "0 %", ""));
    chain(text);
    return text + LEGEND + "published: " + published() + System.lineSeparator();
  }

  private String row(String policy) {
    var played = cells.stream().filter(cell -> !Double.isNaN(hits(cell, policy))).toList();
    var worst =
        played.stream()
            .filter(cell -> gap(cell, policy) > 0)
            .max((a, b) -> Double.compare(gap(a, policy), gap(b, policy)));
    return row(
        policy,
        Integer.toString(played.size()),
        percent(mean(cell -> reduction(cell, policy))),
        percent(mean(cell -> hits(cell, policy) / hits(cell, "opt"))),
        points(mean(cell -> gap(cell, policy))),
        worst.map(cell -> points(gap(cell, policy))).orElse(MISSING),
        percent(mean(cell -> oneIf(ahead(cell, policy) - BETTER))),
        percent(mean(cell -> oneIf(-ahead(cell, policy) - WORSE))),
        worst.map(Cell::toString).orElse(""));
  }

  private static String row(Object... columns) {
    return String.format(Locale.ROOT, "%-17s %6s %7s %7s %9s %10s %7s %7s  %s%n", columns)
        .replaceFirst(" +(\\R)$", "$1");
  }

  /** How one trace that changes its nature half way is mastered has a target of its own. */
  private void chain(StringBuilder text) {
    var ratios =
        results.of(CHAIN).stream()
            .filter(outcome -> outcome.capacity() == CHAIN_CAPACITY)
            .map(o -> String.format(Locale.ROOT, "%s %.1f", o.policy(), 100 * o.hitRatio()))
            .distinct()
            .toList();
    if (!ratios.isEmpty()) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s at %d entries, target 46 %%, aim 48 %%: %s%n",
              CHAIN,
              CHAIN_CAPACITY,
              String.join(", ", ratios)));
    }
  }

  private String published() {
    return String.join(", ", results.policies().stream().filter(PUBLISHED::contains).toList());
  }

  /** The hit ratio, NaN when this was not replayed; what is made of NaN is NaN. */
  private double hits(Cell cell, String policy) {
    var outcome = results.get(cell.trace, cell.size, policy);
    return outcome == null ? Double.NaN : outcome.hitRatio();
  }

  private double reduction(Cell cell, String policy) {
    return 1 - (1 - hits(cell, policy)) / (1 - hits(cell, "fifo"));
  }

  private double gap(Cell cell, String policy) {
    double best =
        results.policies().stream()
            .filter(PUBLISHED::contains)
            .mapToDouble(other -> hits(cell, other))
            .filter(ratio -> !Double.isNaN(ratio))
            .max()
            .orElse(Double.NaN);
    return Math.max(0, 100 * (best - hits(cell, policy)));
  }

  private double ahead(Cell cell, String policy) {
    return 100 * (hits(cell, policy) - hits(cell, "caffeine"));
  }

  private static double oneIf(double positive) {
    return Double.isNaN(positive) ? positive : Math.max(0, Math.signum(positive));
  }

  /** Over the cells in which there is such a measure. */
  private double mean(ToDoubleFunction<Cell> measure) {
    return cells.stream()
        .mapToDouble(measure)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private static String percent(double share) {
    // Rounded first, so that next to nothing below zero is no negative zero.
    double rounded = Math.round(1_000 * share) / 10.0;
    return Double.isNaN(share) ? MISSING : String.format(Locale.ROOT, "%.1f %%", rounded);
  }

  private static String points(double points) {
    return Double.isNaN(points) ? MISSING : String.format(Locale.ROOT, "%.2f", points);
  }
}
