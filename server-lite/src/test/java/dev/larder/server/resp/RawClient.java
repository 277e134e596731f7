package dev.larder.server.resp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;

/** Sends commands to a server and gives its answers as they came, one character a byte. */
final class RawClient implements AutoCloseable {
  private static final int TIMEOUT_MILLIS = 20_000;

  private final Socket socket = new Socket();
  private final InputStream in;

  RawClient(InetSocketAddress address) throws IOException {
    socket.connect(address, TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.setTcpNoDelay(true);
    this.in = new BufferedInputStream(socket.getInputStream(), 1 << 16);
  }

  /** Of an address written as {@code host:port}. */
  static RawClient of(String address) throws IOException {
    int colon = address.lastIndexOf(':');
    return new RawClient(
        new InetSocketAddress(
            address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
  }

  /** The words of a line, one character a byte. */
  static List<byte[]> words(String... words) {
    return Arrays.stream(words).map(word -> word.getBytes(ISO_8859_1)).toList();
  }

  String ask(List<byte[]> words) throws IOException {
    send(words);
    return answer();
  }

  /** Sends a command and does not wait for its answer. */
  void send(List<byte[]> words) throws IOException {
    var frame = new ByteArrayOutputStream();
    frame.writeBytes(("*" + words.size() + "\r\n").getBytes(ISO_8859_1));
    for (var word : words) {
      frame.writeBytes(("$" + word.length + "\r\n").getBytes(ISO_8859_1));
      frame.writeBytes(word);
      frame.writeBytes(new byte[] {'\r', '\n'});
    }
    socket.getOutputStream().write(frame.toByteArray());
  }

  /** The next answer. */
  String answer() throws IOException {
    var text = new StringBuilder();
    read(text);
    return text.toString();
  }

  private void read(StringBuilder into) throws IOException {
    int start = into.length();
    line(into);
    char kind = into.charAt(start);
    if (kind != '$' && kind != '*') {
      return;
    }
    int size = Integer.parseInt(into.substring(start + 1, into.length() - 2));
    if (kind == '$' && size >= 0) {
      into.append(new String(in.readNBytes(size + 2), ISO_8859_1));
    }
    for (int element = 0; kind == '*' && element < size; element++) {
      read(into);
    }
  }

  private void line(StringBuilder into) throws IOException {
    int next;
    do {
      next = in.read();
      if (next < 0) {
        throw new EOFException("the server closed the connection after: " + into);
      }
      into.append((char) next);
    } while (next != '\n');
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
