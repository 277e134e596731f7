package dev.larder.remote;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and a server and makes trouble: cuts connections, in the middle of an
 * answer too, and drops, delays, repeats and swaps the frames of streams of events. HTTP/1.1
 * without TLS.
 */
final class ChaosProxy implements AutoCloseable {
  private static final int BUFFER = 8 << 10;
  private static final int PERCENT = 100;
  private static final int CUTS_OF = 1_000;
  private static final long LONGEST_DELAY = 200_000_000L;
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /**
   * How much goes wrong.
   *
   * @param percent of the frames are dropped; of as many each are delayed, repeated and swapped
   * @param cuts of a thousand pieces of data end their connection
   */
  record Trouble(int percent, int cuts) {
    static final Trouble NONE = new Trouble(0, 0);
  }

  private final int server;
  private final ServerSocket port;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final SplittableRandom seeds;
  private volatile Trouble trouble = Trouble.NONE;
  private volatile boolean closed;
  final AtomicInteger cuts = new AtomicInteger();
  final AtomicInteger dropped = new AtomicInteger();
  final AtomicInteger delayed = new AtomicInteger();
  final AtomicInteger repeated = new AtomicInteger();
  final AtomicInteger swapped = new AtomicInteger();
  final AtomicInteger frames = new AtomicInteger();

  ChaosProxy(int server, long seed) throws IOException {
    this.server = server;
    this.seeds = new SplittableRandom(seed);
    this.port = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    threads.execute(this::accept);
  }

  int port() {
    return port.getLocalPort();
  }

  void trouble(Trouble now) {
    trouble = now;
  }

  /** Ends every connection there is. */
  void cutAll() {
    open.forEach(ChaosProxy::end);
  }

  private void accept() {
    while (!closed) {
      try {
        var client = port.accept();
        open.add(client);
        var server = new Socket(InetAddress.getLoopbackAddress(), this.server);
        open.add(server);
        new Connection(client, server, seeds.split(), seeds.split()).begin();
      } catch (IOException e) {
        // The test ends, or the server is not there: the client sees its connection closed.
        if (!closed) {
          cutAll();
        }
      }
    }
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    closed = true;
    port.close();
    cutAll();
    threads.shutdownNow();
  }

  private final class Connection {
    private final Socket client;
    private final Socket server;
    private final SplittableRandom up;
    private final SplittableRandom down;
    private volatile boolean streams;

    Connection(Socket client, Socket server, SplittableRandom up, SplittableRandom down) {
      this.client = client;
      this.server = server;
      this.up = up;
      this.down = down;
    }

    void begin() {
      threads.execute(() -> pump(this::requests));
      threads.execute(() -> pump(this::answers));
    }

    private void pump(Pump pump) {
      try {
        pump.run();
      } catch (IOException e) {
        // Cut, by the proxy or by either end: so is the other one.
      } finally {
        end(client);
        end(server);
        open.remove(client);
        open.remove(server);
      }
    }

    private void requests() throws IOException {
      var in = client.getInputStream();
      var out = server.getOutputStream();
      var buffer = new byte[BUFFER];
      for (var read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        var text = new String(buffer, 0, read, StandardCharsets.ISO_8859_1);
        streams |=
            text.startsWith("GET ") && text.substring(0, text.indexOf('\r')).contains("/events");
        send(out, buffer, read, up);
      }
    }

    private void answers() throws IOException {
      var in = new BufferedInputStream(server.getInputStream());
      var out = client.getOutputStream();
      var buffer = new byte[BUFFER];
      while (true) {
        in.mark(1);
        if (in.read() < 0) {
          return;
        }
        in.reset();
        if (streams) {
          stream(in, out);
          return;
        }
        send(out, buffer, in.read(buffer, 0, Math.min(BUFFER, Math.max(1, in.available()))), down);
      }
    }

    private void send(OutputStream out, byte[] data, int length, SplittableRandom random)
        throws IOException {
      if (random.nextInt(CUTS_OF) < trouble.cuts()) {
        cuts.incrementAndGet();
        out.write(data, 0, random.nextInt(length + 1));
        out.flush();
        throw new IOException("cut");
      }
      out.write(data, 0, length);
      out.flush();
    }

    private void stream(InputStream in, OutputStream out) throws IOException {
      var head = new ByteArrayOutputStream();
      while (!endsWith(head.toByteArray(), END_OF_HEAD)) {
        head.write(byteOf(in));
      }
      out.write(head.toByteArray());
      out.flush();
      var frame = new ByteArrayOutputStream();
      byte[] held = null;
      for (var chunk = chunk(in); chunk.length > 0; chunk = chunk(in)) {
        for (byte each : chunk) {
          frame.write(each);
          if (endsWith(frame.toByteArray(), new byte[] {'\n', '\n'})) {
            held = frame(frame.toByteArray(), held, out);
            frame.reset();
          }
        }
      }
    }

    /** Sends a frame, or does something else with it; gives one that is held back. */
    private byte[] frame(byte[] frame, byte[] held, OutputStream out) throws IOException {
      frames.incrementAndGet();
      if (hit()) {
        dropped.incrementAndGet();
        return held;
      }
      if (hit()) {
        delayed.incrementAndGet();
        LockSupport.parkNanos(down.nextLong(LONGEST_DELAY));
      }
      if (held == null && hit()) {
        swapped.incrementAndGet();
        return frame;
      }
      piece(frame, out);
      if (hit()) {
        repeated.incrementAndGet();
        piece(frame, out);
      }
      // The one held back comes behind a later one, sooner or later.
      if (held != null && down.nextBoolean()) {
        piece(held, out);
        return null;
      }
      return held;
    }

    private boolean hit() {
      return down.nextInt(PERCENT) < trouble.percent();
    }

    private void piece(byte[] frame, OutputStream out) throws IOException {
      var chunk = new ByteArrayOutputStream();
      chunk.writeBytes(
          (Integer.toHexString(frame.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
      chunk.writeBytes(frame);
      chunk.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
      send(out, chunk.toByteArray(), chunk.size(), down);
    }

    private static byte[] chunk(InputStream in) throws IOException {
      var size = new StringBuilder();
      for (int each = byteOf(in); each != '\n'; each = byteOf(in)) {
        if (each != '\r') {
          size.append((char) each);
        }
      }
      var chunk = in.readNBytes(Integer.parseInt(size.toString(), 16));
      byteOf(in);
      byteOf(in);
      return chunk;
    }

    private static int byteOf(InputStream in) throws IOException {
      var read = in.read();
      if (read < 0) {
        throw new EOFException();
      }
      return read;
    }

    private static boolean endsWith(byte[] whole, byte[] end) {
      return whole.length >= end.length
          && java.util.Arrays.equals(
              whole, whole.length - end.length, whole.length, end, 0, end.length);
    }
  }

  @FunctionalInterface
  private interface Pump {
    void run() throws IOException;
  }
}
