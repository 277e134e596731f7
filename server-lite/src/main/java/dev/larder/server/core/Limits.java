package dev.larder.server.core;

import dev.larder.Checks;
import java.time.Duration;

/**
 * What a client may ask of the server. Each limit is a bound on memory or time that one client can
 * take.
 *
 * @param keyBytes the longest key
 * @param valueBytes the longest value
 * @param connections open connections at once, over all ports
 * @param requestBytes the longest request as a whole: an HTTP body, or the arguments of one RESP
 *     command
 * @param batch operations in one batch, arguments of one RESP command, entries of one page
 * @param outputBytes bytes that wait for a client to read them, before it is disconnected
 * @param idle after which a connection that says nothing is closed; zero for never
 * @param handshake for TLS, and for a first complete request where a password is wanted
 * @param waiting operations that wait for a store that waits, before more are refused
 */
public record Limits(
    int keyBytes,
    int valueBytes,
    int connections,
    int requestBytes,
    int batch,
    int outputBytes,
    Duration idle,
    Duration handshake,
    int waiting) {

  /** What a server has for whom nobody set anything. */
  public static final Limits DEFAULT =
      new Limits(
          256 << 10,
          64 << 20,
          10_000,
          (64 << 20) + (1 << 20),
          100_000,
          64 << 20,
          Duration.ZERO,
          Duration.ofSeconds(10),
          10_000);

  /** Throws {@link IllegalArgumentException} naming the limit that is out of range. */
  public Limits {
    Checks.positive(keyBytes, "keyBytes");
    Checks.positive(valueBytes, "valueBytes");
    Checks.positive(connections, "connections");
    Checks.positive(requestBytes, "requestBytes");
    Checks.positive(batch, "batch");
    Checks.positive(outputBytes, "outputBytes");
    Checks.notNegative(idle, "idle");
    Checks.positive(handshake, "handshake");
    Checks.positive(waiting, "waiting");
  }
}
