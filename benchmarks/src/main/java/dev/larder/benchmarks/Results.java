package dev.larder.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The samples of a comparison. */
final class Results {

  /** A row of the tables. */
  record Row(Case what, int threads) {
    String title() {
      return what.title() + ", " + threads + (threads == 1 ? " thread" : " threads");
    }
  }

  private final Map<Row, Map<Peer, List<Sample>>> samples = new LinkedHashMap<>();

  void add(Row row, Peer peer, Sample sample) {
    samples
        .computeIfAbsent(row, any -> new LinkedHashMap<>())
        .computeIfAbsent(peer, any -> new ArrayList<>())
        .add(sample);
  }

  /** The rows in which a peer of the family was measured, in the order of measurement. */
  List<Row> rows(Peer.Family family) {
    return samples.entrySet().stream()
        .filter(row -> row.getValue().keySet().stream().anyMatch(p -> p.family() == family))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The peers of the family that were measured, in the order of {@link Peer}. */
  List<Peer> peers(Peer.Family family) {
    return family.peers().stream()
        .filter(peer -> samples.values().stream().anyMatch(row -> row.containsKey(peer)))
        .toList();
  }

  /** All samples of that peer in that row; none if it was not measured. */
  List<Sample> of(Row row, Peer peer) {
    return samples.getOrDefault(row, Map.of()).getOrDefault(peer, List.of());
  }

  /** Operations per microsecond. */
  OptionalDouble rate(Row row, Peer peer, Measure measure) {
    var found = of(row, peer);
    return found.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(measure.rate(found));
  }

  /**
   * How much of the processors that they could use the peers got, in the worst row. A peer with
   * threads of its own may use more than its share.
   */
  double processorShare() {
    var least = 1.0;
    for (var row : samples.entrySet()) {
      var all = row.getValue().values().stream().flatMap(List::stream).toList();
      var used = all.stream().mapToLong(Sample::cpuNanos).sum();
      var wanted = all.stream().mapToLong(Sample::nanos).sum() * row.getKey().threads();
      least = Math.min(least, (double) used / wanted);
    }
    return least;
  }
}
