package dev.larder.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.core.Access;
import dev.larder.server.core.Limits;
import java.io.IOException;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {
  private static final String PASSWORD = "s3cret: \u00fc";
  private static final Limits QUICK =
      new Limits(
          1_000, 10_000, 100, 200_000, 10, 1 << 20, Duration.ZERO, Duration.ofMillis(500), 10);

  private final ExecutorService other = Executors.newSingleThreadExecutor();
  private final HttpTestServer server =
      HttpTestServer.with().limits(QUICK).access(new OnePassword()).start();

  @AfterEach
  void close() {
    server.close();
    other.shutdownNow();
  }

  /** Answers on another thread, as one does that slows failures down. */
  private final class OnePassword implements Access {
    @Override
    public boolean wanted() {
      return true;
    }

    @Override
    public void check(String user, byte[] password, SocketAddress from, Consumer<Boolean> answer) {
      var right =
          (user == null || user.equals("default"))
              && Arrays.equals(password, PASSWORD.getBytes(UTF_8));
      other.execute(() -> answer.accept(right));
    }
  }

  private static String basic(String userAndPassword) {
    return "Basic " + Base64.getEncoder().encodeToString(userAndPassword.getBytes(UTF_8));
  }

  private static String bearer(String password) {
    return "Bearer "
        + new String(password.getBytes(UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);
  }

  private RawConnection.Answer get(String path, String authorization) throws IOException {
    try (var connection = new RawConnection(server.port())) {
      var header = authorization == null ? "" : "authorization: " + authorization + "\r\n";
      return connection.send("GET " + path + " HTTP/1.1\r\n" + header + "\r\n").answer();
    }
  }

  @Test
  void thePasswordLetsInHoweverItIsShown() throws IOException {
    for (var shown :
        new String[] {
          bearer(PASSWORD),
          basic("default:" + PASSWORD),
          basic(":" + PASSWORD),
          bearer(PASSWORD).replace("Bearer", "bEARER")
        }) {
      assertEquals(200, get("/stats", shown).status());
    }
  }

  @Test
  void everythingElseDoesNot() throws IOException {
    for (var shown :
        new String[] {
          null,
          "",
          "Bearer",
          "Bearer ",
          bearer("wrong"),
          basic("admin:" + PASSWORD),
          basic("default"),
          "Basic ???",
          "Digest x",
          basic("default:")
        }) {
      var answer = get("/stats", shown);
      assertEquals(401, answer.status(), shown);
      assertEquals("application/problem+json", answer.header("content-type"));
      assertTrue(answer.header("www-authenticate").startsWith("B"), answer::toString);
      assertFalse(answer.body().contains("s3cret"), answer::body);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/health", "/health/live", "/health/ready", "/", "/docs", "/openapi.json"})
  void whatTellsNothingOfEntriesIsOpen(String path) throws IOException {
    assertEquals(200, get(path, null).status());
  }

  @ParameterizedTest
  @ValueSource(strings = {"/stats", "/metrics", "/cache/k", "/admin/keys"})
  void whatTellsOfEntriesIsNot(String path) throws IOException {
    assertEquals(401, get(path, null).status());
  }

  @Test
  void pipelinedRequestsWaitForTheCheckBeforeThem() throws IOException {
    try (var connection = new RawConnection(server.port())) {
      var header =
          " HTTP/1.1\r\nauthorization: " + bearer(PASSWORD) + "\r\ncontent-length: 1\r\n\r\n";
      var requests = new StringBuilder();
      for (int each = 0; each < 10; each++) {
        requests.append("PUT /cache/k").append(header).append(each);
        requests.append("GET /cache/k").append(header).append('x');
      }
      connection.send(requests.toString());
      for (int each = 0; each < 10; each++) {
        assertEquals(each == 0 ? 201 : 204, connection.answer().status());
        assertEquals(String.valueOf(each), connection.answer().body());
      }
    }
  }

  @Test
  void aBodyIsNotReadFromWhoIsNotLetIn() throws IOException {
    try (var connection = new RawConnection(server.port())) {
      connection.send("PUT /cache/k HTTP/1.1\r\ncontent-length: 150000\r\n\r\n" + "x".repeat(100));
      assertEquals(401, connection.answer().status());
      assertTrue(connection.closed());
    }
  }

  @Test
  void aScriptIsNotMadeToHaveTheBrowserAsk() throws IOException {
    try (var connection = new RawConnection(server.port())) {
      connection.send("GET /stats HTTP/1.1\r\nsec-fetch-mode: cors\r\n\r\n");
      assertEquals("Bearer realm=\"larder\"", connection.answer().header("www-authenticate"));
    }
  }

  @Test
  void whoShowsNothingIsNotToStay() throws IOException {
    try (var silent = new RawConnection(server.port());
        var open = new RawConnection(server.port());
        var known = new RawConnection(server.port())) {
      assertEquals(200, open.send("GET /health HTTP/1.1\r\n\r\n").answer().status());
      var header = " HTTP/1.1\r\nauthorization: " + bearer(PASSWORD) + "\r\n\r\n";
      assertEquals(200, known.send("GET /stats" + header).answer().status());
      assertTrue(silent.closed());
      assertTrue(open.closed());
      assertEquals(200, known.send("GET /stats" + header).answer().status());
    }
  }
}
