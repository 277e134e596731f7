package dev.larder.micrometer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * A real registry of Prometheus, read as Prometheus does: over HTTP. Its clock stands still between
 * readings.
 */
final class Scrape implements AutoCloseable {
  private final MockClock clock = new MockClock();
  private final HttpServer server;
  final PrometheusMeterRegistry registry;

  Scrape() {
    Clock given = clock;
    registry =
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), given);
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/metrics", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    var text = registry.scrape().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, text.length);
    exchange.getResponseBody().write(text);
    exchange.close();
  }

  /** The lines of the caches, some time later, without comments. */
  List<String> lines() {
    clock.add(Duration.ofNanos(Sampled.NANOS));
    return linesNow();
  }

  /** As {@link #lines}, at the same moment as the last ones. */
  List<String> linesNow() {
    var address = "http://127.0.0.1:" + server.getAddress().getPort() + "/metrics";
    try (var in = URI.create(address).toURL().openStream()) {
      var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> line.startsWith("cache_")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The value of that line. */
  double value(String series) {
    return lines().stream()
        .filter(line -> line.startsWith(series + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(series.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(series + " is not among " + linesNow()));
  }

  @Override
  public void close() {
    server.stop(0);
    registry.close();
  }
}
