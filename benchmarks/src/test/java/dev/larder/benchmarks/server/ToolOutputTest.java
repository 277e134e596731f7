package dev.larder.benchmarks.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the tools of Debian 12 print, as we read it. */
class ToolOutputTest {

  @Test
  void redisBenchmarkTellsRateAndPercentileInCsv() throws IOException {
    var output =
        """
        "test","rps","avg_latency_ms","min_latency_ms","p50_latency_ms","p95_latency_ms","p99_latency_ms","max_latency_ms"
        "GET","87336.24","0.309","0.080","0.279","0.479","0.815","3.959"
        """;
    assertEquals(new Sample(87336.24, 0.815), RedisBenchmark.parse(output));
  }

  @Test
  void redisBenchmarkWithoutResultIsAFailure() {
    assertThrows(IOException.class, () -> RedisBenchmark.parse("Could not connect\n"));
    assertThrows(IOException.class, () -> RedisBenchmark.parse("\"GET\",\"87336.24\"\n"));
  }

  private static final String WRK =
      """
        Latency Distribution
           50%    1.90ms
           99%  171.98us
        17967 requests in 1.02s, 1.39MB read
      Requests/sec:  17649.23
      """;

  @Test
  void wrkTellsRateAndPercentileInItsUnit() throws IOException {
    assertEquals(new Sample(17649.23, 0.17198), Wrk.parse(WRK));
    assertEquals(171.98, Wrk.parse(WRK.replace("98us", "98ms")).p99());
    assertEquals(171_980, Wrk.parse(WRK.replace("98us", "98s")).p99());
  }

  @Test
  void anErrorThatWrkMetIsAFailure() {
    var errors = WRK + "  Non-2xx or 3xx responses: 26042\n";
    var thrown = assertThrows(IOException.class, () -> Wrk.parse(errors));
    assertTrue(thrown.getMessage().contains("26042"), thrown.getMessage());
    assertThrows(IOException.class, () -> Wrk.parse("unable to connect\n"));
  }

  @Test
  void h2loadTellsRateWhenAllSucceeded() throws IOException {
    var output =
        """
        finished in 455.10ms, 2197.30 req/s, 1.2MB/s
        requests: 1000 total, 1000 started, 1000 done, 1000 succeeded, 0 failed, 0 errored, 0 timeout
        """;
    assertEquals(2197.30, H2load.parse(output, 1_000).rate());
    assertThrows(IOException.class, () -> H2load.parse(output, 1_001));
  }

  @Test
  void theHeapIsThatOfAllGenerationsAndNothingElse() throws IOException {
    var parallel =
        """
         PSYoungGen      total 18944K, used 325K [0x1, 0x2, 0x3)
          eden space 16384K, 1% used [0x1,0x2,0x3)
         ParOldGen       total 44032K, used 9000K [0x1, 0x2, 0x3)
          object space 44032K, 0% used [0x1,0x2,0x3)
         Metaspace       used 12345K, committed 15000K, reserved 1114112K
          class space    used 1000K, committed 1500K, reserved 1048576K
        """;
    assertEquals((325L + 9_000L) << 10, Heap.parse(parallel));
    assertThrows(IOException.class, () -> Heap.parse("no such process"));
  }

  @Test
  void theMedianOfAnEvenNumberIsBetweenTheMiddleTwo() {
    assertEquals(2.5, Sample.median(4, 1, 3, 2));
    var samples = List.of(new Sample(1, 30), new Sample(2, 10), new Sample(3, 20));
    assertEquals(new Sample(2, 20), Sample.median(samples));
  }
}
