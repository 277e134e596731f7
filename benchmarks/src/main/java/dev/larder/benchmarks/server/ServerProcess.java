package dev.larder.benchmarks.server;

import dev.larder.Clock;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/** A server in a process of its own, up while this is open. */
public final class ServerProcess implements AutoCloseable {
  public static final String HOST = "127.0.0.1";

  /** The first start makes an archive of classes before. */
  private static final long START_NANOS = TimeUnit.SECONDS.toNanos(120);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int END_SECONDS = 10;
  private static final int ANSWER_MILLIS = 5_000;
  private static final Pattern RSS = Pattern.compile("VmRSS:\\s+(\\d+) kB");

  private final String name;
  private final Process process;
  private final int respPort;
  private final int httpPort;
  private final long startNanos;

  private ServerProcess(String name, Process process, int respPort, int httpPort, long startNanos) {
    this.name = name;
    this.process = process;
    this.respPort = respPort;
    this.httpPort = httpPort;
    this.startNanos = startNanos;
  }

  /** How a server is started, and where it will listen; port 0 for none. */
  public record Plan(
      String name, List<String> command, Map<String, String> settings, int respPort, int httpPort) {

    /** Starts it and waits until it answers. */
    public ServerProcess start(Clock clock, Path log) throws IOException {
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().keySet().removeIf(setting -> setting.startsWith("LARDER_"));
      builder.environment().putAll(settings);
      builder.redirectOutput(ProcessBuilder.Redirect.appendTo(new File(log.toString())));
      var begin = clock.ticks();
      var process = builder.start();
      try {
        while (!answers()) {
          if (!process.isAlive() || clock.ticks() - begin > START_NANOS) {
            throw new IOException(name + " did not start; what it said is in " + log);
          }
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      } catch (IOException e) {
        process.destroyForcibly();
        throw e;
      }
      return new ServerProcess(name, process, respPort, httpPort, clock.ticks() - begin);
    }

    /** Whether a first request gets an answer, whatever it says. */
    private boolean answers() {
      try (var socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(
                InetAddress.getLoopbackAddress(), httpPort > 0 ? httpPort : respPort));
        socket.setSoTimeout(ANSWER_MILLIS);
        var request = httpPort > 0 ? "GET /health HTTP/1.1\r\nHost: bench\r\n\r\n" : "PING\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket.getInputStream().read() >= 0;
      } catch (IOException e) {
        return false; // not yet
      }
    }
  }

  /** A port that nobody listens on now. */
  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String name() {
    return name;
  }

  /** Where it speaks the Redis protocol. */
  public int respPort() {
    return respPort;
  }

  /** Where it speaks HTTP, 0 for nowhere. */
  public int httpPort() {
    return httpPort;
  }

  long pid() {
    return process.pid();
  }

  /** From starting the process to the first byte of its first answer. */
  double startMillis() {
    return startNanos / 1e6;
  }

  /** What it used of the processors since it was started. */
  public long cpuNanos() {
    return process.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  /** Memory that the process has of the machine now, in bytes. */
  long residentBytes() throws IOException {
    var status = Files.readString(Path.of("/proc", String.valueOf(pid()), "status"));
    var rss = RSS.matcher(status);
    if (!rss.find()) {
      throw new IOException("/proc says nothing of the memory of " + name);
    }
    return Long.parseLong(rss.group(1)) << 10;
  }

  /** Ends it the orderly way, and by force when it does not. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
