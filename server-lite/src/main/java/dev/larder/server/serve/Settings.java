package dev.larder.server.serve;

import dev.larder.LarderBuilder;
import dev.larder.server.core.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Everything that a server is told, checked. Immutable but for {@code caches}, which the server
 * takes over.
 *
 * @param nodeId the name of this server
 * @param listening where it listens, and with what
 * @param guarding whom it lets in
 * @param limits what a client may ask
 * @param logging what it says
 * @param snapshot the file that keeps entries over a restart
 * @param shutdownTimeout how long requests in flight may take at the end; zero for as long as they
 *     take
 * @param loadTest whether clients may have the server load itself
 * @param databases names of caches by their numbers in RESP; number 0 is not among them
 * @param caches where the configuration of caches comes from
 */
public record Settings(
    String nodeId,
    Listening listening,
    Guarding guarding,
    Limits limits,
    Logging logging,
    Optional<Path> snapshot,
    Duration shutdownTimeout,
    boolean loadTest,
    Map<Integer, String> databases,
    LarderBuilder caches) {

  /** Copies the map. */
  public Settings {
    databases = Map.copyOf(databases);
  }

  /**
   * Where a server listens.
   *
   * @param host an address, or a name that resolves to one
   * @param port of HTTP, 0 for any
   * @param respPort of RESP, 0 for any, empty for none
   */
  public record Listening(
      String host, int port, OptionalInt respPort, Transport transport, int eventLoops) {}

  /** How sockets are read. */
  public enum Transport {
    /** Epoll where it is there, else NIO. */
    AUTO,
    /** Linux, by Netty's native library. */
    EPOLL,
    /** Linux from 5.15, by Netty's native library; slower to start, faster with large values. */
    IO_URING,
    /** The Java library. */
    NIO
  }

  /**
   * Whom a server lets in.
   *
   * @param insecure whether it may listen beyond loopback without a password
   */
  public record Guarding(Optional<Secret> password, boolean insecure, Optional<Tls> tls) {}

  /**
   * Certificates, by their files in PEM.
   *
   * @param certificate the chain
   * @param key the private key, PKCS 8 without a password
   * @param clientAuthority who signs the certificates of clients
   * @param protocols versions, as Java calls them
   */
  public record Tls(
      Path certificate,
      Path key,
      Optional<Path> clientAuthority,
      Clients clients,
      Set<String> protocols) {

    /** Copies the set. */
    public Tls {
      protocols = Set.copyOf(protocols);
    }

    /** Whether clients show a certificate. */
    public enum Clients {
      /** They are not asked. */
      NONE,
      /** One that is shown has to be right. */
      OPTIONAL,
      /** Nobody gets in without. */
      REQUIRED
    }
  }

  /** What a server says. */
  public record Logging(Level level, Format format) {

    /** From most to least. */
    public enum Level {
      /** Everything. */
      TRACE,
      /** What helps to find a mistake. */
      DEBUG,
      /** Start, end, and changes of state. */
      INFO,
      /** What somebody should look at. */
      WARN,
      /** What failed. */
      ERROR,
      /** Nothing. */
      OFF
    }

    /** How a line looks. */
    public enum Format {
      /** Time, level, logger, message, for people. */
      TEXT,
      /** One JSON object, for machines. */
      JSON
    }
  }

  /**
   * Reads the file, the environment, the system properties and the properties of the builder, the
   * later winning.
   *
   * @throws dev.larder.ConfigurationException when a setting is wrong
   * @throws SettingsException when a file that a setting names is not as it should be
   */
  public static Settings read(LarderBuilder from) {
    return new SettingsReader(from).read();
  }

  /** Names and values for the log, in pairs; what is secret is not among them. */
  Object[] shown() {
    return new Object[] {
      "node-id", nodeId,
      "host", listening.host(),
      "port", listening.port(),
      "resp-port", listening.respPort().isPresent() ? listening.respPort().getAsInt() : "off",
      "transport", word(listening.transport()),
      "event-loops", listening.eventLoops(),
      "password", guarding.password().isPresent() ? "set" : "none",
      "insecure", guarding.insecure(),
      "tls", guarding.tls().isPresent(),
      "limits", limits,
      "snapshot", snapshot.map(Path::toString).orElse("none"),
      "shutdown-timeout", shutdownTimeout.toMillis() + "ms",
      "load-test", loadTest,
      "databases", databases,
      "log-level", word(logging.level()),
      "log-format", word(logging.format())
    };
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** A word of a setting as the constant of the same name. */
  static <E extends Enum<E>> E constant(Class<E> type, String word) {
    return Enum.valueOf(type, word.toUpperCase(Locale.ROOT));
  }
}
