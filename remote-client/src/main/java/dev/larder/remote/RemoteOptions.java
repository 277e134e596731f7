package dev.larder.remote;

import dev.larder.ConfigurationException;
import dev.larder.Placement;
import dev.larder.spi.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import okhttp3.HttpUrl;

/**
 * What a description says of the way to the servers, checked.
 *
 * @param hosts the servers, the preferred one first
 * @param timeout how long an operation may take for its caller: waiting for its turn, repetitions,
 *     and pauses between them included; of many operations together, each of their requests
 * @param connectTimeout how long connecting may take
 * @param maxRetries how often a request is repeated, within the timeout, when that is safe: it only
 *     reads, or certainly did not arrive
 * @param connections how many batches of operations of one cache are under way at the same time
 * @param room what may wait for its turn, of each cache
 * @param lease how long user code may have a key
 * @param security what is said to the server, and how
 */
record RemoteOptions(
    List<HostAddress> hosts,
    Duration timeout,
    Duration connectTimeout,
    int maxRetries,
    int connections,
    Room room,
    Duration lease,
    Security security) {

  /**
   * How much of one cache may wait for a request; what comes beyond is refused. One operation has
   * room in any case.
   *
   * @param operations how many
   * @param bytes of them all; 64 MiB by default
   */
  record Room(int operations, long bytes) {
    static final int MOST_OPERATIONS = 1_000_000;
    static final Room STANDARD = new Room(10_000, 64L << 20);
  }

  /**
   * Who the client is and whom it trusts.
   *
   * @param tls whether TLS is spoken
   * @param trust a file of certificates (PEM) that are trusted in place of those of the runtime,
   *     empty for those
   * @param user the user, empty for the default one
   * @param password the password or token, empty for none
   * @param credentials the name of the {@link Credentials} to ask instead, empty for none
   */
  record Security(boolean tls, String trust, String user, String password, String credentials) {
    /** Without the secrets. */
    @Override
    public String toString() {
      return tls ? "TLS" : "no TLS";
    }
  }

  /**
   * Where a server listens.
   *
   * @param name its name or address
   * @param port its port for HTTP
   */
  record HostAddress(String name, int port) {
    static final int PORT = 8080;

    /** Whether it is this machine, as far as the name says so. */
    boolean isLoopback() {
      return name.equals("localhost") || name.startsWith("127.") || name.equals("[::1]");
    }

    @Override
    public String toString() {
      return name + ":" + port;
    }
  }

  private static final String GROUP = "remote.";

  /** Options that would be passed over in silence though they are meant for copies. */
  private static final String MEMORY = "memory.";

  static final String HOSTS = GROUP + "hosts";
  static final String TIMEOUT = GROUP + "timeout";
  static final String CONNECT_TIMEOUT = GROUP + "connect-timeout";
  static final String MAX_RETRIES = GROUP + "max-retries";
  static final String CONNECTIONS = GROUP + "connections";
  static final String MAX_QUEUED = GROUP + "max-queued";
  static final String MAX_QUEUED_BYTES = GROUP + "max-queued-bytes";
  static final String LEASE = GROUP + "lease";
  static final String TLS = GROUP + "tls";
  static final String TRUST = GROUP + "trust";
  static final String USER = GROUP + "user";
  static final String PASSWORD = GROUP + "password";
  static final String CREDENTIALS = GROUP + "credentials";
  private static final Set<String> KNOWN =
      Set.of(
          HOSTS,
          TIMEOUT,
          CONNECT_TIMEOUT,
          MAX_RETRIES,
          CONNECTIONS,
          MAX_QUEUED,
          MAX_QUEUED_BYTES,
          LEASE,
          TLS,
          TRUST,
          USER,
          PASSWORD,
          CREDENTIALS);

  /** Reads the options; the name is for messages. */
  static RemoteOptions of(String cache, Placement placement) {
    var read = new Reader(cache, placement.options());
    read.refuseUnknown();
    read.refuseContradictions();
    return new RemoteOptions(
        read.option(
            HOSTS,
            List.of(new HostAddress("127.0.0.1", HostAddress.PORT)),
            "hosts with their HTTP port from 1 to 65535, such as one:8080,[::1]:8080",
            RemoteOptions::hosts),
        read.option(TIMEOUT, Duration.ofSeconds(5), "a time from 1ms to 5m", RemoteOptions::time),
        read.option(
            CONNECT_TIMEOUT, Duration.ofSeconds(2), "a time from 1ms to 5m", RemoteOptions::time),
        read.option(
            MAX_RETRIES, 3, "a number from 0 to 10", text -> (int) Settings.count(text, 0, 10)),
        read.option(
            CONNECTIONS, 4, "a number from 1 to 256", text -> (int) Settings.count(text, 1, 256)),
        new Room(
            read.option(
                MAX_QUEUED,
                Room.STANDARD.operations(),
                "a number from 1 to " + Room.MOST_OPERATIONS,
                text -> (int) Settings.count(text, 1, Room.MOST_OPERATIONS)),
            read.option(
                MAX_QUEUED_BYTES, Room.STANDARD.bytes(), "a size such as 64MB", Settings::size)),
        read.option(LEASE, Duration.ofSeconds(30), "a time from 1ms to 5m", RemoteOptions::time),
        new Security(
            read.option(TLS, false, "true, false", RemoteOptions::flag),
            read.option(TRUST, "", "a file", RemoteOptions::text),
            read.option(USER, "", "a name", RemoteOptions::text),
            read.secret(PASSWORD),
            read.option(CREDENTIALS, "", "a name", RemoteOptions::text)));
  }

  private static List<HostAddress> hosts(String text) {
    var hosts = java.util.Arrays.stream(text.split(",")).map(RemoteOptions::host).toList();
    if (Set.copyOf(hosts).size() < hosts.size()) {
      throw new IllegalArgumentException(Settings.quote(text) + " names a host twice");
    }
    return hosts;
  }

  /**
   * The brackets around an address of IPv6, RFC 3986, 3.2.2, tell its colons from that of a port.
   */
  private static HostAddress host(String given) {
    var text = given.strip();
    var end = text.startsWith("[") ? text.indexOf(']') + 1 : text.indexOf(':');
    if (end >= 0 && !text.startsWith("[") && text.indexOf(':', end + 1) > 0) {
      throw new IllegalArgumentException(
          Settings.quote(text) + " is an address of IPv6 without brackets, as in [::1]:8080");
    }
    var name = end < 0 ? text : text.substring(0, end);
    var rest = end < 0 ? "" : text.substring(end);
    if (rest.startsWith(":/") || (!rest.isEmpty() && !rest.startsWith(":"))) {
      throw new IllegalArgumentException(Settings.quote(text) + " is not a host and its port");
    }
    return new HostAddress(checked(name, text), rest.isEmpty() ? HostAddress.PORT : port(rest));
  }

  private static String checked(String name, String text) {
    try {
      var host = new HttpUrl.Builder().scheme("http").host(name).build().host();
      // An address has many forms; two of one host would not be seen to be equal.
      return host.indexOf(':') < 0 ? name : "[" + host + "]";
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(Settings.quote(text) + " is not a host", e);
    }
  }

  private static int port(String rest) {
    try {
      return (int) Settings.count(rest.substring(1), 1, 65_535);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the port " + e.getMessage(), e);
    }
  }

  private static String text(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("the text is empty");
    }
    return text;
  }

  private static Duration time(String text) {
    var time = Settings.time(text, Duration.ofMillis(1));
    if (time.isZero() || time.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException(Settings.quote(text) + " is out of range");
    }
    return time;
  }

  private static boolean flag(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(Settings.quote(text) + " is not known");
    };
  }

  /** Reads options and says of a wrong one which it is and what is allowed. */
  private record Reader(String cache, Map<String, String> options) {

    void refuseUnknown() {
      for (var name : new TreeSet<>(options.keySet())) {
        if (name.startsWith(MEMORY)) {
          throw wrong(
              name + " is for memory in front of a disk; in front of a server allowed are near.*");
        }
        if (name.startsWith(GROUP) && !KNOWN.contains(name)) {
          throw new ConfigurationException(
              "cache '"
                  + cache
                  + "': unknown option "
                  + name
                  + "; allowed are "
                  + String.join(", ", new TreeSet<>(KNOWN)));
        }
      }
    }

    void refuseContradictions() {
      if (has(PASSWORD) && has(CREDENTIALS)) {
        throw wrong(PASSWORD + " and " + CREDENTIALS + " exclude each other; allowed: one of them");
      }
      if (has(USER) && !has(PASSWORD) && !has(CREDENTIALS)) {
        throw wrong(USER + " needs " + PASSWORD + " or " + CREDENTIALS);
      }
      if (has(TRUST) && !"true".equals(options.getOrDefault(TLS, "false").strip())) {
        throw wrong(TRUST + " needs " + TLS + "=true; without it nothing is encrypted");
      }
    }

    private boolean has(String name) {
      return options.containsKey(name);
    }

    private ConfigurationException wrong(String what) {
      return new ConfigurationException("cache '" + cache + "': " + what);
    }

    /** Never part of a message. As it is: blanks may belong to it. */
    String secret(String name) {
      var secret = options.get(name);
      if (secret != null && secret.isBlank()) {
        throw wrong(
            name + " is wrong: the text is empty; allowed: a password, or no such option for none");
      }
      return secret == null ? "" : secret;
    }

    <T> T option(String name, T standard, String allowed, Function<String, T> reading) {
      var text = options.get(name);
      if (text == null) {
        return standard;
      }
      try {
        return reading.apply(text.strip());
      } catch (IllegalArgumentException e) {
        throw new ConfigurationException(
            "cache '"
                + cache
                + "': "
                + name
                + " is wrong: "
                + e.getMessage()
                + "; allowed: "
                + allowed,
            e);
      }
    }
  }
}
