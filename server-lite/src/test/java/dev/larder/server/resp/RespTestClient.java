package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/**
 * A plain connection for tests: sends bytes as they are, and reads replies as the text that came,
 * so that a test compares what is on the wire. Waits at most ten seconds for anything.
 */
final class RespTestClient implements AutoCloseable {
  private static final int PATIENCE = 10_000;

  private final Socket socket;
  private final InputStream in;

  RespTestClient(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(PATIENCE);
    in = new BufferedInputStream(socket.getInputStream(), 64 << 10);
  }

  Socket socket() {
    return socket;
  }

  /** Sends text as it is, each character a byte. */
  RespTestClient send(String bytes) throws IOException {
    return send(bytes.getBytes(ISO_8859_1));
  }

  RespTestClient send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** A command as an array of bulk strings. */
  static byte[] command(String... words) {
    var bytes = new ByteArrayOutputStream();
    write(bytes, "*" + words.length + "\r\n");
    for (var word : words) {
      write(bytes, "$" + word.length() + "\r\n" + word + "\r\n");
    }
    return bytes.toByteArray();
  }

  private static void write(ByteArrayOutputStream to, String text) {
    to.writeBytes(text.getBytes(ISO_8859_1));
  }

  /** Sends a command and reads its reply. */
  String ask(String... words) throws IOException {
    send(command(words));
    return reply();
  }

  /** One whole reply as it came. */
  String reply() throws IOException {
    var text = new ByteArrayOutputStream();
    reply(text);
    return text.toString(ISO_8859_1);
  }

  private void reply(ByteArrayOutputStream to) throws IOException {
    var line = line();
    write(to, line + "\r\n");
    var type = line.charAt(0);
    switch (type) {
      case '$', '=' -> {
        var length = Integer.parseInt(line.substring(1));
        if (length >= 0) {
          to.writeBytes(bytes(length + 2));
        }
      }
      case '*', '~', '>', '%' -> {
        var count = Integer.parseInt(line.substring(1)) * (type == '%' ? 2 : 1);
        for (int at = 0; at < count; at++) {
          reply(to);
        }
      }
      default -> {}
    }
  }

  private byte[] bytes(int count) throws IOException {
    var bytes = in.readNBytes(count);
    if (bytes.length < count) {
      throw new EOFException("the server closed amid a reply");
    }
    return bytes;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int letter = in.read(); letter != '\n'; letter = in.read()) {
      if (letter < 0) {
        throw new EOFException("the server closed; before that came '" + line + "'");
      }
      if (letter != '\r') {
        line.write(letter);
      }
    }
    return line.toString(ISO_8859_1);
  }

  /** Everything that comes until the server closes. */
  String rest() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  /** Says that nothing more will be sent; replies can still be read. */
  void shutdownOutput() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
