package dev.larder.benchmarks.remote;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Results as text. Tables are Markdown that reads well as it is. */
record Report(Map<Row, Map<Client, List<Turn>>> turns) {

  String markdown() {
    return "## Operations a second, and what each cost\n\n"
        + rates()
        + "\n## Targets\n\n"
        + targets();
  }

  private String rates() {
    var text =
        new StringBuilder(
            "| | | operations/s | p50, µs | p99, µs | CPU µs, client | server | requests | bytes to"
                + " server | back | rate of ours to it | by CPU |\n"
                + "|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    turns.forEach(
        (row, found) ->
            found.forEach(
                (client, list) -> {
                  text.append(line(row.title(), client, list));
                  text.append(ratios(found.getOrDefault(row.clients().get(0), list), list));
                }));
    return text.toString();
  }

  private static String line(String title, Client client, List<Turn> list) {
    return String.format(
        Locale.ROOT,
        "| %-38s | %-20s | %11.0f | %8.1f | %8.1f | %7.3f | %7.3f | %6.3f | %6.0f | %6.0f |",
        title,
        client.title(),
        Turn.median(list, Turn::rate),
        Turn.median(list, turn -> turn.p50() / 1e3),
        Turn.median(list, turn -> turn.p99() / 1e3),
        Turn.each(list, Turn::cpu) / 1e3,
        Turn.each(list, turn -> turn.server().cpu()) / 1e3,
        Turn.each(list, turn -> turn.server().requests()),
        Turn.each(list, turn -> turn.server().in()),
        Turn.each(list, turn -> turn.server().out()));
  }

  /** How the first client of the row does beside this one. */
  private static String ratios(List<Turn> first, List<Turn> other) {
    return first.equals(other)
        ? " | |\n"
        : String.format(
            Locale.ROOT,
            " %.2f | %.2f |\n",
            Turn.median(first, Turn::rate) / Turn.median(other, Turn::rate),
            Turn.micros(other) / Turn.micros(first));
  }

  private String targets() {
    var text =
        new StringBuilder(
            """
            | ratio | measured | from to | by CPU | target | aim | |
            |---|---:|---|---:|---:|---:|---|
            """);
    turns.forEach(
        (row, found) -> {
          var goal = row.goal();
          if (goal != null) {
            text.append(
                target(
                    row,
                    goal,
                    found.getOrDefault(goal.ours(), List.of()),
                    found.getOrDefault(goal.against(), List.of())));
          }
        });
    return text.toString();
  }

  private static String target(Row row, Row.Goal goal, List<Turn> ours, List<Turn> theirs) {
    var ratio = Turn.median(ours, Turn::rate) / Turn.median(theirs, Turn::rate);
    return String.format(
        Locale.ROOT,
        "| %s: %s against %s | %.2f | %s | %.2f | %.2f | %.2f | %s |\n",
        row.title(),
        goal.ours().title(),
        goal.against().title(),
        ratio,
        spread(ours, theirs),
        Turn.micros(theirs) / Turn.micros(ours),
        goal.target(),
        goal.aim(),
        ratio >= goal.aim() ? "met, aim" : ratio >= goal.target() ? "met" : "missed");
  }

  /** The ratios of the single rounds: how far to trust their middle. */
  private static String spread(List<Turn> ours, List<Turn> theirs) {
    var least = Double.POSITIVE_INFINITY;
    var most = 0.0;
    for (var round = 0; round < Math.min(ours.size(), theirs.size()); round++) {
      var ratio = ours.get(round).rate() / theirs.get(round).rate();
      least = Math.min(least, ratio);
      most = Math.max(most, ratio);
    }
    return String.format(Locale.ROOT, "%.2f to %.2f", least, most);
  }

  /** Every turn, for other programs. */
  String csv() {
    var text =
        new StringBuilder(
            "operation,threads,client,operations,missed,nanos,client_cpu_nanos,p50_nanos,p99_nanos,"
                + "requests,bytes_in,bytes_out,server_cpu_nanos\n");
    turns.forEach(
        (row, found) ->
            found.forEach((client, list) -> list.forEach(turn -> line(text, row, client, turn))));
    return text.toString();
  }

  private static void line(StringBuilder text, Row row, Client client, Turn turn) {
    text.append(row.operation().name().toLowerCase(Locale.ROOT)).append(',');
    text.append(row.threads()).append(',').append(client.word()).append(',');
    text.append(turn.format().replace(' ', ',')).append(',');
    var server = turn.server();
    text.append(server.requests()).append(',').append(server.in()).append(',');
    text.append(server.out()).append(',').append(server.cpu()).append('\n');
  }
}
