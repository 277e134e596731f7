package dev.larder.server.clients;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.larder.engine.SystemClock;
import dev.larder.server.load.Kind;
import dev.larder.server.load.Load;
import dev.larder.server.load.Plan;
import dev.larder.server.load.Target;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of connections, and clients that do not read. Both ends are in this process, so what is
 * measured counts the clients too; they are bare sockets.
 */
class ManyConnectionsTest {
  private static final int IDLE = 5_000;
  private static final int ACTIVE = 1_000;

  /** What one idle connection may cost, both ends together. */
  private static final long EACH = 24 << 10;

  /** What may be more after all have gone: caches of the runtime, and noise. */
  private static final long LEFT = 24 << 20;

  /** The length of a value that does not go into the buffers of a socket many times. */
  private static final int LARGE = 100_000;

  private static final int READERS = 40;

  private static final byte[] PING = "PING\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] HEALTH =
      "GET /health/live HTTP/1.1\r\nHost: test\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @EnumSource(Target.Protocol.class)
  void thousandsOfIdleConnectionsCostLittleAndDisturbNobody(Target.Protocol protocol)
      throws IOException {
    assumeFiles(2 * (IDLE + ACTIVE) + 1_000);
    try (var server = RunningServer.start()) {
      var port = protocol == Target.Protocol.RESP ? server.respPort() : server.httpPort();
      var request = protocol == Target.Protocol.RESP ? PING : HEALTH;
      // Once before measuring: classes are loaded, threads have their caches.
      closeAll(connected(200, port, request));
      load(protocol, port, 200);

      var before = Memory.now();
      var idle = connected(IDLE, port, request);
      var open = Memory.now().since(before);
      assertTrue(open.heap() < IDLE * EACH, () -> IDLE + " idle connections: " + open);
      assertTrue(open.buffers() < IDLE * EACH, () -> IDLE + " idle connections: " + open);

      load(protocol, port, ACTIVE);
      var worked = Memory.now().since(before);
      assertTrue(
          worked.heap() < IDLE * EACH + LEFT, () -> "after " + ACTIVE + " more worked: " + worked);
      for (var each : idle) {
        assertTrue(asked(each, request), "an idle connection still gets answers");
      }

      closeAll(idle);
      awaitAlone(server.respPort());
      var after = Memory.now().since(before);
      assertTrue(after.heap() < LEFT, () -> "after all have gone: " + after);
      assertTrue(after.buffers() < LEFT, () -> "after all have gone: " + after);
      System.out.println(protocol + ", " + IDLE + " idle: " + open + "; after: " + after);
    }
  }

  /** Reads and writes on so many connections at once; every request is answered. */
  private static void load(Target.Protocol protocol, int port, int connections) throws IOException {
    var plan =
        new Plan(
            Kind.MIXED,
            0.8,
            new Plan.Pressure(connections, 1, 1),
            new Plan.Data("many:", 1_000, 100, 1),
            20_000,
            Duration.ofSeconds(60),
            Duration.ZERO);
    var target = new Target(protocol, false, "127.0.0.1", port, null);
    var result = new Load(target, SystemClock.instance(), (part, elapsed, values) -> {}).run(plan);
    assertEquals(20_000, result.values(), result::text);
    assertEquals(0, result.refused(), result::text);
    assertEquals(0, result.missing(), result::text);
  }

  @Test
  void readersThatDoNotReadDoNotGrowMemory() throws IOException {
    try (var server = RunningServer.start(Map.of("server.limits.output-bytes", "1MB"))) {
      try (var writer = connect(server.respPort())) {
        store(writer);
      }
      closeAll(connected(50, server.respPort(), PING));
      var before = Memory.now();
      var held = slowReaders(server.respPort()).since(before);
      assertTrue(held.heap() < READERS * (2L << 20), () -> "kept for slow readers: " + held);
      assertTrue(held.buffers() < READERS * (2L << 20), () -> "kept for slow readers: " + held);
      // What the first ones used is kept for the next, and is enough for them.
      var once = Memory.now();
      slowReaders(server.respPort());
      var after = Memory.now().since(once);
      assertTrue(after.heap() < LEFT && after.buffers() < LEFT, () -> "after: " + after);
      System.out.println(READERS + " slow readers: " + held + "; after: " + after);
    }
  }

  /** They come, do not read while others are answered, and go; tells what was used meanwhile. */
  private static Memory slowReaders(int port) throws IOException {
    var slow = new ArrayList<SocketChannel>();
    for (var reader = 0; reader < READERS; reader++) {
      var channel = connect(port);
      // 20 MB of answers for each, 800 MB for all.
      send(channel, "GET large\r\n".repeat(200));
      slow.add(channel);
    }
    for (var round = 0; round < 100; round++) {
      try (var other = connect(port)) {
        assertTrue(asked(other, PING), "somebody else is answered");
      }
    }
    var held = Memory.now();
    closeAll(slow);
    awaitAlone(port);
    return held;
  }

