package dev.larder.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request over a socket of its own. The client of the JDK takes four times as long to load
 * as all of this takes to run.
 *
 * @param server {@code http} or {@code https}, host, and maybe a port
 * @param timeout to connect, and between two bytes
 */
record Probe(URI server, Duration timeout) {
  private static final int LONGEST_ANSWER = 64 << 10;
  private static final Pattern ANSWER =
      Pattern.compile("HTTP/1\\.[01] (\\d{3})[^\\r\\n]*\\r\\n.*?\\r\\n\\r\\n(.*)", Pattern.DOTALL);

  /** What came back. */
  record Answer(int status, String body) {}

  /** Whether it is the address of a server, with nothing behind it. */
  static boolean understands(URI server) {
    return ("http".equals(server.getScheme()) || "https".equals(server.getScheme()))
        && server.getHost() != null
        && (server.getPath().isEmpty() || server.getPath().equals("/"))
        && server.getQuery() == null;
  }

  /** Throws an {@link IOException} when nobody answers, or not with HTTP. */
  Answer get(String path) throws IOException {
    try (var socket = connect()) {
      var request =
          "GET "
              + path
              + " HTTP/1.1\r\nHost: "
              + server.getRawAuthority()
              + "\r\nAccept: */*\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      var bytes = socket.getInputStream().readNBytes(LONGEST_ANSWER);
      var answer = ANSWER.matcher(new String(bytes, StandardCharsets.UTF_8));
      if (!answer.matches()) {
        throw new IOException("what came is no answer of HTTP/1.1");
      }
      return new Answer(Integer.parseInt(answer.group(1)), answer.group(2));
    }
  }

  private Socket connect() throws IOException {
    var secure = "https".equals(server.getScheme());
    var port = server.getPort() >= 0 ? server.getPort() : secure ? 443 : 80;
    var host = server.getHost().replaceAll("[\\[\\]]", "");
    var millis = Math.toIntExact(timeout.toMillis());
    var socket = new Socket();
    try {
      socket.setSoTimeout(millis);
      socket.connect(new InetSocketAddress(host, port), millis);
      return secure ? trusting().getSocketFactory().createSocket(socket, host, port, true) : socket;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static SSLContext trusting() throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  /** A server asked at its own address, which its certificate does not name. */
  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate @Nullable [] chain, @Nullable String type) {}

    @Override
    public void checkServerTrusted(X509Certificate @Nullable [] chain, @Nullable String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
