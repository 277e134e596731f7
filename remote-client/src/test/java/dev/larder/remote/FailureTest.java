package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.server.http.v1.V1Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of operations when servers and networks do what they do, over real sockets. */
@Timeout(60)
final class FailureTest {
  private static final String SHORT = "300ms";

  private final Leaks leaks = new Leaks();

  @AfterEach
  void nothingIsLeftOver() {
    leaks.assertNone();
  }

  /** How operations fail at a server that behaves in a manner, and that nothing is left then. */
  private static void fails(RawServer server, String timeout, Check check) throws Exception {
    try (server;
        var way =
            Way.to(server.address(), "remote.timeout", timeout, "remote.connect-timeout", "1s")) {
      check.check(way, way.folder());
      way.link().release();
      assertEquals(0, ((UsedLink) way.link()).shared().connections());
      Leaks.await(() -> server.open() == 0);
      assertEquals(0, server.open(), "connections left open");
    }
  }

  private interface Check {
    void check(Way way, Link.Folder folder) throws Exception;
  }

  private static void says(Throwable thrown, String... words) {
    for (var word : words) {
      assertTrue(thrown.getMessage().contains(word), thrown.getMessage());
    }
  }

  private static StoreException read(Link.Folder folder) {
    var thrown = assertThrows(StoreException.class, () -> folder.askAndWait(TestOp.get("a")));
    assertFalse(thrown instanceof OutcomeUnknownException, "a read has no unknown outcome");
    return thrown;
  }

  private static StoreException write(Link.Folder folder) {
    return assertThrows(StoreException.class, () -> folder.askAndWait(TestOp.put("a", "1")));
  }

  private static OutcomeUnknownException unknown(Link.Folder folder) {
    return assertInstanceOf(OutcomeUnknownException.class, write(folder));
  }

  @Test
  void aNameThatNobodyKnowsIsSaid() {
    try (var way = Way.to("no-such-host.invalid:8080", "remote.timeout", "2s")) {
      says(read(way.folder()), "no-such-host.invalid:8080", "DNS", "remote.hosts");
      assertFalse(write(way.folder()) instanceof OutcomeUnknownException);
    }
  }

  @Test
  void aPortWhereNobodyListensIsSaid() throws IOException {
    int port;
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    try (var way = Way.to("127.0.0.1:" + port, "remote.timeout", "2s")) {
      says(read(way.folder()), "127.0.0.1:" + port, "no connection", "is it up");
      assertFalse(write(way.folder()) instanceof OutcomeUnknownException);
      assertFalse(way.link().problems().isEmpty());
      says(new StoreException("" + way.link().hosts()), "left alone");
    }
  }

  @Test
  void aServerThatAcceptsAndNeverAnswersIsGivenUpInTime() throws Exception {
    fails(
        new RawServer(RawServer::linger),
        SHORT,
        (way, folder) -> {
          says(read(folder), "no answer within");
          unknown(folder);
          assertThrows(ExecutionException.class, () -> folder.ask(TestOp.get("a")).get());
        });
  }

