package dev.larder.server.serve;

import dev.larder.server.http.MetricsPage;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * What {@code GET /metrics} answers: the server's own metrics and those of the JVM and the process.
 * Micrometer and Prometheus are loaded by the first request for it, since a start in a fraction of
 * a second has no time for them. Safe for all threads.
 */
@Singleton
final class PrometheusPage implements MetricsPage, AutoCloseable {
  private final Metrics metrics;
  private @Nullable PrometheusMeterRegistry registry;
  private @Nullable JvmGcMetrics pauses;

  @Inject
  PrometheusPage(Metrics metrics) {
    this.metrics = metrics;
  }

  /** The page in that format, a media type of Prometheus or OpenMetrics. */
  @Override
  public String page(String contentType) {
    return registry().scrape(contentType);
  }

  private synchronized PrometheusMeterRegistry registry() {
    if (registry == null) {
      var inner = new PrometheusRegistry();
      inner.register(metrics);
      registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT, inner, Clock.SYSTEM);
      pauses = new JvmGcMetrics();
      pauses.bindTo(registry);
      new JvmMemoryMetrics().bindTo(registry);
      new JvmThreadMetrics().bindTo(registry);
      new ClassLoaderMetrics().bindTo(registry);
      new ProcessorMetrics().bindTo(registry);
      new FileDescriptorMetrics().bindTo(registry);
      new UptimeMetrics().bindTo(registry);
    }
    return registry;
  }

  @Override
  public synchronized void close() {
    if (pauses != null) {
      pauses.close();
    }
  }
}
