package dev.larder.server.http;

/** What {@code /metrics} shows. Safe for all threads. */
public interface MetricsPage {
  /** The text format of Prometheus. */
  String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  /** OpenMetrics, which some scrapers prefer. */
  String OPEN_METRICS = "application/openmetrics-text; version=1.0.0; charset=utf-8";

  /** The page in one of the two formats. May take as long as looking at all metrics takes. */
  String page(String contentType);

  /** A page with nothing on it. */
  static MetricsPage empty() {
    return contentType -> contentType.equals(OPEN_METRICS) ? "# EOF\n" : "# nothing is measured\n";
  }
}