  @Test
  void aServerThatIsTooSlowIsGivenUpInTime() throws Exception {
    fails(
        new RawServer(
            socket -> {
              RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
              var wait = new CountDownLatch(1);
              try {
                for (var i = 0; i < 1000 && !wait.await(20, TimeUnit.MILLISECONDS); i++) {
                  RawServer.say(socket, "x");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            }),
        SHORT,
        (way, folder) -> {
          says(read(folder), "no answer within", "too slow");
          unknown(folder);
        });
  }

  @Test
  void anAnswerThatIsCutIsAskedForAgainOnlyForReads() throws Exception {
    var server = new RawServer[] {null};
    server[0] =
        new RawServer(
            socket -> {
              if (server[0].request(socket)) {
                RawServer.say(
                    socket,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/cbor\r\n"
                        + "Content-Length: 1000\r\n\r\nxyz");
              }
            });
    fails(
        server[0],
        "5s",
        (way, folder) -> {
          says(unknown(folder), "broke", "may have been made");
          assertEquals(1, server[0].requests(), "a write is not repeated");
          says(read(folder), "broke");
          assertTrue(server[0].requests() >= 3, "a read is: " + server[0].requests());
        });
  }

  @Test
  void garbageIsSaidToBeGarbage() throws Exception {
    fails(
        new RawServer(
            socket -> {
              RawServer.say(socket, "220 mail.example.org ESMTP\r\n");
              RawServer.linger(socket);
            }),
        "2s",
        (way, folder) -> says(read(folder), "not HTTP", "Larder"));
  }

  @Test
  void aWrongContentTypeIsSaid() throws Exception {
    fails(
        page("text/html", "<html>hello</html>"),
        "2s",
        (way, folder) -> {
          says(read(folder), "not CBOR", "Larder");
          unknown(folder);
        });
  }

  @Test
  void wrongCborIsSaid() throws Exception {
    fails(
        page("application/cbor", "\u00bf\u0001\u0002"),
        "2s",
        (way, folder) -> says(read(folder), "not CBOR as expected"));
  }

  /** Answers each request with a page. */
  private static RawServer page(String type, String text) {
    var self = new RawServer[1];
    self[0] =
        new RawServer(
            socket -> {
              while (self[0].request(socket)) {
                RawServer.say(
                    socket,
                    "HTTP/1.1 200 OK\r\nContent-Type: "
                        + type
                        + "\r\nContent-Length: "
                        + text.length()
                        + "\r\n\r\n"
                        + text);
              }
            });
    return self[0];
  }

  @Test
  void anAnswerThatIsTooLongIsNotRead() throws Exception {
    var self = new RawServer[1];
    self[0] =
        new RawServer(
            socket -> {
              if (self[0].request(socket)) {
                RawServer.say(socket, "HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nx");
                RawServer.linger(socket);
              }
            });
    fails(self[0], "5s", (way, folder) -> says(read(folder), "longer than"));
  }

  @Test
  void aServerThatHasTooMuchToDoIsAskedAgain() throws Exception {
    var self = new RawServer[1];
    var problem = "{\"type\":\"https://larder.dev/problems/busy\",\"detail\":\"too much\"}";
    self[0] =
        new RawServer(
            socket -> {
              while (self[0].request(socket)) {
                RawServer.say(
                    socket,
                    "HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Type:"
                        + " application/problem+json\r\nContent-Length: "
                        + problem.length()
                        + "\r\n\r\n"
                        + problem);
              }
            });
    fails(
        self[0],
        "5s",
        (way, folder) -> {
          var thrown = write(folder);
          assertFalse(thrown instanceof OutcomeUnknownException, "nothing was done");
          says(thrown, "503 busy", "too much");
          assertTrue(self[0].requests() >= 3 && self[0].requests() <= 4, "" + self[0].requests());
        });
  }

  @Test
  void aServerThatComesBackIsUsedAgain() throws Exception {
    var first = V1Server.start();
    var port = first.port();
    try (var way = Way.to("127.0.0.1:" + port, "remote.timeout", "2s")) {
      assertEquals(201, way.folder().askAndWait(TestOp.put("a", "1")).status());
      first.close();
      read(way.folder());
      try (var self = again(port)) {
        Leaks.await(() -> worksAgain(way.folder()));
        assertEquals(200, way.folder().askAndWait(TestOp.get("a")).status());
        assertEquals(List.of(), way.link().problems());
        assertTrue(self.requests() > 0);
      }
    }
  }

  private static boolean worksAgain(Link.Folder folder) {
    try {
      folder.askAndWait(TestOp.get("a"));
      return true;
    } catch (StoreException e) {
      return false;
    }
  }

  /** A server that always says the same. */
  private static RawServer again(int port) {
    var self = new RawServer[1];
    self[0] = new RawServer(socket -> answer(self, socket), port);
    return self[0];
  }

  private static void answer(RawServer[] self, Socket socket) throws IOException {
    // {"results": [{"status": 200}]}
    var cbor = "\u00bfgresults\u009f\u00bffstatus\u0018\u00c8\u00ff\u00ff\u00ff";
    while (self[0] == null || self[0].request(socket)) {
      RawServer.say(
          socket,
          "HTTP/1.1 200 OK\r\nContent-Type: application/cbor\r\nContent-Length: "
              + cbor.length()
              + "\r\n\r\n"
              + cbor);
    }
  }

  @Test
  void aWriteOnAConnectionThatTheServerHadClosedIsNotRepeatedBehindOurBack() throws Exception {
    var self = new RawServer[1];
    self[0] =
        new RawServer(
            socket -> {
              // One answer, then the next request is read and the connection dropped.
              if (self[0].request(socket)) {
                var cbor = "\u00bfgresults\u009f\u00bffstatus\u0018\u00c8\u00ff\u00ff\u00ff";
                RawServer.say(
                    socket,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/cbor\r\nContent-Length: "
                        + cbor.length()
                        + "\r\n\r\n"
                        + cbor);
                if (self[0].request(socket)) {
                  return;
                }
              }
            });
    fails(
        self[0],
        "5s",
        (way, folder) -> {
          assertEquals(200, folder.askAndWait(TestOp.put("a", "1")).status());
          unknown(folder);
          assertEquals(2, self[0].requests(), "sent once each");
          assertEquals(200, folder.askAndWait(TestOp.get("a")).status());
          assertEquals(200, folder.askAndWait(TestOp.get("a")).status(), "a read is repeated");
          assertEquals(5, self[0].requests());
        });
  }
}
