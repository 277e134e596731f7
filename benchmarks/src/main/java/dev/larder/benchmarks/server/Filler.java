package dev.larder.benchmarks.server;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;

/** Brings the entries into a server that the tools will ask for, over the Redis protocol. */
final class Filler {
  private static final int BURST = 500;
  private static final int PATIENCE_MILLIS = 60_000;

  private Filler() {}

  /**
   * Empties the server and stores so many entries, with keys as redis-benchmark has them. Fails
   * when they are not all there afterwards.
   */
  static void fill(ServerProcess server, int entries, int bytes) throws IOException {
    var value = "v".repeat(bytes);
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.respPort())) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      var out = new BufferedOutputStream(socket.getOutputStream(), 1 << 16);
      var in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
      ask(out, "FLUSHALL");
      out.flush();
      expect(line(in), "+OK", server);
      for (var from = 0; from < entries; from += BURST) {
        var to = Math.min(entries, from + BURST);
        for (var key = from; key < to; key++) {
          ask(out, "SET", String.format(Locale.ROOT, "key:%012d", key), value);
        }
        out.flush();
        for (var key = from; key < to; key++) {
          expect(line(in), "+OK", server);
        }
      }
      ask(out, "DBSIZE");
      out.flush();
      expect(line(in), ":" + entries, server);
    }
  }

  /** Stores over HTTP what wrk will ask for. */
  static void fillHttp(ServerProcess server) throws IOException {
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    var value = HttpRequest.BodyPublishers.ofString("v".repeat(Scripts.BYTES));
    for (var key = 0; key < Scripts.KEYS; key++) {
      var address = "http://" + ServerProcess.HOST + ":" + server.httpPort() + Scripts.path(key);
      var put =
          HttpRequest.newBuilder(URI.create(address))
              .timeout(Duration.ofMillis(PATIENCE_MILLIS))
              .header("Content-Type", "application/octet-stream")
              .PUT(value)
              .build();
      var status = sent(client, put);
      if (status / 100 != 2) {
        throw new IOException(server.name() + " answered " + status + " to a PUT");
      }
    }
  }

  private static int sent(HttpClient client, HttpRequest request) throws IOException {
    try {
      return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void expect(String answer, String expected, ServerProcess server)
      throws IOException {
    if (!answer.equals(expected)) {
      throw new IOException(server.name() + " answered " + answer + " instead of " + expected);
    }
  }

  private static void ask(BufferedOutputStream out, String... parts) throws IOException {
    var text = new StringBuilder("*").append(parts.length).append("\r\n");
    for (var part : parts) {
      text.append('$').append(part.length()).append("\r\n").append(part).append("\r\n");
    }
    out.write(text.toString().getBytes(StandardCharsets.US_ASCII));
  }

  private static String line(InputStream in) throws IOException {
    var text = new StringBuilder();
    for (var next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new IOException("the server closed the connection");
      }
      text.append((char) next);
    }
    return text.toString().strip();
  }
}
