package dev.larder.remote;

import dev.larder.spi.Bytes;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One request to a server, whichever of the hosts it is.
 *
 * @param method of HTTP
 * @param path percent-encoded, with the query, from {@code /} on
 * @param body or null
 * @param type the content type of the body, and of the answer that is wanted
 * @param repeatable whether doing it twice does no more than doing it once
 * @param patience how long the server may take by design, beside the timeout: for requests that
 *     wait
 */
record Ask(
    String method,
    String path,
    @Nullable Bytes body,
    String type,
    boolean repeatable,
    Duration patience) {
  static final String CBOR = "application/cbor";

  /** Without a body. */
  static Ask bare(String method, String path, boolean repeatable) {
    return new Ask(method, path, null, CBOR, repeatable, Duration.ZERO);
  }

  /** The path only: the rest may be secret. */
  @Override
  public String toString() {
    return method + " " + path;
  }
}
