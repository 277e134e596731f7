package dev.larder.server.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.TierStats;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTest {
  @Test
  void figuresAreThoseOfBothRuns() {
    var text =
        print(
            new Report(
                outcome(40_000, 0xabcL), outcome(10_000, 0xabcL), 25, 20, 3_200_000, List.of()));
    assertEquals(
        """

                                   without cache     with Larder
        database queries                     100              25   75 saved
        hit ratio                              -          75.0 %
        look-up, p50                    40.00 us        10.00 us
        look-up, p99                    40.00 us        10.00 us
        time in look-ups                  0.00 s          0.00 s   4.0 times as fast
        heap held by the cache                 -          3.2 MB   for 20 products

        Both runs returned the same data (checksum 0000000000000abc).
        """,
        text);
  }

  @Test
  void tiersAreRowsOfTheirOwn() {
    var tiers =
        List.of(
            new TierStats("memory", 60, 5, 20, 3_200_000), new TierStats("disk", 15, 0, 90, 9_000));
    var report = new Report(outcome(1, 1), outcome(1, 1), 25, 20, 1, tiers);
    assertTrue(
        print(report)
            .contains(
                """
          answered by memory                   -          60.0 %   20 products
          answered by disk                     -          15.0 %   90 products
        """),
        () -> print(report));
  }

  @Test
  void differentDataIsSaidAloud() {
    var report = new Report(outcome(1, 1), outcome(1, 2), 25, 20, 1, List.of());
    assertFalse(report.same());
    assertTrue(print(report).contains("WRONG: the runs returned different data"));
  }

  private static Replay.Outcome outcome(long nanos, long checksum) {
    var latencies = new Latencies(100);
    for (var i = 0; i < 100; i++) {
      latencies.add(nanos);
    }
    return new Replay.Outcome(latencies, checksum);
  }

  private static String print(Report report) {
    var text = new StringWriter();
    report.print(new PrintWriter(text));
    return text.toString().replace(System.lineSeparator(), "\n");
  }
}
