package dev.larder.benchmarks;

import dev.larder.benchmarks.Peer.Family;
import dev.larder.benchmarks.Results.Row;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Results as text. Tables are Markdown that reads well as it is. */
record Tables(Results results) {

  /** Rates and, where Larder was measured, how many times the rate of each peer Larder has. */
  String markdown(Measure measure) {
    var text = new StringBuilder();
    for (var family : Family.values()) {
      var peers = results.peers(family);
      if (peers.isEmpty()) {
        continue;
      }
      text.append("## ").append(family.title()).append(": ").append(measure.title());
      text.append("\n\n").append(rates(family, peers, measure));
      var larder = peers.stream().filter(Peer::isLarder).findFirst();
      if (larder.isPresent()) {
        text.append("\n### Larder as a multiple of each\n\n");
        text.append(ratios(family, larder.get(), peers, measure));
      }
      text.append('\n');
    }
    Targets.table(results, measure)
        .ifPresent(table -> text.append("## Targets\n\n").append(table).append('\n'));
    return text.toString();
  }

  private String rates(Family family, List<Peer> peers, Measure measure) {
    return table(family, peers, (row, peer) -> cell(results.rate(row, peer, measure), 1));
  }

  private String ratios(Family family, Peer larder, List<Peer> peers, Measure measure) {
    var others = peers.stream().filter(peer -> peer != larder).toList();
    return table(
        family,
        others,
        (row, peer) -> {
          var ours = results.rate(row, larder, measure);
          var theirs = results.rate(row, peer, measure);
          return ours.isPresent() && theirs.isPresent()
              ? cell(OptionalDouble.of(ours.getAsDouble() / theirs.getAsDouble()), 2)
              : "-";
        });
  }

  private String table(Family family, List<Peer> peers, BiFunction<Row, Peer, String> cell) {
    var text = new StringBuilder(line("", peers.stream().map(Peer::title)));
    text.append("|---|").append("---:|".repeat(peers.size())).append('\n');
    for (var row : results.rows(family)) {
      text.append(line(row.title(), peers.stream().map(peer -> cell.apply(row, peer))));
    }
    return text.toString();
  }

  private static String line(String first, Stream<String> cells) {
    return String.format(Locale.ROOT, "| %-36s |", first)
        + cells
            .map(cell -> String.format(Locale.ROOT, " %17s |", cell))
            .collect(Collectors.joining())
        + "\n";
  }

  private static String cell(OptionalDouble value, int digits) {
    return value.isPresent()
        ? String.format(Locale.ROOT, "%." + digits + "f", value.getAsDouble())
        : "-";
  }

  /** Every sample. */
  String csv() {
    var text = new StringBuilder("family,case,threads,peer,operations,nanos,cpu_nanos\n");
    for (var family : Family.values()) {
      for (var row : results.rows(family)) {
        for (var peer : results.peers(family)) {
          for (var sample : results.of(row, peer)) {
            text.append(
                String.join(
                    ",",
                    family.name().toLowerCase(Locale.ROOT),
                    row.what().word(),
                    String.valueOf(row.threads()),
                    peer.word(),
                    sample.format().replace(' ', ',')));
            text.append('\n');
          }
        }
      }
    }
    return text.toString();
  }
}
