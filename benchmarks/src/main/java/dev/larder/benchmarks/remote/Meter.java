package dev.larder.benchmarks.remote;

import dev.larder.benchmarks.remote.Client.Side;
import dev.larder.benchmarks.server.ServerProcess;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Predicate;

/** Reads what a server counts: the metrics of Larder's, {@code INFO stats} of Redis. */
final class Meter {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Side side;
  private final ServerProcess server;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  /** What the next look counts of the one before. */
  private final Traffic looks;

  Meter(Side side, ServerProcess server) throws IOException {
    this.side = side;
    this.server = server;
    look(); // connects
    var before = look();
    this.looks = look().minus(before);
  }

  Traffic look() throws IOException {
    return side == Side.LARDER ? larder() : redis();
  }

  /** What came since then, the looks left aside. */
  Traffic since(Traffic before) throws IOException {
    return look().minus(before).without(looks);
  }

  private Traffic larder() throws IOException {
    var uri = URI.create("http://" + ServerProcess.HOST + ":" + server.httpPort() + "/metrics");
    try {
      var request = HttpRequest.newBuilder(uri).timeout(PATIENCE).build();
      var lines = http.send(request, HttpResponse.BodyHandlers.ofString()).body().split("\n");
      return new Traffic(
          sum(lines, line -> line.startsWith("larder_operation_seconds_count")),
          sum(lines, line -> line.startsWith("larder_network_received_bytes_total")),
          sum(lines, line -> line.startsWith("larder_network_sent_bytes_total")),
          server.cpuNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static long sum(String[] lines, Predicate<String> wanted) {
    var sum = 0.0;
    for (var line : lines) {
      if (wanted.test(line) && line.contains("protocol=\"http\"")) {
        sum += Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
      }
    }
    return (long) sum;
  }

  private Traffic redis() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.respPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      socket.getOutputStream().write("INFO stats\r\nQUIT\r\n".getBytes(StandardCharsets.US_ASCII));
      var reader =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
      var counts = new long[3];
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        counts[0] += number(line, "total_commands_processed:");
        counts[1] += number(line, "total_net_input_bytes:");
        counts[2] += number(line, "total_net_output_bytes:");
      }
      return new Traffic(counts[0], counts[1], counts[2], server.cpuNanos());
    }
  }

  private static long number(String line, String name) {
    return line.startsWith(name) ? Long.parseLong(line.substring(name.length()).strip()) : 0;
  }
}
