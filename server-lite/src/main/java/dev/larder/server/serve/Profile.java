package dev.larder.server.serve;

import java.util.Map;

/** A set of defaults; whatever is set anywhere wins over them. */
enum Profile {
  /** What holds where nobody chose. */
  NONE,
  /** For a developer's machine: says more, has the load test, ends at once. */
  DEV,
  /** For machines that are watched by other machines: lines of JSON, patience at the end. */
  PROD;

  /** By key path. */
  Map<String, String> defaults() {
    return switch (this) {
      case NONE -> Map.of();
      case DEV ->
          Map.of(
              "server.log-level", "debug",
              "server.load-test", "true",
              "server.shutdown-timeout", "1s");
      case PROD ->
          Map.of(
              "server.log-format", "json",
              "server.shutdown-timeout", "30s",
              "server.limits.handshake", "5s",
              "server.limits.idle", "1h");
    };
  }
}
