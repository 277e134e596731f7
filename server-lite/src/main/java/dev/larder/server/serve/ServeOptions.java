package dev.larder.server.serve;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/** The options of {@code larder serve}: each sets one key path of the configuration. */
final class ServeOptions {

  /**
   * One option.
   *
   * @param name without its dashes
   * @param path the key path it sets
   * @param label what its value is called, empty for an option without one
   * @param variable the short name of the variable, null where the path gives it
   */
  record Row(String name, String path, String label, @Nullable String variable, String meaning) {

    boolean plain() {
      return label.isEmpty();
    }

    String environment() {
      return variable != null
          ? variable
          : "LARDER_" + path.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    OptionSpec option() {
      var builder =
          OptionSpec.builder("--" + name)
              .description(meaning + " (" + fallback() + environment() + ")");
      return plain()
          ? builder.arity("0").type(boolean.class).build()
          : builder.paramLabel(label).type(String.class).build();
    }

    private String fallback() {
      return Optional.ofNullable(Defaults.shown(path))
          .map(text -> "default: " + text + "; ")
          .orElse("");
    }
  }

  /** All of them, in the order of the help. */
  static final List<Row> ROWS =
      List.of(
          row("profile", "PROFILE", "LARDER_PROFILE", "A set of defaults: dev or prod, see below."),
          row("node-id", "NAME", "LARDER_NODE_ID", "The name of this server."),
          row("host", "ADDRESS", "LARDER_HOST", "The address to listen on."),
          row("port", "PORT", "LARDER_PORT", "The port of REST, 0 for any."),
          row("resp-port", "PORT", "LARDER_RESP_PORT", "The port of RESP, 0 for any, or off."),
          row(
              "password",
              "TEXT",
              "LARDER_PASSWORD",
              "What clients have to know. Others on this machine can see options: rather use the"
                  + " variable or a file."),
          row("password-file", "FILE", "LARDER_PASSWORD_FILE", "Has the password as first line."),
          row(
              "insecure",
              "",
              "LARDER_INSECURE",
              "Allow other addresses than loopback without a password."),
          row("tls.certificate", "FILE", "LARDER_TLS_CERTIFICATE", "Certificate chain in PEM."),
          row("tls.key", "FILE", "LARDER_TLS_KEY", "Private key in PEM, PKCS 8."),
          row(
              "tls.client-authority",
              "FILE",
              "LARDER_TLS_CLIENT_AUTHORITY",
              "Who signs the certificates of clients, in PEM."),
          row(
              "tls.client-certificates",
              "WORD",
              "LARDER_TLS_CLIENT_CERTIFICATES",
              "none, optional or required."),
          row("tls.protocols", "LIST", "LARDER_TLS_PROTOCOLS", "Of TLSv1.2, TLSv1.3."),
          row("limits.key-bytes", "SIZE", null, "The longest key."),
          row("limits.value-bytes", "SIZE", null, "The longest value."),
          row("limits.connections", "N", null, "Open connections at once."),
          row("limits.request-bytes", "SIZE", null, "The longest request as a whole."),
          row("limits.batch", "N", null, "Operations of a batch, arguments of a command."),
          row("limits.output-bytes", "SIZE", null, "Bytes that wait for a slow client."),
          row("limits.idle", "TIME", null, "Connections that say nothing are closed after this."),
          row("limits.handshake", "TIME", null, "How long a client may take to log in."),
          row("limits.waiting", "N", null, "Operations that wait for a store."),
          row("event-loops", "N", "LARDER_EVENT_LOOPS", "Threads that serve connections."),
          row("transport", "WORD", "LARDER_TRANSPORT", "auto, epoll, io_uring or nio."),
          row(
              "snapshot",
              "FILE",
              "LARDER_SNAPSHOT",
              "Restore entries from there at start, save them there at the end."),
          row("load-test", "", "LARDER_LOAD_TEST", "Have POST /test/load."),
          row(
              "databases",
              "LIST",
              "LARDER_DATABASES",
              "Numbers of caches in RESP, such as sessions=1,prices=2."),
          row("log-level", "LEVEL", "LARDER_LOG_LEVEL", "trace, debug, info, warn, error or off."),
          row("log-format", "WORD", "LARDER_LOG_FORMAT", "text or json."),
          row(
              "shutdown-timeout",
              "TIME",
              "LARDER_SHUTDOWN_TIMEOUT",
              "For requests in flight at the end; never for as long as they take."),
          cache("max-size", "maximum-entries", "N", "LARDER_MAX_SIZE", "Entries of a cache."),
          cache("max-memory", "maximum-bytes", "SIZE", "LARDER_MAX_MEMORY_MB", "Its bytes."),
          cache("ttl", "expire-after-write", "TIME", "LARDER_TTL", "How long entries live."),
          cache(
              "cleanup-interval",
              "cleanup-interval",
              "TIME",
              "LARDER_CLEANUP_INTERVAL",
              "Between two runs of the cleaner."));

  private ServeOptions() {}

  private static Row row(String name, String label, @Nullable String variable, String meaning) {
    return new Row(name.replace('.', '-'), "server." + name, label, variable, meaning);
  }

  private static Row cache(String name, String key, String label, String variable, String meaning) {
    return new Row(name, "defaults." + key, label, variable, meaning);
  }
}
