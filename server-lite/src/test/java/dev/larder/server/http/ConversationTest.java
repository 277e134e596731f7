package dev.larder.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.core.Limits;
import dev.larder.server.core.StallingStores;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConversationTest {
  private static final String SLOW = "/slow/";
  private HttpTestServer server = HttpTestServer.with().routes(Extra::new).start();

  @AfterEach
  void close() {
    StallingStores.open();
    server.close();
  }

  private RawConnection open() throws IOException {
    return new RawConnection(server.port());
  }

  private static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\n\r\n";
  }

  private static String put(String path, String body) {
    return "PUT " + path + " HTTP/1.1\r\ncontent-length: " + body.length() + "\r\n\r\n" + body;
  }

  /** A cache that waits, a handler that fails, one that answers in pieces. */
  private static final class Extra implements Routes {
    private final HttpTestServer server;
    private final CompletableFuture<Exchange.Pieces> stream = new CompletableFuture<>();

    Extra(HttpTestServer server) {
      this.server = server;
      server.databases().create(StallingStores.spec("slow"));
    }

    @Override
    public List<Route> routes() {
      var slow = new EntryHandlers(server);
      return List.of(
          Route.of("GET", SLOW + "{key}", "slowGet", slow::get).on(slow::database),
          Route.of("PUT", SLOW + "{key}", "slowPut", slow::put).on(slow::database),
          Route.of(
              "GET",
              "/fails",
              "fails",
              exchange -> {
                throw new IllegalStateException("secret of the server");
              }),
          Route.of("GET", "/never", "never", exchange -> {}),
          Route.of(
              "GET",
              "/pieces",
              "pieces",
              exchange -> stream.complete(exchange.stream("text/plain"))));
    }

    @Override
    public String document() {
      return "none.yaml";
    }
  }

  /** The simplest that can be done to a cache that waits. */
  private record EntryHandlers(HttpTestServer server) {
    dev.larder.server.core.Database database(Exchange exchange) {
      return server.databases().find("slow").orElseThrow();
    }

    void get(Exchange exchange) {
      var found = exchange.database().get(exchange.segment("key"));
      if (found == null) {
        throw new ProblemException(404, "none", "none");
      }
      exchange.answer(200, "text/plain", found.value().array());
    }

    void put(Exchange exchange) {
      var value = exchange.database().contents().raw(exchange.body());
      exchange.database().update(exchange.segment("key"), dev.larder.spi.Verbs.put(), value);
      exchange.answer(204);
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    try (var connection = open()) {
      var requests = new StringBuilder();
      for (int each = 0; each < 2_000; each++) {
        requests.append(put("/cache/k", "v" + each)).append(get("/cache/k"));
      }
      var sending =
          CompletableFuture.runAsync(
              () -> {
                try {
                  connection.send(requests.toString());
                } catch (IOException e) {
                  throw new java.io.UncheckedIOException(e);
                }
              });
      for (int each = 0; each < 2_000; each++) {
        assertEquals(each == 0 ? 201 : 204, connection.answer().status());
        assertEquals("v" + each, connection.answer().body());
      }
      sending.join();
    }
  }

  @Test
  void pipelinedRequestsToAStoreThatWaitsAreAnsweredInOrder() throws IOException {
    try (var connection = open()) {
      var requests = new StringBuilder();
      for (int each = 0; each < 100; each++) {
        requests.append(put(SLOW + "k", "v" + each)).append(get(SLOW + "k"));
      }
      connection.send(requests.toString());
      for (int each = 0; each < 100; each++) {
        assertEquals(204, connection.answer().status());
        assertEquals("v" + each, connection.answer().body());
      }
    }
  }

  @Test
  void aStoreThatStallsHoldsUpNobodyElse() throws Exception {
    var phase = StallingStores.phase();
    StallingStores.shut();
    try (var stalled = open()) {
      stalled.send(get(SLOW + "k") + get("/cache/behind"));
      CompletableFuture.runAsync(() -> StallingStores.awaitArrival(phase))
          .get(20, TimeUnit.SECONDS);
      for (int each = 0; each < 20; each++) {
        try (var other = open()) {
          assertEquals(201, other.send(put("/cache/k" + each, "v")).answer().status());
          assertEquals(200, other.send(get("/health/live")).answer().status());
        }
      }
      StallingStores.open();
      assertEquals(404, stalled.answer().status());
      assertEquals(404, stalled.answer().status());
    }
  }

  @Test
  void whatIsTooMuchForAStoreThatStallsIsRefused() throws Exception {
    server.close();
    server = HttpTestServer.with().limits(waiting(2)).routes(Extra::new).start();
    StallingStores.shut();
    // Sixteen threads wait for the store, two more wait for those.
    var connections = new java.util.ArrayList<RawConnection>();
    RawConnection.Answer refusal = null;
    while (refusal == null && connections.size() < 40) {
      var connection = open().send(get(SLOW + "k"));
      connections.add(connection);
      connection.socket().setSoTimeout(connections.size() < 19 ? 50 : 20_000);
      try {
        refusal = connection.answer();
      } catch (java.net.SocketTimeoutException e) {
        // It waits.
      }
    }
    assertNotNull(refusal);
    assertEquals(503, refusal.status());
    assertEquals("1", refusal.header("retry-after"));
    assertTrue(refusal.body().contains("/problems/busy"));
    assertEquals(19, connections.size());
    StallingStores.open();
    for (var connection : connections) {
      connection.close();
    }
  }

  private static Limits waiting(int most) {
    var usual = Limits.DEFAULT;
    return new Limits(
        usual.keyBytes(),
        usual.valueBytes(),
        usual.connections(),
        usual.requestBytes(),
        usual.batch(),
        usual.outputBytes(),
        usual.idle(),
        usual.handshake(),
        most);
  }

  @Test
  void aFailureOfTheServerTellsTheClientNothing() throws IOException {
    try (var connection = open()) {
      var answer = connection.send(get("/fails")).answer();
      assertEquals(500, answer.status());
      assertFalse(answer.body().contains("secret"), answer::body);
      assertFalse(answer.body().contains("Exception"), answer::body);
      assertEquals(200, connection.send(get("/health/live")).answer().status());
    }
    assertEquals("secret of the server", server.failures().get(0).getMessage());
  }

  @Test
  void aHeadRequestGetsTheHeadersOfTheAnswer() throws IOException {
    try (var connection = open()) {
      connection.send(put("/cache/k", "value")).answer();
      var answer = connection.send("HEAD /cache/k HTTP/1.1\r\n\r\n").answer(false);
      assertEquals("5", answer.header("content-length"));
      assertEquals(200, connection.send(get("/health/live")).answer().status());
    }
  }

  @Test
  void theOldVersionClosesUnlessAskedToStay() throws IOException {
    try (var connection = open()) {
      connection.send("GET /health/live HTTP/1.0\r\nconnection: keep-alive\r\n\r\n");
      assertEquals("keep-alive", connection.answer().header("connection"));
      connection.send("GET /health/live HTTP/1.0\r\n\r\n");
      assertEquals(200, connection.answer().status());
      assertTrue(connection.closed());
    }
  }

  @Test
  void anAbsoluteTargetIsUnderstood() throws IOException {
    try (var connection = open()) {
      assertEquals(200, connection.send(get("http://some.host/health/live")).answer().status());
    }
  }

  @Test
  void aBodyInPiecesIsPutTogether() throws IOException {
    try (var connection = open()) {
      connection.send("PUT /cache/k HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n");
      connection.send("3\r\nabc\r\n").send("2\r\nde\r\n").send("0\r\n\r\n");
      assertEquals(201, connection.answer().status());
      assertEquals("abcde", connection.send(get("/cache/k")).answer().body());
    }
  }

  @Test
  void aLongValueGoesThroughWhole() throws IOException {
    var value = new byte[5 << 20];
    new java.util.Random(7).nextBytes(value);
    for (int at = 0; at < value.length; at++) {
      value[at] &= 0x7f;
    }
    try (var connection = open()) {
      connection.send("PUT /cache/k HTTP/1.1\r\ncontent-length: " + value.length + "\r\n\r\n");
      assertEquals(201, connection.send(value).answer().status());
      assertEquals(
          new String(value, StandardCharsets.US_ASCII),
          connection.send(get("/cache/k")).answer().body());
    }
  }

  @Test
  void anIdleServerEndsAtOnceAndABusyOneAfterItsAnswers() throws Exception {
    StallingStores.shut();
    try (var idle = open();
        var busy = open()) {
      idle.send(get("/health/live")).answer();
      var phase = StallingStores.phase();
      busy.send(get(SLOW + "k"));
      CompletableFuture.runAsync(() -> StallingStores.awaitArrival(phase))
          .get(20, TimeUnit.SECONDS);
      server.drain();
      assertTrue(idle.closed());
      StallingStores.open();
      var last = busy.answer();
      assertEquals(404, last.status());
      assertEquals("close", last.header("connection"));
      assertTrue(busy.closed());
    }
  }

  @Test
  void idleConnectionsAreClosedWhenTheyMayNotStay() throws IOException {
    server.close();
    var usual = Limits.DEFAULT;
    server =
        HttpTestServer.with()
            .limits(
                new Limits(
                    usual.keyBytes(),
                    usual.valueBytes(),
                    usual.connections(),
                    usual.requestBytes(),
                    usual.batch(),
                    usual.outputBytes(),
                    Duration.ofMillis(200),
                    usual.handshake(),
                    usual.waiting()))
            .start();
    try (var used = open();
        var silent = open()) {
      assertEquals(200, used.send(get("/health/live")).answer().status());
      assertTrue(used.closed());
      assertTrue(silent.closed());
    }
  }
}
