package dev.larder.config;

import java.util.List;
import java.util.TreeMap;

/** The part of the table that belongs to the server, {@code larder serve}. */
final class ServerKeys {
  static final String PASSWORD = "server.password";
  static final String PASSWORD_FILE = "server.password-file";
  static final String CERTIFICATE = "server.tls.certificate";
  static final String PRIVATE_KEY = "server.tls.key";
  static final String CLIENT_AUTHORITY = "server.tls.client-authority";
  static final String CLIENT_CERTIFICATES = "server.tls.client-certificates";

  /** All of them; what they do where nobody sets them is the server's to know, and tested there. */
  static final List<Key<?>> ALL =
      List.of(
          key(
              "server.profile",
              words("dev", "prod").example("prod"),
              "none",
              "A set of defaults for the other keys of the server, which server.md lists."),
          key(
              "server.node-id",
              Kinds.TEXT.example("node-1"),
              "chosen at start",
              "The name of this server."),
          key(
              "server.host",
              Kinds.TEXT.example("127.0.0.1"),
              "loopback",
              "The address the server listens on; any but loopback wants a password."),
          key(
              "server.port",
              Kinds.count(0, 65_535).example("8081"),
              "8080",
              "The port of REST, 0 for any."),
          key(
              "server.resp-port",
              ServerKinds.PORT_OR_OFF.example("off"),
              "6379",
              "The port of RESP, 0 for any, off for none."),
          key(
              PASSWORD,
              Kinds.TEXT.example("secret"),
              "none",
              "What clients of REST and RESP have to know."),
          key(
              PASSWORD_FILE,
              Kinds.TEXT.example("/run/secrets/larder"),
              "none",
              "A file that holds the password in its first line."),
          key(
              "server.insecure",
              Kinds.FLAG.example("true"),
              "false",
              "Whether the server may listen on other addresses than loopback without a password."),
          key(
              CERTIFICATE,
              Kinds.TEXT.example("/etc/larder/tls.crt"),
              "no TLS",
              "The certificate chain in PEM, read again when it changes; needs server.tls.key."),
          key(
              PRIVATE_KEY,
              Kinds.TEXT.example("/etc/larder/tls.key"),
              "no TLS",
              "The private key in PEM (PKCS 8, no password)."),
          key(
              CLIENT_AUTHORITY,
              Kinds.TEXT.example("/etc/larder/clients.crt"),
              "none",
              "The certificates in PEM that sign those of clients."),
          key(
              CLIENT_CERTIFICATES,
              words("none", "optional", "required"),
              "required with a client authority, else none",
              "Whether clients have to show a certificate."),
          key(
              "server.tls.protocols",
              ServerKinds.listOf("TLSv1.2", "TLSv1.3"),
              "TLSv1.2,TLSv1.3",
              "The versions of TLS."),
          key(
              "server.limits.key-bytes",
              ServerKinds.size(1, 16 << 20),
              "256KB",
              "The longest key."),
          key(
              "server.limits.value-bytes",
              ServerKinds.size(1, 512 << 20).example("16MB"),
              "64MB",
              "The longest value."),
          key(
              "server.limits.connections",
              Kinds.count(1, 1_000_000).of("connections").example("2000"),
              "10000",
              "Open connections at once, over all ports."),
          key(
              "server.limits.request-bytes",
              ServerKinds.size(1 << 10, 1 << 30).example("32MB"),
              "65MB",
              "The longest request: a body, or all arguments of one command."),
          key(
              "server.limits.batch",
              Kinds.count(1, 1 << 20).example("10000"),
              "100000",
              "Operations of one batch, arguments of one command, entries of one page."),
          key(
              "server.limits.output-bytes",
              ServerKinds.size(1 << 10, 1 << 30).example("32MB"),
              "64MB",
              "Bytes that wait for a client that does not read, before it is disconnected."),
          key(
              "server.limits.idle",
              Kinds.PAUSE.example("5m"),
              "never",
              "After how long a connection that says nothing is closed."),
          key(
              "server.limits.handshake",
              Kinds.INTERVAL.example("5s"),
              "10s",
              "How long a TLS handshake and the password of a new connection may take."),
          key(
              "server.limits.waiting",
              Kinds.count(1, 1_000_000).of("operations").example("2000"),
              "10000",
              "Operations that wait for a store, before more are refused."),
          key(
              "server.event-loops",
              Kinds.count(1, 256).of("threads").example("4"),
              "half the processors",
              "Threads that serve connections."),
          key(
              "server.transport",
              words("auto", "epoll", "io_uring", "nio").example("nio"),
              "auto",
              "How sockets are read: auto takes epoll where it is there, else nio."),
          key(
              "server.snapshot",
              Kinds.TEXT.example("/var/lib/larder/snapshot"),
              "none",
              "The file from which the default cache is restored at start, and to which it is saved"
                  + " at an orderly end; other caches stand beside it, their names appended."),
          key(
              "server.load-test",
              Kinds.FLAG.example("true"),
              "false",
              "Whether POST /test/load is there."),
          key(
              "server.databases",
              ServerKinds.NUMBERED,
              "none",
              "Caches with their database numbers in RESP; number 0 is the default cache."),
          key(
              "server.log-level",
              words("trace", "debug", "info", "warn", "error", "off").example("warn"),
              "info",
              "How much the server logs."),
          key("server.log-format", words("text", "json"), "text", "How a line of the log looks."),
          key(
              "server.shutdown-timeout",
              Kinds.PAUSE.example("5s"),
              "10s",
              "How long requests in flight may take once the server is told to end."));

  private ServerKeys() {}

  private static Kind<String> words(String... words) {
    var map = new TreeMap<String, String>();
    for (var word : words) {
      map.put(word, word);
    }
    return Kinds.choice(String.class, map);
  }

  private static <T> Key<T> key(String name, Kind<T> kind, String fallback, String meaning) {
    return new Key<>(name, kind, fallback, "", meaning, Key.Setter.none());
  }
}
