package dev.larder.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that does to each connection what a test says, which may be anything. */
final class RawServer implements AutoCloseable {
  /** What is done to a connection; it is closed afterwards. */
  interface Manner {
    void meet(Socket socket) throws IOException;
  }

  private final ServerSocket port;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger met = new AtomicInteger();
  private final AtomicInteger requests = new AtomicInteger();
  private final Manner manner;

  RawServer(Manner manner) {
    this(manner, 0);
  }

  RawServer(Manner manner, int number) {
    this(manner, number, InetAddress.getLoopbackAddress());
  }

  RawServer(Manner manner, int number, InetAddress address) {
    this.manner = manner;
    try {
      this.port = new ServerSocket(number, 50, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::accept);
  }

  private void accept() {
    while (!port.isClosed()) {
      try {
        var socket = port.accept();
        open.add(socket);
        met.incrementAndGet();
        threads.execute(() -> meet(socket));
      } catch (IOException e) {
        return; // closed
      }
    }
  }

  private void meet(Socket socket) {
    try (socket) {
      manner.meet(socket);
    } catch (IOException e) {
      // The other side went away, which is what some tests are about.
    } finally {
      open.remove(socket);
    }
  }

  String address() {
    return "127.0.0.1:" + port();
  }

  int port() {
    return port.getLocalPort();
  }

  /** How many connections came so far. */
  int met() {
    return met.get();
  }

  /** How many are open. */
  int open() {
    return open.size();
  }

  /** How many requests {@link #request} has read. */
  int requests() {
    return requests.get();
  }

  /** Reads one request; false when the other side has no more. */
  boolean request(Socket socket) throws IOException {
    var in = socket.getInputStream();
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      var next = in.read();
      if (next < 0) {
        return false;
      }
      head.append((char) next);
    }
    skip(in, length(head.toString().toLowerCase(Locale.ROOT)));
    requests.incrementAndGet();
    return true;
  }

  private static int length(String head) {
    var name = "content-length: ";
    var at = head.indexOf(name);
    return at < 0
        ? 0
        : Integer.parseInt(head.substring(at + name.length(), head.indexOf('\r', at)));
  }

  private static void skip(InputStream in, int bytes) throws IOException {
    if (in.readNBytes(bytes).length < bytes) {
      throw new IOException("the request was cut");
    }
  }

  /** Reads until the other side goes away. */
  static void linger(Socket socket) throws IOException {
    var in = socket.getInputStream();
    while (in.read() >= 0) {
      // nobody cares
    }
  }

  static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** Answers a batch: with so many statuses of three digits, and nothing else. */
  static void answers(Socket socket, int answers, int status) throws IOException {
    var one = "\u00a1fstatus\u0019" + (char) (status >> 8) + (char) (status & 0xff);
    var body = "\u00a1gresults" + (char) (0x80 + answers) + one.repeat(answers);
    say(
        socket,
        "HTTP/1.1 200 OK\r\nContent-Type: application/cbor\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }

  @Override
  public void close() {
    try {
      port.close();
      for (var socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
