package dev.larder.benchmarks.disk;

import dev.larder.benchmarks.disk.Comparison.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Results as text. Tables are Markdown that reads well as it is. */
record Report(List<Peer> peers, Map<Row, Map<Peer, Turn>> turns, Map<Peer, Turn> restarts) {

  String markdown() {
    return "## Microseconds of processor time for each entry\n\n"
        + table(row -> true, Turn::micros, "%.2f")
        + "\n## Larder's time as a multiple of each\n\n"
        + ratios()
        + "\n## Bytes written for each entry\n\n"
        + table(
            row -> row.operation() == Operation.PUT || row.operation() == Operation.BATCH,
            Turn::bytes,
            "%.0f")
        + "\n## From opening to the first hit\n\n"
        + restart()
        + "\n## Targets\n\n"
        + targets();
  }

  private interface Choice {
    boolean takes(Row row);
  }

  private String table(Choice choice, Function<Turn, Double> figure, String format) {
    var text = new StringBuilder(head(peers));
    turns.forEach(
        (row, found) -> {
          if (choice.takes(row)) {
            text.append(line(row.title(), peers, peer -> cell(found.get(peer), figure, format)));
          }
        });
    return text.toString();
  }

  private static String cell(@Nullable Turn turn, Function<Turn, Double> figure, String format) {
    return turn == null ? "-" : String.format(Locale.ROOT, format, figure.apply(turn));
  }

  private String ratios() {
    var others = peers.stream().filter(peer -> peer != Peer.LARDER).toList();
    var text = new StringBuilder(head(others));
    for (var row : turns.keySet()) {
      text.append(
          line(
              row.title(),
              others,
              peer -> {
                var ratio = ratio(row, peer);
                return ratio == null ? "-" : String.format(Locale.ROOT, "%.2f", ratio);
              }));
    }
    return text.toString();
  }

  private @Nullable Double ratio(Row row, Peer peer) {
    var found = turns.get(row);
    var ours = found == null ? null : found.get(Peer.LARDER);
    var theirs = found == null ? null : found.get(peer);
    return ours == null || theirs == null ? null : ours.micros() / theirs.micros();
  }

  private String restart() {
    var text = new StringBuilder("| | milliseconds | |\n|---|---:|---|\n");
    restarts.forEach(
        (peer, turn) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %s |\n",
                    peer.title(),
                    turn.nanos() / 1e6,
                    turn.missed() == 0 ? "" : "found nothing")));
    return text.toString();
  }

  private String targets() {
    var text = new StringBuilder("| | measured | at most | |\n|---|---:|---:|---|\n");
    for (var row : turns.keySet()) {
      switch (row.operation()) {
        case HOT_GET -> target(text, row, Peer.MEMORY, 1 / 0.9);
        case COLD_GET -> target(text, row, Peer.SQLITE, 1.3);
        case PUT -> target(text, row, Peer.SQLITE, 1.5);
        default -> {}
      }
    }
    var opened = restarts.get(Peer.LARDER);
    if (opened != null) {
      text.append(verdict("opening to first hit, seconds", opened.nanos() / 1e9, 1));
    }
    return text.toString();
  }

  private void target(StringBuilder text, Row row, Peer peer, double most) {
    var ratio = ratio(row, peer);
    if (ratio != null) {
      text.append(verdict(row.title() + ", against " + peer.title(), ratio, most));
    }
  }

  private static String verdict(String title, double measured, double most) {
    return String.format(
        Locale.ROOT,
        "| %-62s | %.2f | %.2f | %s |\n",
        title,
        measured,
        most,
        measured <= most ? "met" : "missed");
  }

  private static String head(List<Peer> columns) {
    return line("", columns, Peer::title) + "|---|" + "---:|".repeat(columns.size()) + "\n";
  }

  private static String line(String first, List<Peer> columns, Function<Peer, String> cell) {
    var text = new StringBuilder(String.format(Locale.ROOT, "| %-42s |", first));
    columns.forEach(peer -> text.append(String.format(Locale.ROOT, " %15s |", cell.apply(peer))));
    return text.append('\n').toString();
  }

  /** Every row, for other programs. */
  String csv() {
    var lines = new ArrayList<String>();
    lines.add("size,operation,threads,peer,operations,missed,nanos,cpu_nanos,written");
    turns.forEach(
        (row, found) ->
            found.forEach(
                (peer, turn) ->
                    lines.add(
                        String.join(
                            ",",
                            String.valueOf(row.bed().size()),
                            row.operation().word(),
                            String.valueOf(row.threads()),
                            peer.word(),
                            turn.format().replace(' ', ',')))));
    return String.join("\n", lines) + "\n";
  }
}
