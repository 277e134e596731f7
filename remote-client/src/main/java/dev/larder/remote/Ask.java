package dev.larder.remote;

import dev.larder.spi.Bytes;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request to a server, whichever of the hosts it is.
 *
 * @param method of HTTP
 * @param path percent-encoded, with the query, from {@code /} on
 * @param body or null
 * @param type the content type of the body; the answer is wanted in CBOR where it can be
 * @param headers further ones
 * @param repeatable whether doing it twice does no more than doing it once
 * @param patience how long the server may take by design, beside the timeout: for requests that
 *     wait
 */
record Ask(
    String method,
    String path,
    @Nullable Bytes body,
    String type,
    Map<String, String> headers,
    boolean repeatable,
    Duration patience) {
  static final String CBOR = "application/cbor";

  /** Without further headers. */
  Ask(
      String method,
      String path,
      @Nullable Bytes body,
      String type,
      boolean repeatable,
      Duration patience) {
    this(method, path, body, type, Map.of(), repeatable, patience);
  }

  /** Without a body. */
  static Ask bare(String method, String path, boolean repeatable) {
    return new Ask(method, path, null, CBOR, repeatable, Duration.ZERO);
  }

  /** Without a body, of a server that may wait so long before it answers. */
  static Ask waiting(String method, String path, Duration patience) {
    return new Ask(method, path, null, CBOR, false, patience);
  }

  /** The path only: the rest may be secret. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
