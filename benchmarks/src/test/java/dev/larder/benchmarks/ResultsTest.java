package dev.larder.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.benchmarks.Results.Row;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ResultsTest {
  private static final Row READ = new Row(Case.READ, 1);

  @Test
  void rateIsTheMedianOfTheRounds() {
    var samples = List.of(sample(10), sample(1_000), sample(30));
    assertEquals(30, Measure.WALL.rate(samples), 1e-9);
    assertEquals(20, Measure.WALL.rate(List.of(sample(10), sample(30))), 1e-9);
  }

  @Test
  void processorRateIsThatOfAllRoundsTogether() {
    var samples = List.of(new Sample(1_000, 1, 10_000), new Sample(3_000, 1, 10_000));
    assertEquals(200, Measure.PROCESSOR.rate(samples), 1e-9);
  }

  @Test
  void samplesSurviveTheWayToTheParent() {
    var sample = new Sample(12, 34, 56);
    assertEquals(sample, Sample.parse(sample.format()));
  }

  @Test
  void processorShareIsThatOfTheWorstRow() {
    var results = new Results();
    results.add(READ, Peer.MAP, new Sample(1, 100, 100));
    results.add(new Row(Case.READ, 2), Peer.MAP, new Sample(1, 100, 100));
    assertEquals(0.5, results.processorShare(), 1e-9);
  }

  @Test
  void tablesHoldEveryPeerAndADashForWhatWasNotMeasured() {
    var results = new Results();
    results.add(READ, Peer.MAP, sample(142));
    results.add(new Row(Case.READ_STATISTICS, 2), Peer.CAFFEINE, sample(26));
    var lines = new Tables(results).markdown(Measure.WALL).lines().toList();
    assertEquals("## In process: operations per microsecond", lines.get(0));
    assertTrue(lines.get(2).matches("\\| +\\| +ConcurrentHashMap \\| +Caffeine \\|"), lines.get(2));
    assertTrue(lines.get(4).matches("\\| read, 1 thread +\\| +142\\.0 \\| +- \\|"), lines.get(4));
    assertTrue(
        lines.get(5).matches("\\| read, statistics on, 2 threads +\\| +- \\| +26\\.0 \\|"),
        lines.get(5));
  }

  @Test
  void targetComparesWithTheBestOfThePeersItNames() {
    var results = new Results();
    var mix = new Row(Case.MIX, 1);
    results.add(mix, Peer.LARDER, sample(50));
    results.add(mix, Peer.CAFFEINE, sample(10));
    assertEquals(Optional.empty(), Targets.table(results, Measure.WALL));
    results.add(mix, Peer.CACHE2K, sample(20));
    var line = Targets.table(results, Measure.WALL).orElseThrow().lines().toList().get(2);
    assertTrue(
        line.matches(
            "\\| 75/25 mix, 1 thread, against Caffeine and cache2k +\\|  2\\.50 \\| 2\\.00 \\| 2\\.70"
                + " \\| target \\|"),
        line);
  }

  @Test
  void scalingIsToldFromTheClockOnly() {
    var results = new Results();
    results.add(READ, Peer.LARDER, sample(50));
    results.add(new Row(Case.READ, 2), Peer.LARDER, sample(90));
    assertEquals(Optional.empty(), Targets.table(results, Measure.PROCESSOR));
    var table = Targets.table(results, Measure.WALL).orElseThrow();
    assertTrue(table.contains("|  1.80 | 1.80 | 1.95 | target |"), table);
  }

  @Test
  void csvHoldsEverySample() {
    var results = new Results();
    results.add(READ, Peer.GUAVA, new Sample(1, 2, 3));
    results.add(READ, Peer.GUAVA, new Sample(4, 5, 6));
    assertEquals(
        """
        family,case,threads,peer,operations,nanos,cpu_nanos
        in_process,read,1,guava,1,2,3
        in_process,read,1,guava,4,5,6
        """,
        new Tables(results).csv());
  }

  private static Sample sample(long rate) {
    return new Sample(rate * 1_000, 1_000_000, 1_000_000);
  }
}
