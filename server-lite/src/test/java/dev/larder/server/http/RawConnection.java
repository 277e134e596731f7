package dev.larder.server.http;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A socket that says what it likes and reads answers of HTTP/1.1. */
final class RawConnection implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final InputStream in;

  RawConnection(int port) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new BufferedInputStream(socket.getInputStream());
  }

  /** An answer. */
  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return headers.get(name);
    }
  }

  /** Sends text as Latin-1. */
  RawConnection send(String text) throws IOException {
    return send(text.getBytes(StandardCharsets.ISO_8859_1));
  }

  RawConnection send(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
    return this;
  }

  /** Says that nothing more comes. */
  RawConnection shutdownOutput() throws IOException {
    socket.shutdownOutput();
    return this;
  }

  Socket socket() {
    return socket;
  }

  private String line() throws IOException {
    var line = new ByteArrayOutputStream();
    for (int letter = in.read(); letter != '\n'; letter = in.read()) {
      if (letter < 0) {
        throw new IOException("the server closed after '" + line + "'");
      }
      if (letter != '\r') {
        line.write(letter);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  /** Reads an answer with a body. */
  Answer answer() throws IOException {
    return answer(true);
  }

  /** Reads an answer, without its body to a HEAD. */
  Answer answer(boolean body) throws IOException {
    var status = Integer.parseInt(line().split(" ", -1)[1]);
    var headers = new LinkedHashMap<String, String>();
    for (var line = line(); !line.isEmpty(); line = line()) {
      var colon = line.indexOf(':');
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).trim());
    }
    var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
    var bytes = body ? in.readNBytes(length) : new byte[0];
    return new Answer(status, headers, new String(bytes, StandardCharsets.UTF_8));
  }

  /** One piece of a body in pieces; empty at its end. */
  String piece() throws IOException {
    var length = Integer.parseInt(line(), 16);
    var text = new String(in.readNBytes(length), StandardCharsets.UTF_8);
    line();
    return text;
  }

  /** Whether the server has closed: waits for it. */
  boolean closed() throws IOException {
    try {
      return in.read() < 0;
    } catch (java.net.SocketException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
