package dev.larder.server.serve;

import dev.larder.Clock;
import dev.larder.server.http.LoadTests;
import dev.larder.server.http.ProblemException;
import dev.larder.server.load.LoadTest;
import dev.larder.server.load.Target;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Load that the server puts on its own port of HTTP. */
@Singleton
final class OwnLoad implements LoadTests {
  private final LoadTest test;
  private final boolean secure;

  @Inject
  OwnLoad(Settings settings, Clock clock) {
    this.test = new LoadTest(settings.loadTest(), clock);
    this.secure = settings.guarding().tls().isPresent();
  }

  @Override
  public boolean enabled() {
    return test.enabled();
  }

  @Override
  public CompletionStage<Map<String, Object>> start(
      SocketAddress itself, long operations, String type, @Nullable String authorization) {
    var here = (InetSocketAddress) itself;
    var host = here.getAddress().getHostAddress();
    var target = new Target(Target.Protocol.HTTP, secure, host, here.getPort(), null);
    var answer = new CompletableFuture<Map<String, Object>>();
    test.start(target, operations, type, authorization)
        .whenComplete(
            (measured, failure) -> {
              if (failure == null) {
                answer.complete(measured);
              } else {
                answer.completeExceptionally(told(failure));
              }
            });
    return answer;
  }

  /** What the server did not answer to itself is no secret to whom it lets in. */
  private static Throwable told(Throwable failure) {
    return failure instanceof IOException
        ? new ProblemException(
            503, "load-failed", "the server did not answer itself: " + failure.getMessage())
        : failure;
  }
}
