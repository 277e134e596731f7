package dev.larder.micrometer;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.MockClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;

/** A real registry of Prometheus, read as text. Its clock stands still between readings. */
final class Scrape implements AutoCloseable {
  private final MockClock clock = new MockClock();
  final PrometheusMeterRegistry registry;

  Scrape() {
    Clock given = clock;
    registry =
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, new PrometheusRegistry(), given);
  }

  /** The lines of the caches, some time later, without comments. */
  List<String> lines() {
    clock.add(Duration.ofNanos(Sampled.NANOS));
    return linesNow();
  }

  /** As {@link #lines}, at the same moment as the last ones. */
  List<String> linesNow() {
    return registry.scrape().lines().filter(line -> line.startsWith("cache_")).toList();
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
    registry.close();
  }
}
