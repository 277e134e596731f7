package dev.larder.server.http;

import java.nio.charset.StandardCharsets;

/** What {@code /metrics} shows. Safe for all threads. */
public interface MetricsPage {

  /** Its content type. */
  String contentType();

  /** Its text now. May take as long as looking at all metrics takes. */
  byte[] text();

  /** A page with nothing on it. */
  static MetricsPage empty() {
    return new MetricsPage() {
      @Override
      public String contentType() {
        return "text/plain; version=0.0.4; charset=utf-8";
      }

      @Override
      public byte[] text() {
        return "# no metrics are kept\n".getBytes(StandardCharsets.UTF_8);
      }
    };
  }
}
