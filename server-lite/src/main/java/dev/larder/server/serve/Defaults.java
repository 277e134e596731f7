package dev.larder.server.serve;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the settings of the server are where nobody sets them; docs/reference.md says so. */
final class Defaults {
  /** Texts by key path; a key that is missing here is not set. */
  static final Map<String, String> TEXTS =
      Map.ofEntries(
          Map.entry("server.host", "127.0.0.1"),
          Map.entry("server.port", "8080"),
          Map.entry("server.resp-port", "6379"),
          Map.entry("server.insecure", "false"),
          Map.entry("server.tls.protocols", "TLSv1.2,TLSv1.3"),
          Map.entry("server.limits.key-bytes", "256KB"),
          Map.entry("server.limits.value-bytes", "64MB"),
          Map.entry("server.limits.connections", "10000"),
          Map.entry("server.limits.request-bytes", "65MB"),
          Map.entry("server.limits.batch", "100000"),
          Map.entry("server.limits.output-bytes", "64MB"),
          Map.entry("server.limits.idle", "never"),
          Map.entry("server.limits.handshake", "10s"),
          Map.entry("server.limits.waiting", "10000"),
          Map.entry("server.transport", "auto"),
          Map.entry("server.load-test", "false"),
          Map.entry("server.log-level", "info"),
          Map.entry("server.log-format", "text"),
          Map.entry("server.shutdown-timeout", "10s"));

  /** What the help says of settings whose default is no text, or not the server's own. */
  private static final Map<String, String> SHOWN =
      Map.of(
          "server.node-id", "made up",
          "server.event-loops", "half the processors",
          "server.tls.client-certificates", "required with an authority",
          "defaults.maximum-entries", "10000",
          "defaults.maximum-bytes", "512MB",
          "defaults.expire-after-write", "never",
          "defaults.cleanup-interval", "60s");

  private Defaults() {}

  /** The default as the help says it, null for none. */
  static @Nullable String shown(String path) {
    var text = TEXTS.get(path);
    return text == null ? SHOWN.get(path) : text;
  }

  /**
   * Event loops of a server: half the processors, since at full load clients, the kernel's network
   * work and the cleaner want the others.
   */
  static int eventLoops() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }
}
