package dev.larder.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HealthCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer server;
  private volatile int status = 200;
  private volatile String asked = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          asked = exchange.getRequestURI().toString();
          var body = "{\"status\":\"whatever\"}".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Test
  void readyServerEndsWithZero() {
    assertEquals(0, run("--url", url()), err::toString);
    assertEquals("/health/ready", asked);
    assertEquals("{\"status\":\"whatever\"}", out.toString().strip());
  }

  @Test
  void serverThatIsNotReadyEndsWithOne() {
    status = 503;
    assertEquals(1, run("--url", url()));
    assertTrue(out.toString().contains("whatever"), out::toString);
  }

  @Test
  void nobodyThereEndsWithOneAndSaysSo() {
    var url = url();
    server.stop(0);
    assertEquals(1, run("--url", url));
    assertTrue(err.toString().contains(url + " does not answer"), err::toString);
  }

  @Test
  void somethingThatIsNotHttpEndsWithOne() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var thread =
          new Thread(
              () -> {
                try (var socket = other.accept()) {
                  socket.getOutputStream().write("-ERR\r\n".getBytes(StandardCharsets.US_ASCII));
                } catch (IOException e) {
                  throw new AssertionError(e);
                }
              });
      thread.start();
      assertEquals(1, run("--url", "http://127.0.0.1:" + other.getLocalPort()));
      thread.join();
    }
    assertTrue(err.toString().contains("does not answer"), err::toString);
  }

  @Test
  void silenceEndsWithOneAfterTheTimeout() throws IOException {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertEquals(1, run("--url", "http://127.0.0.1:" + silent.getLocalPort(), "--timeout", "1"));
    }
    assertTrue(err.toString().contains("timed out"), err::toString);
  }

  @Test
  void addressThatIsNoneIsRefusedBeforeAnythingIsSent() {
    for (var wrong : new String[] {"ftp://localhost", "localhost:8080", "http://localhost/x"}) {
      assertEquals(2, run("--url", wrong), wrong);
      assertTrue(err.toString().contains("allowed is http://HOST"), err::toString);
    }
    assertEquals(2, run("--url", url(), "--timeout", "0"));
  }

  @Test
  void withoutAnUrlTheSettingsSayWhere() {
    assertEquals(URI.create("http://127.0.0.1:8080"), address(Map.of()));
    assertEquals(
        URI.create("https://127.0.0.1:8443"),
        address(
            Map.of(
                "server.host", "0.0.0.0",
                "server.port", "8443",
                "server.tls.certificate", "tls.crt")));
    assertEquals(URI.create("http://[::1]:8080"), address(Map.of("server.host", "::1")));
    assertEquals(URI.create("http://10.0.0.7:8080"), address(Map.of("server.host", "10.0.0.7")));
  }

  private static URI address(Map<String, String> settings) {
    return HealthCommand.address(key -> Optional.ofNullable(settings.get(key)));
  }

  private String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private int run(String... arguments) {
    var all = new String[arguments.length + 1];
    all[0] = "health";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return LarderCommand.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all);
  }
}
