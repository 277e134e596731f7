package dev.larder.micrometer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.CacheSpec;
import dev.larder.Larder;
import io.micrometer.core.instrument.Clock;
import io.micrometer.statsd.StatsdConfig;
import io.micrometer.statsd.StatsdFlavor;
import io.micrometer.statsd.StatsdMeterRegistry;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A real registry of StatsD sends lines over UDP, and this test is the server that reads them. */
class StatsdTest {
  private static final int PATIENCE_MILLIS = 20_000;

  /** Sums of counters and last values of gauges, by the text before the colon and the tags. */
  private final Map<String, Double> seen = new HashMap<>();

  @Test
  @Timeout(60)
  void countersAndGaugesOfACacheArriveAsLines() throws IOException {
    try (var server = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        var larder = Larder.open()) {
      server.setSoTimeout(PATIENCE_MILLIS);
      var registry = new StatsdMeterRegistry(config(server.getLocalPort()), Clock.SYSTEM);
      try {
        LarderMetrics.monitor(registry, larder);
        var spec = CacheSpec.of("users", String.class, String.class).maximumEntries(2);
        var cache = larder.create(spec.statistics(true).build());
        for (var key : new String[] {"a", "b", "c", "d", "e"}) {
          cache.put(key, "value");
        }
        cache.get("nobody");
        readUntil(server, "cache.size:users", 2);
        readUntil(server, "cache.puts:users", 5);
        readUntil(server, "cache.gets:users,miss", 1);
        readUntil(server, "cache.evictions:users,size", 3);
        assertEquals(5, seen.get("cache.puts:users"));
      } finally {
        registry.close();
      }
    }
  }

  private static StatsdConfig config(int port) {
    var settings =
        Map.of(
            "statsd.host", "127.0.0.1",
            "statsd.port", Integer.toString(port),
            "statsd.flavor", StatsdFlavor.DATADOG.name(),
            "statsd.pollingFrequency", Duration.ofMillis(200).toString(),
            "statsd.buffered", "false");
    return settings::get;
  }

  private void readUntil(DatagramSocket server, String series, double value) throws IOException {
    var buffer = new byte[65_536];
    while (seen.getOrDefault(series, -1.0) != value) {
      var packet = new DatagramPacket(buffer, buffer.length);
      server.receive(packet);
      new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8)
          .lines()
          .forEach(this::read);
    }
  }

  /** A line of Datadog's flavour: {@code name:value|type|#tag:value,tag:value}. */
  private void read(String line) {
    var parts = line.split("\\|");
    var name = parts[0].substring(0, parts[0].indexOf(':'));
    var value = Double.parseDouble(parts[0].substring(name.length() + 1));
    var tags = new StringBuilder();
    for (var tag : parts[2].substring(1).split(",")) {
      if (!tag.startsWith("statistic:")) {
        tags.append(tags.isEmpty() ? ":" : ",").append(tag.substring(tag.indexOf(':') + 1));
      }
    }
    seen.merge(name + tags, value, parts[1].equals("c") ? Double::sum : (before, now) -> now);
  }
}
