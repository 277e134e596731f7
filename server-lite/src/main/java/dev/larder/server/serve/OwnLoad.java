package dev.larder.server.serve;

import dev.larder.Clock;
import dev.larder.server.http.LoadTests;
import dev.larder.server.load.LoadTest;
import dev.larder.server.load.Target;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Load that this server puts on itself over HTTP, if its settings allow that. */
@Singleton
final class OwnLoad implements LoadTests {
  private final LoadTest test;
  private final boolean tls;

  @Inject
  OwnLoad(Settings settings, Clock clock, Optional<Certificates> certificates) {
    this.test = new LoadTest(settings.loadTest(), clock);
    this.tls = certificates.isPresent();
  }

  @Override
  public boolean enabled() {
    return test.enabled();
  }

  @Override
  public CompletionStage<Map<String, Object>> start(
      SocketAddress itself, long operations, String type, @Nullable String authorization) {
    var address = (InetSocketAddress) itself;
    var host = address.getAddress().getHostAddress();
    var target = new Target(Target.Protocol.HTTP, tls, host, address.getPort(), null);
    return test.start(target, operations, type, authorization);
  }
}
