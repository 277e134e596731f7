package dev.larder.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.ConfigurationException;
import dev.larder.Larder;
import dev.larder.LarderBuilder;
import dev.larder.server.core.Databases;
import dev.larder.spi.Bytes;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A server in this process, from start to end. */
final class ServerTest {
  private static final int PATIENCE_MILLIS = 20_000;

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private static LarderBuilder settings() {
    return Larder.builder().property("server.port", "0").property("server.resp-port", "0");
  }

  private static Server start(String... pairs) {
    var builder = settings();
    for (var at = 0; at < pairs.length; at += 2) {
      builder.property(pairs[at], pairs[at + 1]);
    }
    return Server.start(Settings.read(builder));
  }

  private static URI uri(Server server, String path) {
    return URI.create("http://127.0.0.1:" + server.http().getPort() + path);
  }

  private int put(Server server, String key, String json) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri(server, "/cache/" + key))
            .timeout(Duration.ofMillis(PATIENCE_MILLIS))
            .header("Content-Type", "application/json")
            .PUT(BodyPublishers.ofString(json))
            .build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  private String get(Server server, String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(uri(server, path))
            .timeout(Duration.ofMillis(PATIENCE_MILLIS))
            .build();
    return client.send(request, BodyHandlers.ofString()).body();
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "nio"})
  void answersOnTheAddressesThatItTells(String transport) throws Exception {
    try (var server = start("server.transport", transport)) {
      assertTrue(server.http().getAddress().isLoopbackAddress());
      assertEquals(201, put(server, "a", "{\"b\":1}"));
      assertEquals("{\"b\":1}", get(server, "/cache/a"));
      try (var socket = new Socket()) {
        socket.connect(server.resp().orElseThrow(), PATIENCE_MILLIS);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.getOutputStream().write("GET a\r\n".getBytes(StandardCharsets.US_ASCII));
        var answer = socket.getInputStream().readNBytes(13);
        assertEquals("$7\r\n{\"b\":1}\r\n", new String(answer, StandardCharsets.US_ASCII));
      }
    }
  }

  @Test
  void metricsTellWhatBothProtocolsDid() throws Exception {
    try (var server = start();
        var socket = new Socket()) {
      put(server, "a", "1");
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(server.resp().orElseThrow(), PATIENCE_MILLIS);
      socket.getOutputStream().write("GET a\r\nGET b\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals(12, socket.getInputStream().readNBytes(12).length);
      var page = get(server, "/metrics");
      for (var line :
          new String[] {
            "larder_operation_seconds_count{operation=\"putEntry\",protocol=\"http\"} 1",
            "larder_operation_seconds_count{operation=\"get\",protocol=\"resp\"} 2",
            "larder_connections{protocol=\"resp\"} 1.0",
            "larder_cache_hits_total{cache=\"default\"} 1.0",
            "larder_cache_puts_total{cache=\"default\"} 1.0",
            "larder_network_sent_bytes_total{protocol=\"resp\"} 12.0",
            "larder_network_received_bytes_total{protocol=\"resp\"} 14.0"
          }) {
        assertTrue(page.contains(line + "\n"), () -> line + " is not in " + page);
      }
    }
  }

  @Test
  void respCanBeOff() {
    try (var server = start("server.resp-port", "off")) {
      assertTrue(server.resp().isEmpty());
    }
  }

  @Test
  void twoServersStandSideBySide() throws Exception {
    try (var one = start();
        var other = start()) {
      assertEquals(201, put(one, "a", "1"));
      assertEquals(
          404,
          client
              .send(
                  HttpRequest.newBuilder(uri(other, "/cache/a")).build(), BodyHandlers.discarding())
              .statusCode());
    }
  }

  @Test
  void portInUseIsNamedAndNothingStaysOpen() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = String.valueOf(taken.getLocalPort());
      var http = assertThrows(StartException.class, () -> start("server.port", port).close());
      assertTrue(http.getMessage().contains("127.0.0.1:" + port), http::getMessage);
      assertTrue(http.getMessage().contains("--port, LARDER_PORT"), http::getMessage);
      var free = freePort();
      var resp =
          assertThrows(
              StartException.class,
              () -> start("server.port", String.valueOf(free), "server.resp-port", port).close());
      assertTrue(resp.getMessage().contains("--resp-port, LARDER_RESP_PORT"), resp::getMessage);
      new ServerSocket(free, 1, InetAddress.getLoopbackAddress()).close();
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void beyondLoopbackWantsAPasswordOrTheWord(String host) {
    var refusal = assertThrows(SettingsException.class, () -> start("server.host", host).close());
    assertTrue(refusal.getMessage().contains("LARDER_PASSWORD"), refusal::getMessage);
    assertTrue(refusal.getMessage().contains("LARDER_INSECURE=true"), refusal::getMessage);
    start("server.host", host, "server.password", "hunter2").close();
    start("server.host", host, "server.insecure", "true").close();
  }

  @Test
  void unknownHostIsTold() {
    var refusal =
        assertThrows(
            SettingsException.class, () -> start("server.host", "no.such.host.invalid").close());
    assertTrue(refusal.getMessage().startsWith("server.host: 'no.such.host.invalid' is not known"));
  }

  @Test
  void wrongSettingOfACacheIsToldBeforeAnythingOpens() {
    assertThrows(
        ConfigurationException.class, () -> start("caches.users.policy", "no-such").close());
    assertThrows(SettingsException.class, () -> start("server.databases", "a b=1").close());
  }

  @Test
  void numbersOfDatabasesAreKnownToRedisClients() {
    try (var server = start("server.databases", "sessions=1,prices=2")) {
      assertEquals("sessions", server.databases().numbered(1).orElseThrow().name());
      assertEquals("prices", server.databases().numbered(2).orElseThrow().name());
      assertEquals(Databases.DEFAULT, server.databases().numbered(0).orElseThrow().name());
    }
  }

  @Test
  void snapshotOutlivesTheServer(@TempDir Path folder) throws Exception {
    var file = folder.resolve("snapshot").toString();
    String[] settings = {"server.snapshot", file, "server.databases", "sessions=1"};
    try (var server = start(settings)) {
      put(server, "a", "1");
      var sessions = server.databases().find("sessions").orElseThrow();
      sessions.front().put(new Bytes(new byte[] {1}), sessions.contents().raw(new byte[] {2}));
    }
    assertTrue(Files.exists(folder.resolve("snapshot.sessions")));
    try (var server = start(settings)) {
      assertEquals("1", get(server, "/cache/a"));
      var sessions = server.databases().find("sessions").orElseThrow();
      assertEquals(1, sessions.size());
    }
  }

  @Test
  void ruinedSnapshotStopsTheStartAndStaysAsItIs(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("snapshot"), "ruined");
    var refusal =
        assertThrows(StartException.class, () -> start("server.snapshot", file.toString()).close());
    assertTrue(refusal.getMessage().contains(file.toString()), refusal::getMessage);
    assertEquals("ruined", Files.readString(file));
  }

  @Test
  void moreConnectionsThanAllowedAreRefusedAndOthersGoOn() throws Exception {
    try (var server = start("server.limits.connections", "2");
        var one = new Socket();
        var two = new Socket();
        var three = new Socket()) {
      for (var socket : new Socket[] {one, two, three}) {
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(server.http(), PATIENCE_MILLIS);
      }
      var refused = new String(three.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
      assertTrue(refused.startsWith("HTTP/1.1 503 "), refused);
      try (var redis = new Socket()) {
        redis.setSoTimeout(PATIENCE_MILLIS);
        redis.connect(server.resp().orElseThrow(), PATIENCE_MILLIS);
        assertEquals(
            "-ERR max number of clients reached\r\n",
            new String(redis.getInputStream().readAllBytes(), StandardCharsets.US_ASCII));
      }
      one.getOutputStream()
          .write("GET /cache/x HTTP/1.1\r\nHost: l\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals('H', one.getInputStream().read());
    }
  }

  @Test
  void idleConnectionsDoNotHoldUpTheEnd() throws Exception {
    var server = start("server.shutdown-timeout", "never");
    InetSocketAddress web = server.http();
    try (var http = new Socket();
        var resp = new Socket()) {
      http.connect(web, PATIENCE_MILLIS);
      resp.connect(server.resp().orElseThrow(), PATIENCE_MILLIS);
      resp.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      assertEquals('+', resp.getInputStream().read());
      server.close();
      assertEquals(-1, http.getInputStream().read());
    }
    assertThrows(
        ConnectException.class,
        () -> {
          try (var late = new Socket()) {
            late.connect(web, PATIENCE_MILLIS);
          }
        });
    server.close();
    assertTrue(server.awaitEnd());
    assertFalse(server.databases().all().stream().anyMatch(database -> !database.closed()));
  }

  /** Forbidden: what the versioned API keeps beside the databases outlives the server. */
  @Test
  void streamsOfEventsEndWithTheServerAndSoDoesTheirThread() throws Exception {
    var before = senders();
    var server = start();
    try (var socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(server.http(), PATIENCE_MILLIS);
      socket
          .getOutputStream()
          .write(
              "GET /v1/caches/default/events HTTP/1.1\r\nHost: l\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      assertEquals('H', socket.getInputStream().read());
      // Its thread sends "start" behind the head of the answer.
      assertTrue(heard(socket).contains("event: start"));
      var own = senders();
      own.removeAll(before);
      assertEquals(1, own.size());
      server.close();
      var sender = own.iterator().next();
      sender.join(PATIENCE_MILLIS);
      assertFalse(sender.isAlive());
    }
  }

  /** Up to the word "data". */
  private static String heard(Socket socket) throws IOException {
    var text = new StringBuilder();
    while (text.indexOf("data") < 0) {
      var letter = socket.getInputStream().read();
      assertTrue(letter >= 0, text::toString);
      text.append((char) letter);
    }
    return text.toString();
  }

  private static Set<Thread> senders() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("larder-events"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  @Test
  void requestThatNeverEndsIsCutWhenItsTimeIsOver() throws Exception {
    var server = start("server.shutdown-timeout", "200ms");
    try (var socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(server.http(), PATIENCE_MILLIS);
      socket
          .getOutputStream()
          .write(
              "PUT /cache/x HTTP/1.1\r\nHost: l\r\nContent-Length: 9\r\n\r\n1"
                  .getBytes(StandardCharsets.US_ASCII));
      server.close();
      assertTrue(server.awaitEnd());
    }
  }
}
