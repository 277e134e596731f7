package dev.larder.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.core.Limits;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostileInputTest {
  private static final Limits SMALL =
      new Limits(
          1_000, 10_000, 100, 20_000, 10, 1 << 20, Duration.ZERO, Duration.ofMillis(400), 10);

  private final HttpTestServer server = HttpTestServer.with().limits(SMALL).start();

  @AfterEach
  void close() {
    server.close();
  }

  private RawConnection open() throws IOException {
    return new RawConnection(server.port());
  }

  private RawConnection.Answer ask(String request) throws IOException {
    try (var connection = open()) {
      return connection.send(request).answer();
    }
  }

  /** Whatever happened before. */
  private void goesOn() throws IOException {
    assertEquals(200, ask("GET /health/live HTTP/1.1\r\nhost: x\r\n\r\n").status());
    assertEquals(java.util.List.of(), server.failures());
  }

  private static void assertProblem(int status, String code, RawConnection.Answer answer) {
    assertEquals(status, answer.status(), answer::body);
    assertEquals("application/problem+json", answer.header("content-type"));
    assertTrue(answer.body().contains("\"/problems/" + code + '"'), answer::body);
    assertFalse(answer.body().contains("Exception"), answer::body);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "*1\r\n$4\r\nPING\r\n",
        "PING\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\r\n",
        "\u0000\u0001\u0002\u0003\r\n\r\n",
        "GET\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\ncontent-length: x\r\n\r\n",
        "GET / HTTP/1.1\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\n",
      })
  void whatIsNotHttpIsToldSoAndTheConnectionEnds(String bytes) throws IOException {
    try (var connection = open()) {
      var answer = connection.send(bytes).answer();
      assertProblem(400, "invalid-request", answer);
      assertEquals("close", answer.header("connection"));
      assertTrue(connection.closed());
    }
    goesOn();
  }

  @Test
  void aLineThatIsTooLongIsRefused() throws IOException {
    var answer = ask("GET /cache/" + "k".repeat(20_000) + " HTTP/1.1\r\n\r\n");
    assertProblem(414, "uri-too-long", answer);
    goesOn();
  }

  @Test
  void aKeyThatIsTooLongIsRefused() throws IOException {
    assertProblem(
        400, "key-too-long", ask("GET /cache/" + "k".repeat(1_001) + " HTTP/1.1\r\n\r\n"));
    goesOn();
  }

  @Test
  void headersThatAreTooLongAreRefused() throws IOException {
    var answer = ask("GET / HTTP/1.1\r\nlong: " + "h".repeat(20_000) + "\r\n\r\n");
    assertProblem(431, "headers-too-long", answer);
    goesOn();
  }

  @Test
  void headersThatAreTooManyAreRefused() throws IOException {
    var answer = ask("GET /stats HTTP/1.1\r\n" + "a: b\r\n".repeat(101) + "\r\n");
    assertProblem(431, "too-many-headers", answer);
    goesOn();
  }

  @Test
  void anAnnouncedBodyThatIsTooLongIsRefusedBeforeItComes() throws IOException {
    try (var connection = open()) {
      var answer =
          connection.send("PUT /cache/k HTTP/1.1\r\ncontent-length: 99999999\r\n\r\n").answer();
      assertProblem(413, "body-too-long", answer);
      assertTrue(connection.closed());
    }
    goesOn();
  }

  @Test
  void aBodyInPiecesThatIsTooLongIsRefused() throws IOException {
    try (var connection = open()) {
      connection.send("PUT /cache/k HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n");
      for (int piece = 0; piece < 21; piece++) {
        connection.send("3e8\r\n" + "x".repeat(1_000) + "\r\n");
      }
      assertProblem(413, "body-too-long", connection.answer());
      assertTrue(connection.closed());
    }
    goesOn();
  }

  @Test
  void aBodyInBrokenPiecesIsRefused() throws IOException {
    try (var connection = open()) {
      connection.send("PUT /cache/k HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n");
      assertProblem(400, "invalid-request", connection.answer());
      assertTrue(connection.closed());
    }
    goesOn();
  }

  @Test
  void aValueThatIsTooLongIsRefusedAndTheConnectionGoesOn() throws IOException {
    try (var connection = open()) {
      connection.send(
          "PUT /cache/k HTTP/1.1\r\ncontent-length: 10001\r\n\r\n" + "v".repeat(10_001));
      assertProblem(413, "value-too-long", connection.answer());
      connection.send("GET /cache/k HTTP/1.1\r\n\r\n");
      assertProblem(404, "no-such-key", connection.answer());
    }
    goesOn();
  }

  @Test
  void whoExpectsToContinueIsToldWhetherTo() throws IOException {
    try (var connection = open()) {
      var head = "PUT /cache/k HTTP/1.1\r\nexpect: 100-continue\r\ncontent-length: ";
      connection.send(head + "2\r\n\r\n");
      assertEquals(100, connection.answer().status());
      assertEquals(201, connection.send("ok").answer().status());
      connection.send(head + "99999999\r\n\r\n");
      assertProblem(413, "body-too-long", connection.answer());
    }
    goesOn();
  }

  @ParameterizedTest
  @CsvSource({
    "GET /cache/%zz HTTP/1.1, 400, invalid-encoding",
    "GET /cache/% HTTP/1.1, 400, invalid-encoding",
    "GET /cache/%4 HTTP/1.1, 400, invalid-encoding",
    "PUT /cache/k?ttl=%ff HTTP/1.1, 400, invalid-utf8",
    "PUT /cache/k?ttl=0 HTTP/1.1, 400, invalid-ttl",
    "PUT /cache/k?ttl=-1 HTTP/1.1, 400, invalid-ttl",
    "PUT /cache/k?ttl=1.5 HTTP/1.1, 400, invalid-ttl",
    "PUT /cache/k?ttl= HTTP/1.1, 400, invalid-ttl",
    "PUT /cache/k?ttl=99999999999999999999 HTTP/1.1, 400, invalid-ttl",
    "PUT /cache/k?ttl=1000000000001 HTTP/1.1, 400, invalid-ttl",
    "DELETE /cache HTTP/1.1, 400, not-confirmed",
    "DELETE /cache?confirm=yes HTTP/1.1, 400, not-confirmed",
    "PATCH /cache/k HTTP/1.1, 405, wrong-method",
    "OPTIONS * HTTP/1.1, 400, invalid-target",
    "GET cache/k HTTP/1.1, 400, invalid-target",
    "GET /nothing HTTP/1.1, 404, no-such-path",
    "GET /cache/ HTTP/1.1, 404, no-such-path",
    "GET //etc/passwd HTTP/1.1, 404, no-such-path",
    "GET /docs/../../etc/passwd HTTP/1.1, 404, no-such-path",
    "GET /docs/%2e%2e%2fdocs.html HTTP/1.1, 404, no-such-file",
    "GET /docs/docs.html HTTP/1.1, 404, no-such-file",
    "GET /docs/%00 HTTP/1.1, 404, no-such-file",
    "GET /docs/%ff HTTP/1.1, 400, invalid-utf8",
    "GET /admin/keys?limit=0 HTTP/1.1, 400, invalid-limit",
    "GET /admin/keys?limit=11 HTTP/1.1, 400, invalid-limit",
    "GET /admin/keys?limit=x HTTP/1.1, 400, invalid-limit",
  })
  void whatMeansNothingIsRefusedByName(String line, int status, String code) throws IOException {
    try (var connection = open()) {
      assertProblem(status, code, connection.send(line + "\r\n\r\n").answer());
      connection.send("GET /health/live HTTP/1.1\r\n\r\n");
      assertEquals(200, connection.answer().status(), "the connection goes on");
    }
    goesOn();
  }

  @Test
  void dotsAndZeroesAreBytesOfKeysLikeAllOthers() throws IOException {
    for (var key : new String[] {"..", "%2e%2e", "%2e%2e%2f%2e%2e%2fetc", "%00", "a%00b"}) {
      assertEquals(
          key.equals("%2e%2e") ? 204 : 201,
          ask("PUT /cache/" + key + " HTTP/1.1\r\ncontent-length: 1\r\n\r\nv").status());
      assertEquals("v", ask("GET /cache/" + key + " HTTP/1.1\r\n\r\n").body());
    }
    assertEquals(4, server.databases().first().size());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{|400|invalid-json",
        "|400|invalid-json",
        "[]|400|invalid-json",
        "{} {}|400|invalid-json",
        "{}|400|invalid-batch",
        "{\"items\":[]}|400|invalid-batch",
        "{\"items\":{},\"other\":1}|400|unknown-member",
        "{\"items\":{\"k\":1},\"ttl\":0}|400|invalid-ttl",
        "{\"items\":{\"k\":1},\"ttl\":1e99}|400|invalid-ttl",
        "{\"items\":{\"k\":1},\"ttl\":99999999999999999999}|400|invalid-ttl",
        "{\"items\":{\"k\":{\"base64\":\"?\"}}}|400|invalid-base64",
        "{\"items\":{\"\\ud800\":1}}|400|invalid-json",
        "{\"items\":{\"a\":1,\"b\":1,\"c\":1,\"d\":1,\"e\":1,\"f\":1,\"g\":1,\"h\":1,\"i\":1,\"j\":1,\"k\":1}}|413|batch-too-long",
        "{\"items\":{\"k\":1}|400|invalid-json",
        "{\"items\":{\"k\":1,\"\":1}}|400|key-empty",
        "{\"items\":{\"k\":nul}}|400|invalid-json",
      })
  void aBatchThatIsWrongChangesNothing(String body, int status, String code) throws IOException {
    var json = body == null ? "" : body;
    var answer =
        ask(
            "POST /cache/batch/set HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: "
                + json.length()
                + "\r\n\r\n"
                + json);
    assertProblem(status, code, answer);
    assertEquals(0, server.databases().first().size());
    goesOn();
  }

  @Test
  void jsonThatIsDeepOrBrokenIsNotStored() throws IOException {
    for (var body : new String[] {"[".repeat(5_000), "{\"a\":}", "\"\u00ff\"", "1 2", ""}) {
      var answer =
          ask(
              "PUT /cache/k HTTP/1.1\r\ncontent-type: application/json\r\ncontent-length: "
                  + body.length()
                  + "\r\n\r\n"
                  + body);
      assertEquals(400, answer.status());
    }
    assertEquals(0, server.databases().first().size());
    goesOn();
  }

  @Test
  void anotherContentTypeThanAsBatchesHaveIsRefused() throws IOException {
    for (var type : new String[] {"", "content-type: text/plain\r\n", "content-type: x\r\n"}) {
      var answer =
          ask(
              "POST /cache/batch/get HTTP/1.1\r\n"
                  + type
                  + "content-length: 11\r\n\r\n{\"keys\":[]}");
      assertEquals(415, answer.status());
    }
    goesOn();
  }

  @Test
  void whatTheClientDoesNotTakeIsNotSent() throws IOException {
    ask("PUT /cache/k HTTP/1.1\r\ncontent-length: 1\r\ncontent-type: text/plain\r\n\r\nv");
    assertProblem(
        406,
        "not-acceptable",
        ask("GET /cache/k HTTP/1.1\r\naccept: application/json, text/plain;q=0\r\n\r\n"));
    assertEquals(
        200, ask("GET /cache/k HTTP/1.1\r\naccept: image/*, text/*;q=0.1\r\n\r\n").status());
  }

  @Test
  void aHeadThatComesTooSlowlyIsRefused() throws IOException {
    try (var connection = open()) {
      connection.send("GET /health HTTP/1.1\r\nhost: ");
      assertProblem(408, "too-slow", connection.answer());
      assertTrue(connection.closed());
    }
    goesOn();
  }

  @Test
  void aBodyThatComesTooSlowlyIsRefused() throws IOException {
    try (var connection = open()) {
      connection.send("PUT /cache/k HTTP/1.1\r\ncontent-length: 100\r\n\r\nslow");
      assertProblem(408, "too-slow", connection.answer());
      assertTrue(connection.closed());
    }
    goesOn();
  }

  @Test
  void whoClosesItsHalfStillGetsItsAnswers() throws IOException {
    try (var connection = open()) {
      connection
          .send("PUT /cache/k HTTP/1.1\r\ncontent-length: 1\r\n\r\nv")
          .send("GET /cache/k HTTP/1.1\r\n\r\n")
          .shutdownOutput();
      assertEquals(201, connection.answer().status());
      assertEquals("v", connection.answer().body());
      assertTrue(connection.closed());
    }
  }

  @Test
  void whoClosesItsHalfInTheMiddleIsGone() throws IOException {
    try (var connection = open()) {
      connection.send("PUT /cache/k HTTP/1.1\r\ncontent-length: 9\r\n\r\nv").shutdownOutput();
      assertTrue(connection.closed());
    }
    goesOn();
  }

  @Test
  void aClientThatReadsNothingIsCut() throws IOException {
    ask("PUT /cache/k HTTP/1.1\r\ncontent-length: 10000\r\n\r\n" + "v".repeat(10_000));
    try (var connection = open()) {
      connection.socket().setSoTimeout(1);
      var gets = "GET /cache/k HTTP/1.1\r\n\r\n".repeat(100);
      // Each is answered by 400 times its length, so the server stops reading, then gives up.
      var cut = false;
      for (int sent = 0; !cut && sent < 100_000; sent++) {
        try {
          connection.send(gets);
        } catch (IOException e) {
          cut = true;
        }
      }
      assertTrue(cut);
    }
    goesOn();
  }
}
