package dev.larder.server.load;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A server under load.
 *
 * @param protocol what is spoken
 * @param tls whether inside TLS
 * @param host its name or address
 * @param port its port
 * @param password null for none
 */
public record Target(
    Protocol protocol, boolean tls, String host, int port, @Nullable String password) {

  /** What is spoken. */
  public enum Protocol {
    /** The Redis protocol. */
    RESP(6379),
    /** HTTP/1.1, the short paths. */
    HTTP(8080);

    private final int port;

    Protocol(int port) {
      this.port = port;
    }
  }

  /**
   * From an address such as {@code redis://:password@host:6379}, {@code rediss://host}, {@code
   * http://host:8080} or {@code https://host}.
   *
   * @throws IllegalArgumentException saying what is wrong with it; the password is not in it
   */
  public static Target of(String address) {
    var uri = parsed(address);
    var scheme = Objects.requireNonNullElse(uri.getScheme(), "");
    var protocol =
        switch (scheme) {
          case "redis", "rediss" -> Protocol.RESP;
          case "http", "https" -> Protocol.HTTP;
          default ->
              throw new IllegalArgumentException(
                  "a server's address begins with redis://, rediss://, http:// or https://, not"
                      + " with \""
                      + scheme
                      + "\"");
        };
    var host = uri.getHost();
    if (host == null) {
      throw new IllegalArgumentException("the server's address names no host");
    }
    var path = Objects.requireNonNullElse(uri.getPath(), "");
    if (!(path.isEmpty() || path.equals("/")) || uri.getQuery() != null) {
      throw new IllegalArgumentException(
          "the server's address has a path or a query: allowed is SCHEME://[:PASSWORD@]HOST[:PORT]");
    }
    var port = uri.getPort() >= 0 ? uri.getPort() : protocol.port;
    var tls = scheme.equals("rediss") || scheme.equals("https");
    return new Target(protocol, tls, bare(host), port, password(uri));
  }

  private static URI parsed(String address) {
    try {
      return new URI(address);
    } catch (URISyntaxException e) {
      // Its message has the address in it, and that the password.
      throw new IllegalArgumentException(
          "the server's address cannot be read from character " + e.getIndex() + " on", e);
    }
  }

  /** Java keeps the brackets of an IPv6 address. */
  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }

  private static @Nullable String password(URI uri) {
    var user = uri.getUserInfo();
    if (user == null) {
      return null;
    }
    var colon = user.indexOf(':');
    if (colon < 0 || !(colon == 0 || user.startsWith("default:"))) {
      throw new IllegalArgumentException(
          "the only user is \"default\": write :PASSWORD@ or default:PASSWORD@ before the host");
    }
    return user.substring(colon + 1);
  }

  /** Without the password. */
  @Override
  public String toString() {
    var scheme = protocol == Protocol.RESP ? "redis" : "http";
    var named = host.contains(":") ? "[" + host + "]" : host;
    return scheme + (tls ? "s" : "") + "://" + named + ":" + port;
  }
}
