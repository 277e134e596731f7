package dev.larder.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Larder;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Node;
import dev.larder.server.core.Phase;
import dev.larder.server.core.Telemetry.Protocol;
import dev.larder.server.core.Work;
import dev.larder.server.http.MetricsPage;
import dev.larder.spi.Bytes;
import dev.larder.testkit.VirtualClock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class MetersTest {
  /** A line of the text format: a name, labels or none, a number. */
  private static final Pattern LINE =
      Pattern.compile("[a-z_0-9]+(\\{[^}]*\\})? ([-+0-9.eE]+|\\+Inf|NaN)");

  private final VirtualClock clock = new VirtualClock();
  private final Databases databases = new Databases(Larder.builder().clock(clock), Map.of());
  private final Work work = new Work(10);
  private final Meters meters = new Meters(new FailureLog(clock));
  private final PrometheusPage page =
      new PrometheusPage(new Metrics(meters, databases, work, new Here()));

  private static final class Here implements Node {
    @Override
    public String id() {
      return "node-1";
    }

    @Override
    public Phase phase() {
      return Phase.READY;
    }

    @Override
    public Duration uptime() {
      return Duration.ofMillis(1_500);
    }
  }

  @AfterEach
  void close() {
    page.close();
    work.close();
    databases.close();
  }

  private List<String> lines() {
    return page.page(MetricsPage.PROMETHEUS).lines().toList();
  }

  private void assertLine(String line) {
    assertTrue(lines().contains(line), () -> line + " is not in\n" + String.join("\n", lines()));
  }

  @Test
  void everyLineIsWhatPrometheusReads() {
    meters.operations(Protocol.RESP, "get", 3, 300_000);
    for (var line : lines()) {
      assertTrue(line.startsWith("# ") || LINE.matcher(line).matches(), line);
    }
  }

  @Test
  void operationsOfOneBatchCountEachWithTheirShare() {
    meters.operations(Protocol.RESP, "get", 16, 16 * 20_000);
    meters.operations(Protocol.RESP, "get", 1, 3_000_000);
    var labels = "{operation=\"get\",protocol=\"resp\"";
    assertLine("larder_operation_seconds_bucket" + labels + ",le=\"1.0E-5\"} 0");
    assertLine("larder_operation_seconds_bucket" + labels + ",le=\"2.5E-5\"} 16");
    assertLine("larder_operation_seconds_bucket" + labels + ",le=\"0.0025\"} 16");
    assertLine("larder_operation_seconds_bucket" + labels + ",le=\"0.005\"} 17");
    assertLine("larder_operation_seconds_bucket" + labels + ",le=\"+Inf\"} 17");
    assertLine("larder_operation_seconds_count" + labels + "} 17");
    assertLine("larder_operation_seconds_sum" + labels + "} 0.00332");
  }

  @Test
  void whatIsSlowerThanTheLastStepCountsToo() {
    meters.operations(Protocol.HTTP, "slow", 1, Duration.ofMinutes(1).toNanos());
    var labels = "{operation=\"slow\",protocol=\"http\"";
    assertLine("larder_operation_seconds_bucket" + labels + ",le=\"10.0\"} 0");
    assertLine("larder_operation_seconds_bucket" + labels + ",le=\"+Inf\"} 1");
  }

  @Test
  void connectionsBytesAndRefusalsAreCountedByProtocol() {
    meters.connection(Protocol.HTTP, true);
    meters.connection(Protocol.HTTP, true);
    meters.connection(Protocol.HTTP, false);
    meters.transferred(Protocol.RESP, 7, 0);
    meters.transferred(Protocol.RESP, 0, 9);
    meters.refused(Protocol.RESP, "idle");
    assertLine("larder_connections{protocol=\"http\"} 1.0");
    assertLine("larder_connections_opened_total{protocol=\"http\"} 2.0");
    assertLine("larder_network_received_bytes_total{protocol=\"resp\"} 7.0");
    assertLine("larder_network_sent_bytes_total{protocol=\"resp\"} 9.0");
    assertLine("larder_connections_refused_total{protocol=\"resp\",reason=\"idle\"} 1.0");
  }

  @Test
  void namesAreBounded() {
    for (var name = 0; name < 2_000; name++) {
      meters.operations(Protocol.RESP, "made-up-" + name, 1, 1);
      meters.refused(Protocol.RESP, "made-up-" + name);
    }
    assertEquals(513, meters.side(Protocol.RESP).operations().size());
    assertEquals(513, meters.side(Protocol.RESP).refusals().size());
    assertLine("larder_connections_refused_total{protocol=\"resp\",reason=\"others\"} 1488.0");
  }

  @Test
  void cachesTellHitsMissesByCauseAndSizes() {
    var database = databases.first();
    var key = new Bytes(new byte[] {1});
    database.front().put(key, database.contents().raw(new byte[100]));
    database.get(key);
    assertLine("larder_cache_entries{cache=\"default\"} 1.0");
    database.control().evict(1);
    database.get(key);
    database.get(new Bytes(new byte[] {2}));
    assertLine("larder_cache_hits_total{cache=\"default\"} 1.0");
    assertLine("larder_cache_misses_total{cache=\"default\",cause=\"evicted\"} 1.0");
    assertLine("larder_cache_misses_total{cache=\"default\",cause=\"unknown\"} 1.0");
    assertLine("larder_cache_evictions_total{cache=\"default\"} 1.0");
    assertLine("larder_cache_puts_total{cache=\"default\"} 1.0");
    assertLine("larder_cache_entries{cache=\"default\"} 0.0");
    assertLine("larder_cache_max_entries{cache=\"default\"} 10000.0");
    assertLine("larder_cache_max_bytes{cache=\"default\"} 5.36870912E8");
  }

  @Test
  void serverJvmAndProcessAreThere() {
    assertLine("larder_node{node=\"node-1\"} 1.0");
    assertLine("larder_phase{state=\"ready\"} 1.0");
    assertLine("larder_phase{state=\"draining\"} 0.0");
    assertLine("larder_health{state=\"healthy\"} 1.0");
    assertLine("larder_uptime_seconds 1.5");
    for (var name :
        new String[] {
          "jvm_memory_used_bytes",
          "jvm_threads_live_threads",
          "jvm_gc_live_data_size_bytes",
          "process_cpu_usage",
          "system_cpu_usage",
          "process_uptime_seconds",
          "larder_buffer_bytes"
        }) {
      assertTrue(lines().stream().anyMatch(line -> line.startsWith(name)), name);
    }
  }

  @Test
  void openMetricsEndsAsThatFormatDoes() {
    assertTrue(page.page(MetricsPage.OPEN_METRICS).endsWith("# EOF\n"));
  }

  @Test
  void failuresOfOneKindAreLoggedOnceAMinuteAndWithoutWhatTheyQuote() {
    List<String> lines;
    try (var told = Told.by("operations")) {
      for (var times = 0; times < 100; times++) {
        meters.failed(Protocol.RESP, "get", new IllegalStateException("of key sekret"));
      }
      meters.failed(Protocol.RESP, "get", new ArithmeticException("sekret"));
      clock.advance(Duration.ofMinutes(1));
      meters.failed(Protocol.RESP, "get", new IllegalStateException("of key sekret"));
      lines = told.lines();
    }
    assertEquals(3, lines.size());
    var last = lines.get(2);
    assertTrue(
        last.contains(
            "error operations operation failed protocol=RESP operation=get untold=99\n"
                + "java.lang.IllegalStateException\n  at "),
        last);
    assertFalse(last.contains("sekret"), last);
    assertLine("larder_operation_failures_total{operation=\"get\",protocol=\"resp\"} 102.0");
  }
}
