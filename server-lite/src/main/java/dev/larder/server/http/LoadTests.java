package dev.larder.server.http;

import dev.larder.server.core.BusyException;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** What {@code POST /test/load} has done. Safe for all threads. */
public interface LoadTests {

  /** Whether this server offers them. */
  boolean enabled();

  /**
   * Starts one; does not wait.
   *
   * @param itself where the request came in
   * @param operations how many values are to be read or written
   * @param type what is to be done
   * @param authorization the header by which the caller came in, null without one
   * @return what was measured, as members of a JSON object
   * @throws IllegalArgumentException saying what is out of range and what is allowed
   * @throws BusyException while another one runs
   */
  CompletionStage<Map<String, Object>> start(
      SocketAddress itself, long operations, String type, @Nullable String authorization);

  /** None are offered. */
  static LoadTests off() {
    return new LoadTests() {
      @Override
      public boolean enabled() {
        return false;
      }

      @Override
      public CompletionStage<Map<String, Object>> start(
          SocketAddress itself, long operations, String type, @Nullable String authorization) {
        return CompletableFuture.failedFuture(new IllegalStateException("not enabled"));
      }
    };
  }
}
