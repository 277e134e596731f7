package dev.larder.server.serve;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code larder rehearse}: starts a server on ports of its own, has it answer a few requests, and
 * ends. The launcher runs it once under a JVM that writes down which classes that took, so that the
 * next start finds them ready. Exit code 0 when every request was answered, else 1.
 *
 * <p>Settings of the process would apply, a snapshot too, so the launcher runs it with an empty
 * environment.
 */
@Command(
    name = "rehearse",
    hidden = true,
    description = "Start a server, ask it a few things, and end: for the launcher.",
    mixinStandardHelpOptions = true)
public final class RehearseCommand implements Callable<Integer> {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int LONGEST_ANSWER = 1 << 20;

  /** Each ends its connection, so an answer is all that comes; so does the last command below. */
  private static final List<String> REQUESTS =
      List.of(
          request("GET", "/health/ready", ""),
          request("GET", "/", ""),
          request("GET", "/stats", ""),
          request("GET", "/metrics", ""),
          request("PUT", "/cache/rehearsal?ttl=60", "{\"a\":1}"),
          request("GET", "/cache/rehearsal", ""),
          request("DELETE", "/cache/rehearsal", ""));

  private static final List<String> COMMANDS =
      List.of(
          "PING",
          "HELLO 3",
          "SET rehearsal 1 EX 60",
          "GET rehearsal",
          "INCR rehearsal",
          "TTL rehearsal",
          "MGET rehearsal none",
          "DEL rehearsal",
          "INFO",
          "COMMAND COUNT",
          "QUIT");

  @Spec
  @SuppressWarnings("NullAway.Init") // set by picocli
  private CommandSpec spec;

  /** A command that was not told anything yet. */
  public RehearseCommand() {}

  @Override
  public Integer call() throws IOException {
    // As the start of a real one, up to here.
    var options = QuickStart.options(List.of("--port=0", "--resp-port=0")).orElseThrow();
    var settings = Serving.settings(options);
    var answered = true;
    try (var server = Server.start(settings)) {
      for (var request : REQUESTS) {
        answered &= ask(server.http(), request, "HTTP/1.1 ");
      }
      if (server.resp().isPresent()) {
        answered &= ask(server.resp().get(), String.join("\r\n", COMMANDS) + "\r\n", "+PONG\r\n");
      }
    }
    return answered ? 0 : 1;
  }

  private boolean ask(InetSocketAddress to, String request, String begin) throws IOException {
    try (var socket = new Socket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(to, PATIENCE_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var answer = read(socket.getInputStream());
      if (!answer.startsWith(begin)) {
        spec.commandLine().getErr().println("larder rehearse: to " + request + " came " + answer);
        return false;
      }
      return true;
    }
  }

  private static String read(InputStream in) throws IOException {
    return new String(in.readNBytes(LONGEST_ANSWER), StandardCharsets.ISO_8859_1);
  }

  private static String request(String method, String path, String body) {
    return method
        + " "
        + path
        + " HTTP/1.1\r\nHost: larder\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }
}
