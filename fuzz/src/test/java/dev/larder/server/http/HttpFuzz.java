package dev.larder.server.http;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.inject.Guice;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import dev.larder.Clock;
import dev.larder.Larder;
import dev.larder.server.core.Access;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Limits;
import dev.larder.server.core.Node;
import dev.larder.server.core.Phase;
import dev.larder.server.core.Telemetry;
import dev.larder.server.core.Work;
import dev.larder.server.http.v1.V1Routes;
import dev.larder.testkit.VirtualClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Supplier;

/** Any bytes to the port of HTTP, and any requests to its handlers. */
class HttpFuzz {
  private static final int MOST = 4_096;
  private static final Limits LIMITS =
      new Limits(256, 2_048, 100, 8_192, 64, 64 << 10, Duration.ZERO, Duration.ofSeconds(1), 100);
  private static final String[] METHODS = {"GET", "PUT", "POST", "DELETE", "PATCH", "HEAD"};
  private static final String[] PATHS = {
    "/cache/",
    "/cache/batch/set",
    "/cache/batch/get",
    "/cache",
    "/admin/keys",
    "/stats",
    "/v1/caches",
    "/v1/caches/default/entries/",
    "/v1/caches/default/entries",
    "/v1/caches/default/batch",
    "/v1/caches/default/leases/",
    "/v1/caches/",
  };
  private static final String[] TYPES = {
    "application/json", "application/cbor", "application/octet-stream", "text/plain"
  };
  private static final byte[] LIVE =
      "GET /health/live HTTP/1.1\r\nHost: fuzz\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final List<Throwable> FAILURES = new CopyOnWriteArrayList<>();
  private static final HttpInitializer SERVER =
      Guice.createInjector(new HttpModule(), bindings()).getInstance(HttpInitializer.class);

  private static Module bindings() {
    var clock = new VirtualClock();
    return binder -> {
      binder
          .bind(Databases.class)
          .toInstance(new Databases(Larder.builder().clock(clock), Map.of()));
      binder.bind(Access.class).toInstance(Access.everybody());
      binder.bind(Limits.class).toInstance(LIMITS);
      binder.bind(Work.class).toInstance(new Work(LIMITS.waiting()));
      binder.bind(Clock.class).toInstance(clock);
      binder
          .bind(ScheduledExecutorService.class)
          .toInstance(new ScheduledThreadPoolExecutor(1, new DefaultThreadFactory("timer", true)));
      binder
          .bind(Telemetry.class)
          .toInstance(
              new Telemetry() {
                @Override
                public void failed(Protocol protocol, String name, Throwable failure) {
                  FAILURES.add(failure);
                }
              });
      binder
          .bind(Node.class)
          .toInstance(
              new Node() {
                @Override
                public String id() {
                  return "fuzz";
                }

                @Override
                public Phase phase() {
                  return Phase.READY;
                }

                @Override
                public Duration uptime() {
                  return Duration.ofSeconds(1);
                }
              });
      binder
          .bind(Key.get(new TypeLiteral<Supplier<Optional<SslContext>>>() {}))
          .toInstance(Optional::empty);
      Multibinder.newSetBinder(binder, Routes.class).addBinding().to(V1Routes.class);
    };
  }

  /** Nothing fails inside, and whatever one client sent, the next one is answered. */
  @FuzzTest(maxDuration = "1m")
  void anyBytesGetAnAnswerOrTheEnd(FuzzedDataProvider data) {
    var client = new EmbeddedChannel(SERVER);
    var sent = 0;
    while (client.isOpen() && data.remainingBytes() > 0 && sent < MOST) {
      var piece = data.consumeBytes(data.consumeInt(1, 512));
      sent += piece.length;
      client.writeInbound(Unpooled.wrappedBuffer(piece));
      drain(client);
    }
    ended(client);
  }

  /** A request that is well formed, with any key, query, header and body. */
  @FuzzTest(maxDuration = "1m")
  void anyRequestGetsAnAnswer(FuzzedDataProvider data) {
    var client = new EmbeddedChannel(SERVER);
    while (client.isOpen() && data.remainingBytes() > 8) {
      var method = data.pickValue(METHODS);
      var path = data.pickValue(PATHS) + token(data) + (data.consumeBoolean() ? "?" : "");
      var query = token(data);
      var type = data.pickValue(TYPES);
      var condition = token(data);
      var body = data.consumeBytes(data.consumeInt(0, 512));
      var head =
          method
              + " "
              + path
              + query
              + " HTTP/1.1\r\nHost: fuzz\r\nContent-Type: "
              + type
              + "\r\nIf-Match: "
              + condition
              + "\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      client.writeInbound(Unpooled.wrappedBuffer(head.getBytes(StandardCharsets.ISO_8859_1), body));
      drain(client);
    }
    ended(client);
  }

  /** Text without what ends a part of the head. */
  private static String token(FuzzedDataProvider data) {
    return data.consumeAsciiString(24).replaceAll("[^!-~]", "x");
  }

  private static void ended(EmbeddedChannel client) {
    client.finishAndReleaseAll();
    if (!FAILURES.isEmpty()) {
      throw new AssertionError("the server failed", FAILURES.remove(0));
    }
    var other = new EmbeddedChannel(SERVER);
    other.writeInbound(Unpooled.wrappedBuffer(LIVE));
    var answer = drain(other);
    assertTrue(answer.startsWith("HTTP/1.1 200 "), answer);
    other.finishAndReleaseAll();
  }

  private static String drain(EmbeddedChannel channel) {
    channel.runPendingTasks();
    var text = new StringBuilder();
    for (Object out = channel.readOutbound(); out != null; out = channel.readOutbound()) {
      if (out instanceof ByteBuf bytes) {
        text.append(bytes.toString(StandardCharsets.ISO_8859_1));
      }
      ReferenceCountUtil.release(out);
    }
    return text.toString();
  }
}
