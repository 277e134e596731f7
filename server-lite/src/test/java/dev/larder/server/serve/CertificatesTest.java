package dev.larder.server.serve;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Larder;
import dev.larder.LarderBuilder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS of a running server, over real sockets. */
final class CertificatesTest {
  private static final int PATIENCE_MILLIS = 20_000;

  @TempDir static Path folder;
  private static Keys first;
  private static Keys second;
  private static Keys client;

  private final Path certificate = folder.resolve("used.crt");
  private final Path key = folder.resolve("used.key");

  @BeforeAll
  static void makeKeys() {
    first = Keys.make(folder, "first", "EC");
    second = Keys.make(folder, "second", "RSA");
    client = Keys.make(folder, "client", "EC");
  }

  /** Each later than the one before, since the resolution of a file's time may be a second. */
  private void use(Keys keys, int order) throws IOException {
    copy(keys.certificate(), certificate, order);
    copy(keys.key(), key, order);
  }

  private static void copy(Path from, Path to, int order) throws IOException {
    Files.copy(from, to, StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(to, FileTime.from(Instant.ofEpochSecond(1_000_000_000L + order)));
  }

  private LarderBuilder settings() {
    return Larder.builder()
        .property("server.port", "0")
        .property("server.resp-port", "off")
        .property("server.tls.certificate", certificate.toString())
        .property("server.tls.key", key.toString());
  }

  private static SSLSocket connect(Server server, @Nullable Keys own, String... protocols)
      throws IOException {
    return connect(server.http().getPort(), own, protocols);
  }

  private static SSLSocket connect(int port, @Nullable Keys own, String... protocols)
      throws IOException {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(own == null ? null : keys(own), trust(), null);
      var socket = (SSLSocket) context.getSocketFactory().createSocket();
      socket.setSoTimeout(PATIENCE_MILLIS);
      if (protocols.length > 0) {
        socket.setEnabledProtocols(protocols);
      }
      socket.connect(new InetSocketAddress("localhost", port), PATIENCE_MILLIS);
      socket.startHandshake();
      return socket;
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static TrustManager[] trust() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setCertificateEntry("first", first.x509());
    store.setCertificateEntry("second", second.x509());
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyManager[] keys(Keys own) throws GeneralSecurityException {
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(own.store(), Keys.PASSWORD.toCharArray());
    return factory.getKeyManagers();
  }

  private static X509Certificate shown(SSLSocket socket) throws IOException {
    return (X509Certificate) socket.getSession().getPeerCertificates()[0];
  }

  private static String ask(SSLSocket socket) throws IOException {
    var request = "GET /cache/none HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    var line = new StringBuilder();
    for (var read = socket.getInputStream().read();
        read >= 0 && read != '\r';
        read = socket.getInputStream().read()) {
      line.append((char) read);
    }
    return line.toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void bothVersionsAreSpoken(String version) throws IOException {
    use(first, 1);
    try (var server = Server.start(Settings.read(settings()));
        var socket = connect(server, null, version)) {
      assertTrue(server.secure());
      assertEquals(version, socket.getSession().getProtocol());
      assertEquals("HTTP/1.1 404 Not Found", ask(socket));
    }
  }

  @Test
  void versionThatIsNotAllowedIsRefused() throws IOException {
    use(first, 1);
    var only = settings().property("server.tls.protocols", "TLSv1.3");
    try (var server = Server.start(Settings.read(only))) {
      assertThrows(SSLException.class, () -> connect(server, null, "TLSv1.2").close());
      connect(server, null, "TLSv1.3").close();
    }
  }

  @Test
  void http2IsAgreedInTheHandshake() throws IOException, GeneralSecurityException {
    use(first, 1);
    try (var server = Server.start(Settings.read(settings()))) {
      var context = SSLContext.getInstance("TLS");
      context.init(null, trust(), null);
      try (var socket = (SSLSocket) context.getSocketFactory().createSocket()) {
        var parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {"h2", "http/1.1"});
        socket.setSSLParameters(parameters);
        socket.connect(new InetSocketAddress("localhost", server.http().getPort()));
        socket.startHandshake();
        assertEquals("h2", socket.getApplicationProtocol());
      }
    }
  }

  @Test
  void changedCertificateIsForNewConnectionsAndOpenOnesGoOn() throws IOException {
    use(first, 1);
    try (var server = Server.start(Settings.read(settings()));
        var before = connect(server, null)) {
      assertEquals("HTTP/1.1 404 Not Found", ask(before));
      use(second, 2);
      server.reload();
      try (var after = connect(server, null)) {
        assertArrayEquals(second.x509().getSignature(), shown(after).getSignature());
      }
      assertArrayEquals(first.x509().getSignature(), shown(before).getSignature());
      before.getInputStream().skipNBytes(before.getInputStream().available());
      before.getOutputStream().flush();
    }
  }

  @Test
  void halfAPairKeepsTheOldOneUntilTheOtherHalfComes() throws IOException {
    use(first, 1);
    try (var server = Server.start(Settings.read(settings()))) {
      copy(second.certificate(), certificate, 2);
      server.reload();
      try (var socket = connect(server, null)) {
        assertArrayEquals(first.x509().getSignature(), shown(socket).getSignature());
      }
      copy(second.key(), key, 3);
      server.reload();
      try (var socket = connect(server, null)) {
        assertArrayEquals(second.x509().getSignature(), shown(socket).getSignature());
      }
    }
  }

  @Test
  void ruinedCertificateKeepsTheOldOneAndIsToldOnce() throws IOException {
    use(first, 1);
    try (var told = Told.by("tls");
        var server = Server.start(Settings.read(settings()))) {
      Files.writeString(
          certificate, "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----");
      server.reload();
      server.reload();
      Files.delete(key);
      server.reload();
      server.reload();
      try (var socket = connect(server, null)) {
        assertArrayEquals(first.x509().getSignature(), shown(socket).getSignature());
      }
      var lines = told.lines();
      assertEquals(2, lines.size(), lines::toString);
      assertTrue(lines.get(0).contains(certificate + " has no certificate in PEM"), lines.get(0));
      assertTrue(lines.get(1).contains("there is no file " + key), lines.get(1));
    }
  }

  @Test
  void redisProtocolHasTheSameCertificate() throws IOException {
    use(first, 1);
    try (var server = Server.start(Settings.read(settings().property("server.resp-port", "0")));
        var socket = connect(server.resp().orElseThrow().getPort(), null)) {
      assertArrayEquals(first.x509().getSignature(), shown(socket).getSignature());
      socket.getOutputStream().write("PING\r\n".getBytes(StandardCharsets.US_ASCII));
      var answer = socket.getInputStream().readNBytes(7);
      assertEquals("+PONG\r\n", new String(answer, StandardCharsets.US_ASCII));
    }
  }

  @Test
  void requiredClientCertificateKeepsOthersOut() throws IOException {
    use(first, 1);
    var guarded =
        settings().property("server.tls.client-authority", client.certificate().toString());
    try (var server = Server.start(Settings.read(guarded))) {
      try (var socket = connect(server, client)) {
        assertEquals("HTTP/1.1 404 Not Found", ask(socket));
      }
      assertThrows(
          IOException.class,
          () -> {
            try (var socket = connect(server, null)) {
              // In TLS 1.3 the client is done before the server has looked at its certificate.
              if (ask(socket).isEmpty()) {
                throw new SSLException("closed");
              }
            }
          });
    }
  }

  @Test
  void optionalClientCertificateLetsOthersIn() throws IOException {
    use(first, 1);
    var guarded =
        settings()
            .property("server.tls.client-authority", client.certificate().toString())
            .property("server.tls.client-certificates", "optional");
    try (var server = Server.start(Settings.read(guarded));
        var with = connect(server, client);
        var without = connect(server, null)) {
      assertEquals("HTTP/1.1 404 Not Found", ask(with));
      assertEquals("HTTP/1.1 404 Not Found", ask(without));
    }
  }

  @Test
  void filesThatCannotBeUsedAreToldAtTheStart() throws IOException {
    use(first, 1);
    copy(second.key(), key, 1);
    assertRefused("the key in " + key + " is not that of the certificate in " + certificate);
    Files.writeString(key, "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----");
    assertRefused(key + " has no private key in PEM, PKCS 8");
    Files.writeString(certificate, "nothing");
    assertRefused(certificate + " has no certificate in PEM");
    Files.delete(certificate);
    assertRefused("there is no file " + certificate);
  }

  private void assertRefused(String why) {
    var refusal =
        assertThrows(
            SettingsException.class, () -> Server.start(Settings.read(settings())).close());
    assertEquals("server.tls: " + why + "; allowed: " + Pem.ALLOWED, refusal.getMessage());
  }
}
