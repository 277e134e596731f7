package dev.larder.benchmarks;

import dev.larder.benchmarks.Results.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What Larder shall reach, each as a ratio within one run.
 *
 * @param title what is compared
 * @param above the rate of Larder that counts
 * @param below the rates that it is compared with; the best of them counts
 * @param target what the ratio must be
 * @param aim what it should be
 */
record Targets(String title, Rate above, List<Rate> below, double target, double aim) {

  /** A rate of one peer in one row. */
  record Rate(Peer peer, Case what, int threads) {
    OptionalDouble of(Results results, Measure measure) {
      return results.rate(new Row(what, threads), peer, measure);
    }
  }

  static List<Targets> all() {
    var all = new ArrayList<Targets>();
    all.add(against(Case.READ, 1, 0.7, 0.9, Peer.MAP));
    all.add(against(Case.READ, 2, 0.7, 0.85, Peer.MAP));
    all.add(against(Case.READ, 1, 3, 4.5, Peer.CAFFEINE));
    all.add(against(Case.READ, 2, 3.3, 4, Peer.CAFFEINE));
    all.add(against(Case.MIX, 1, 2, 2.7, Peer.CAFFEINE, Peer.CACHE2K));
    all.add(against(Case.MIX, 2, 2, 2.5, Peer.CAFFEINE, Peer.CACHE2K));
    all.add(against(Case.OVERWRITE, 1, 2, 2.5, Peer.CAFFEINE));
    all.add(against(Case.OVERWRITE, 2, 1.8, 2.5, Peer.CAFFEINE));
    for (var threads = 1; threads <= 2; threads++) {
      all.add(against(Case.EVICTING, threads, 1, 1.5, Peer.CACHE2K));
      all.add(against(Case.EVICTING, threads, 2.4, 4, Peer.CAFFEINE));
    }
    all.add(against(Case.READ_EXPIRE_AFTER_WRITE, 1, 5, 8, Peer.CAFFEINE));
    all.add(againstRead(Case.READ_EXPIRE_AFTER_WRITE, "read without expiry", 1, 0.8, 0.95));
    all.add(againstRead(Case.READ_STATISTICS, "read without statistics", 1, 0.75, 0.9));
    all.add(againstRead(Case.READ, "read with 1 thread", 2, 1.8, 1.95));
    all.addAll(throughJCache());
    return all;
  }

  private static List<Targets> throughJCache() {
    var peers =
        Peer.Family.JCACHE.peers().stream()
            .filter(peer -> !peer.isLarder() && peer.supports(Setup.PLAIN))
            .toArray(Peer[]::new);
    return List.of(
        against(Case.READ, 1, 3, 5, Peer.JCACHE_CAFFEINE),
        against(Case.READ, 1, 1.4, 2, Peer.JCACHE_CACHE2K),
        against(Case.OVERWRITE, 1, 2.5, 3.5, Peer.JCACHE_CAFFEINE),
        against(Case.READ_STATISTICS, 1, 1.1, 1.5, peers),
        against(Case.READ_EXPIRE_AFTER_WRITE, 1, 1.1, 1.5, peers),
        against(Case.READ_EXPIRE_AFTER_ACCESS, 1, 8, 10, peers),
        against(Case.READ_RECORD, 1, 40, 100, Peer.SERIALIZATION),
        against(Case.READ_OBJECT, 1, 8, 20, Peer.SERIALIZATION));
  }

  private static Targets against(Case what, int threads, double target, double aim, Peer... peers) {
    var below = Stream.of(peers).map(peer -> new Rate(peer, what, threads)).toList();
    var jcache = peers[0].family() == Peer.Family.JCACHE;
    var names =
        peers.length > 2
            ? "the best peer"
            : String.join(" and ", Stream.of(peers).map(Peer::title).toList());
    var title = (jcache ? "JCache " : "") + new Row(what, threads).title() + ", against " + names;
    var ours = jcache ? Peer.JCACHE_LARDER : Peer.LARDER;
    return new Targets(title, new Rate(ours, what, threads), below, target, aim);
  }

  private static Targets againstRead(
      Case what, String than, int threads, double target, double aim) {
    var title = new Row(what, threads).title() + ", against " + than;
    var read = new Rate(Peer.LARDER, Case.READ, 1);
    return new Targets(title, new Rate(Peer.LARDER, what, threads), List.of(read), target, aim);
  }

  /** The ratio; nothing if one of the rates was not measured. */
  OptionalDouble ratio(Results results, Measure measure) {
    var ours = above.of(results, measure);
    if (measure == Measure.PROCESSOR && below.get(0).threads() != above.threads()) {
      return OptionalDouble.empty(); // how work scales shows on the clock only
    }
    var theirs = below.stream().map(rate -> rate.of(results, measure)).toList();
    if (ours.isEmpty() || theirs.stream().anyMatch(OptionalDouble::isEmpty)) {
      return OptionalDouble.empty();
    }
    var best = theirs.stream().mapToDouble(OptionalDouble::getAsDouble).max().orElseThrow();
    return OptionalDouble.of(ours.getAsDouble() / best);
  }

  /** The targets that can be told from these results as a table; nothing if there are none. */
  static Optional<String> table(Results results, Measure measure) {
    var text =
        new StringBuilder("| ratio | measured | target | aim | |\n|---|---:|---:|---:|---|\n");
    var lines = 0;
    for (var each : all()) {
      var ratio = each.ratio(results, measure);
      if (ratio.isPresent()) {
        text.append(each.line(ratio.getAsDouble()));
        lines++;
      }
    }
    return lines == 0 ? Optional.empty() : Optional.of(text.toString());
  }

  private String line(double measured) {
    var verdict = measured >= aim ? "aim" : measured >= target ? "target" : "missed";
    return String.format(
        Locale.ROOT,
        "| %-54s | %5.2f | %.2f | %.2f | %s |\n",
        title,
        measured,
        target,
        aim,
        verdict);
  }
}
