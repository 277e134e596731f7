package dev.larder.server.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The real process: its settings, its signals, its log. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "Windows has no SIGTERM")
final class LifecycleTest {
  private static final int PATIENCE_MILLIS = 60_000;

  @TempDir Path folder;

  private static Socket connect(int port) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Up to the end of the connection. */
  private static String rest(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static String ask(int port, String request, String body) throws IOException {
    try (var socket = connect(port)) {
      send(
          socket,
          request
              + " HTTP/1.1\r\nHost: l\r\nConnection: close\r\nContent-Type: application/json\r\n"
              + "Content-Length: "
              + body.length()
              + "\r\n\r\n"
              + body);
      return rest(socket);
    }
  }

  @Test
  void everyLayerWinsOverTheOnesBefore() throws Exception {
    var file =
        Files.writeString(
            folder.resolve("larder.yaml"),
            "server: {node-id: file, event-loops: 1, transport: nio, log-level: debug,"
                + " port: 0, resp-port: off}\n");
    try (var server =
        ServerProcess.start(
                folder,
                Map.of(
                    "LARDER_CONFIG", file.toString(),
                    "LARDER_EVENT_LOOPS", "2",
                    "LARDER_NODE_ID", "variable",
                    "LARDER_INSECURE", "true",
                    "LARDER_SERVER_LIMITS_BATCH", "7"),
                "-Dlarder.server.node-id=property",
                "-Dlarder.server.limits.batch=8",
                "serve",
                "--limits-batch=9")
            .ready()) {
      var log = server.log();
      assertTrue(log.contains(" transport=nio "), log);
      assertTrue(log.contains(" event-loops=2 "), log);
      assertTrue(log.contains(" node-id=property "), log);
      assertTrue(log.contains(" batch=9,"), log);
      assertTrue(log.contains(" insecure=true "), log);
    }
  }

  @Test
  void profileIsBelowEverythingThatIsSaid() throws Exception {
    try (var server =
        ServerProcess.start(
                folder,
                Map.of("LARDER_PROFILE", "dev", "LARDER_SHUTDOWN_TIMEOUT", "3"),
                "serve",
                "--port=0",
                "--resp-port=off")
            .ready()) {
      var log = server.log();
      assertTrue(log.contains(" shutdown-timeout=3000ms load-test=true "), log);
      assertTrue(log.contains(" log-level=debug "), log);
    }
  }

  @Test
  void termAnswersWhatHasComeSavesAndEndsWithZero() throws Exception {
    var snapshot = folder.resolve("snapshot").toString();
    String[] arguments = {"serve", "--port=0", "--resp-port=0", "--snapshot=" + snapshot};
    try (var server = ServerProcess.start(folder, Map.of(), arguments).ready();
        var under = connect(server.port("REST"))) {
      assertTrue(ask(server.port("REST"), "PUT /cache/a", "[1]").startsWith("HTTP/1.1 201"));
      send(under, "PUT /cache/b HTTP/1.1\r\nHost: l\r\nContent-Length: 3\r\n\r\n");
      awaitReading(server.port("REST"));
      server.terminate();
      awaitRefused(server.port("REST"));
      assertTrue(server.alive(), "a request is under way");
      send(under, "[2]");
      var answer = rest(under);
      assertTrue(answer.startsWith("HTTP/1.1 201"), answer);
      assertEquals(0, server.ended(), server::toString);
      assertTrue(server.log().contains("snapshot saved"), server.log());
    }
    try (var again = ServerProcess.start(folder, Map.of(), arguments).ready()) {
      assertTrue(ask(again.port("REST"), "GET /cache/a", "").endsWith("[1]"));
      assertTrue(ask(again.port("REST"), "GET /cache/b", "").endsWith("[2]"));
    }
  }

  /** What was sent before on another connection of the same loop has been read by then. */
  private static void awaitReading(int port) throws IOException {
    for (var times = 0; times < 3; times++) {
      ask(port, "GET /cache/none", "");
    }
  }

  private static void awaitRefused(int port) throws IOException {
    for (var tries = 0; tries < 10_000; tries++) {
      try (var late = connect(port)) {
        // What the kernel had accepted before the port closed is cut or told to go.
        late.getInputStream().read();
      } catch (IOException refused) {
        return;
      }
    }
    throw new AssertionError("the port stays open");
  }

  @Test
  void secondSignalEndsAtOnce() throws Exception {
    try (var server =
            ServerProcess.start(
                    folder,
                    Map.of("LARDER_SHUTDOWN_TIMEOUT", "never"),
                    "serve",
                    "--port=0",
                    "--resp-port=off")
                .ready();
        var under = connect(server.port("REST"))) {
      send(under, "PUT /cache/b HTTP/1.1\r\nHost: l\r\nContent-Length: 3\r\n\r\n");
      awaitReading(server.port("REST"));
      server.terminate();
      awaitRefused(server.port("REST"));
      assertTrue(server.alive(), "it waits for the request");
      server.terminate();
      assertEquals(130, server.ended());
    }
  }

  @Test
  void portInUseEndsWithOne() throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var server =
            ServerProcess.start(
                folder,
                Map.of("LARDER_PORT", String.valueOf(taken.getLocalPort())),
                "serve",
                "--resp-port=off")) {
      assertEquals(1, server.ended());
      assertTrue(
          server.log().contains("cannot listen on 127.0.0.1:" + taken.getLocalPort()),
          server.log());
    }
  }

  @Test
  void logShowsNeitherKeysNorValuesNorPasswords() throws Exception {
    try (var server =
        ServerProcess.start(
                folder,
                Map.of("LARDER_PASSWORD", "hunter2", "LARDER_LOG_LEVEL", "trace"),
                "serve",
                "--port=0",
                "--resp-port=0",
                "--log-format=json",
                "--set=server.limits.key-bytes=64")
            .ready()) {
      var rest = server.port("REST");
      for (var request : new String[] {"GET /cache/sekret", "PUT /cache/sekret", "GET /%ff"}) {
        ask(rest, request, "\"topsekret\"");
        ask(rest, request + "?key=sekret", "{sekret");
      }
      for (var text :
          new String[] {
            "GET /cache/sekret HTTP/1.1\r\nAuthorization: Bearer hunter2\r\n\r\n",
            "GET /cache/sekret HTTP/1.1\r\nAuthorization: Bearer sekret-guess\r\n\r\n",
            "sekret sekret\r\n\r\n",
            "AUTH hunter2\r\nSET sekret topsekret\r\nINCR sekret\r\nSEKRET x\r\nAUTH sekret\r\n",
            "*1\r\n$sekret\r\n"
          }) {
        for (var port : new String[] {"REST", "RESP"}) {
          try (var socket = connect(server.port(port))) {
            send(socket, text);
            socket.shutdownOutput();
            rest(socket);
          }
        }
      }
      server.terminate();
      assertEquals(0, server.ended());
      var log = server.log();
      assertTrue(log.contains("\"message\":\"ready\""), log);
      assertFalse(log.toLowerCase(java.util.Locale.ROOT).contains("sekret"), log);
      assertFalse(log.contains("hunter2"), log);
      log.lines()
          .filter(line -> !line.startsWith("SLF4J")) // of a library that only tests have
          .forEach(line -> assertTrue(line.startsWith("{\"time\":\"20"), line));
    }
  }

  @Test
  void passwordAsAnOptionIsWarnedOf() throws Exception {
    try (var server =
        ServerProcess.start(
                folder, Map.of(), "serve", "--port=0", "--resp-port=off", "--password=hunter2")
            .ready()) {
      assertTrue(server.log().contains("warn  serve the password was given as an option"));
      assertFalse(server.log().contains("hunter2"));
      assertTrue(ask(server.port("REST"), "GET /cache/a", "").startsWith("HTTP/1.1 401"));
    }
  }
}