  /** More than the memory for buffers, if each answer were handed to its socket as a whole. */
  @Test
  void longAnswersOverHttpThatNobodyReadsDoNotStopTheServer() throws Exception {
    var readers = 80;
    try (var server = RunningServer.start()) {
      var uri = URI.create("http://127.0.0.1:" + server.httpPort() + "/cache/long");
      var body = HttpRequest.BodyPublishers.ofByteArray(new byte[20 << 20]);
      var put = HttpRequest.newBuilder(uri).PUT(body).header("Content-Type", "image/png").build();
      var http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
      assertEquals(201, http.send(put, HttpResponse.BodyHandlers.discarding()).statusCode());
      var before = Memory.now();
      var slow = new ArrayList<SocketChannel>();
      for (var reader = 0; reader < readers; reader++) {
        var channel = connect(server.httpPort());
        send(channel, "GET /cache/long HTTP/1.1\r\nHost: larder\r\n\r\n");
        slow.add(channel);
      }
      for (var round = 0; round < 100; round++) {
        try (var other = connect(server.respPort())) {
          assertTrue(asked(other, PING), "somebody else is answered");
        }
      }
      var held = Memory.now().since(before);
      assertTrue(held.buffers() < readers * (1L << 20), () -> "kept for slow readers: " + held);
      closeAll(slow);
      var get = HttpRequest.newBuilder(uri).build();
      assertEquals(20 << 20, http.send(get, HttpResponse.BodyHandlers.ofByteArray()).body().length);
    }
  }

  @Test
  void aReaderThatReadsLateGetsAllOfItsAnswers() throws IOException {
    var asked = 100;
    try (var server = RunningServer.start();
        var channel = connect(server.respPort())) {
      store(channel);
      send(channel, "GET large\r\n".repeat(asked));
      try (var other = connect(server.respPort())) {
        assertTrue(asked(other, PING));
      }
      var each = "$100000\r\n".length() + LARGE + 2;
      assertEquals(asked * each, read(channel, asked * each));
    }
  }

  private static void store(SocketChannel channel) throws IOException {
    var value = "v".repeat(LARGE);
    send(channel, "*3\r\n$3\r\nSET\r\n$5\r\nlarge\r\n$" + LARGE + "\r\n" + value + "\r\n");
    assertEquals("+OK\r\n".length(), read(channel, 5));
  }

  private static void assumeFiles(int wanted) {
    var system = ManagementFactory.getOperatingSystemMXBean();
    assumeTrue(system instanceof UnixOperatingSystemMXBean, "this system does not tell its limits");
    var allowed = ((UnixOperatingSystemMXBean) system).getMaxFileDescriptorCount();
    assumeTrue(allowed >= wanted, () -> "files: ulimit -n is " + allowed + ", wanted " + wanted);
  }

  private static List<SocketChannel> connected(int count, int port, byte[] request)
      throws IOException {
    var channels = new ArrayList<SocketChannel>(count);
    for (var each = 0; each < count; each++) {
      var channel = connect(port);
      assertTrue(asked(channel, request), "a new connection gets an answer");
      channels.add(channel);
    }
    return channels;
  }

  private static SocketChannel connect(int port) throws IOException {
    return SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static boolean asked(SocketChannel channel, byte[] request) throws IOException {
    channel.write(ByteBuffer.wrap(request));
    return read(channel, 1) > 0;
  }

  private static void send(SocketChannel channel, String text) throws IOException {
    var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  /** Reads at least so much, or to the end; a short answer comes in one piece. */
  private static int read(SocketChannel channel, int wanted) throws IOException {
    var buffer = ByteBuffer.allocate(64 << 10);
    var total = 0;
    while (total < wanted) {
      buffer.clear();
      var count = channel.read(buffer);
      if (count < 0) {
        break;
      }
      total += count;
    }
    return total;
  }

  /**
   * The server hears of a closed connection a little later; until then it keeps what was for it.
   */
  private static void awaitAlone(int port) throws IOException {
    try (var channel = connect(port)) {
      var told = "";
      for (var round = 0; round < 10_000; round++) {
        send(channel, "INFO clients\r\n");
        told = answer(channel);
        if (told.contains("connected_clients:1\r\n")) {
          return;
        }
      }
      throw new AssertionError("connections stay open: " + told);
    }
  }

  /** What comes in one piece, as text. */
  private static String answer(SocketChannel channel) throws IOException {
    var buffer = ByteBuffer.allocate(64 << 10);
    channel.read(buffer);
    return new String(buffer.array(), 0, buffer.position(), StandardCharsets.US_ASCII);
  }

  private static void closeAll(List<SocketChannel> channels) throws IOException {
    for (var channel : channels) {
      channel.close();
    }
  }
}
