package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.ConfigurationException;
import dev.larder.StoreException;
import dev.larder.server.http.v1.V1Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import okio.Buffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** TLS, passwords, and that nothing secret gets out. */
@Timeout(60)
final class SecurityTest {
  private static final String SECRET = "s3cr3t-of-this-test";
  private static final String OTHER = "0ther-s3cr3t";

  private final Leaks leaks = new Leaks();
  private final MockWebServer server = new MockWebServer();
  private final List<String> logged = new CopyOnWriteArrayList<>();
  private final Handler handler =
      new Handler() {
        @Override
        public void publish(LogRecord told) {
          logged.add(
              told.getMessage()
                  + " "
                  + java.util.Arrays.toString(told.getParameters())
                  + told.getThrown());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
      };

  @TempDir private Path folder;
  private volatile String wanted = "";

  @BeforeEach
  void begin() {
    Logger.getLogger("dev.larder").addHandler(handler);
    server.setDispatcher(
        new Dispatcher() {
          @Override
          public MockResponse dispatch(RecordedRequest request) {
            var shown = request.getHeaders().get("Authorization");
            return wanted.isEmpty() || wanted.equals(shown) ? done() : refused();
          }
        });
  }

  private static MockResponse done() {
    // {"results": [{"status": 404}]}
    var cbor =
        new Buffer()
            .writeByte(0xa1)
            .writeByte(0x67)
            .writeUtf8("results")
            .writeByte(0x81)
            .writeByte(0xa1)
            .writeByte(0x66)
            .writeUtf8("status")
            .writeByte(0x19)
            .writeShort(404);
    return new MockResponse.Builder()
        .code(200)
        .setHeader("Content-Type", "application/cbor")
        .body(cbor)
        .build();
  }

  private static MockResponse refused() {
    return new MockResponse.Builder().code(401).build();
  }

  @AfterEach
  void end() {
    server.close();
    Logger.getLogger("dev.larder").removeHandler(handler);
    leaks.assertNone();
    for (var text : logged) {
      assertFalse(text.contains(SECRET) || text.contains(OTHER), text);
    }
  }

  private void start() throws IOException {
    server.start(InetAddress.getLoopbackAddress(), 0);
  }

  private String address() {
    return "127.0.0.1:" + server.getPort();
  }

  private static StoreException fails(Way way) {
    var thrown =
        assertThrows(StoreException.class, () -> way.folder().askAndWait(TestOp.put("a", SECRET)));
    var all = new StringWriter();
    thrown.printStackTrace(new PrintWriter(all));
    assertFalse(all.toString().contains(SECRET), all.toString());
    assertFalse(thrown instanceof dev.larder.OutcomeUnknownException, all.toString());
    return thrown;
  }

  private static void says(Throwable thrown, String... words) {
    for (var word : words) {
      assertTrue(thrown.getMessage().contains(word), thrown.getMessage());
    }
  }

  private HeldCertificate serve(String name) throws IOException {
    var authority = new HeldCertificate.Builder().certificateAuthority(0).build();
    var certificate =
        new HeldCertificate.Builder().addSubjectAlternativeName(name).signedBy(authority).build();
    server.useHttps(
        new HandshakeCertificates.Builder()
            .heldCertificate(certificate)
            .build()
            .sslSocketFactory());
    start();
    return authority;
  }

  private String file(HeldCertificate authority) throws IOException {
    return Files.writeString(folder.resolve("trust.pem"), authority.certificatePem()).toString();
  }

  @Test
  void aServerWhoseAuthorityIsTrustedIsSpokenToEncrypted() throws Exception {
    var trust = file(serve("127.0.0.1"));
    try (var way = Way.to(address(), "remote.tls", "true", "remote.trust", trust)) {
      assertEquals(404, way.folder().askAndWait(TestOp.get("a")).status());
      assertTrue(server.takeRequest().getHandshake() != null);
    }
  }

  @Test
  void aServerThatIsNotTrustedGetsNothing() throws Exception {
    serve("127.0.0.1");
    try (var way = Way.to(address(), "remote.tls", "true", "remote.password", SECRET)) {
      says(fails(way), "not trusted", "remote.trust", address());
    }
    assertEquals(0, server.getRequestCount());
  }

  @Test
  void aServerOfAnotherNameGetsNothing() throws Exception {
    var trust = file(serve("other.example"));
    try (var way = Way.to(address(), "remote.tls", "true", "remote.trust", trust)) {
      says(fails(way), "other names", "remote.hosts");
    }
    assertEquals(0, server.getRequestCount());
  }

  @Test
  void aServerWithoutTlsIsFoundOut() throws Exception {
    start();
    try (var way = Way.to(address(), "remote.tls", "true", "remote.timeout", "2s")) {
      says(fails(way), "TLS", "remote.tls");
    }
  }

  @Test
  void aServerWithTlsIsFoundOutByAClientWithout() throws Exception {
    serve("127.0.0.1");
    try (var way = Way.to(address(), "remote.timeout", "2s")) {
      var thrown =
          assertThrows(StoreException.class, () -> way.folder().askAndWait(TestOp.get("a")));
      says(thrown, address());
    }
  }

  @Test
  void aFileThatHasNoCertificatesIsRefused() throws Exception {
    var empty = Files.writeString(folder.resolve("empty.pem"), "nothing").toString();
    for (var file : List.of(empty, folder.resolve("missing.pem").toString())) {
      var thrown =
          assertThrows(
              ConfigurationException.class,
              () -> Way.to("127.0.0.1:1", "remote.tls", "true", "remote.trust", file).close());
      says(thrown, "remote.trust", file);
    }
  }

  @Test
  void thePasswordIsShown() throws Exception {
    start();
    wanted = "Bearer " + SECRET;
    try (var way = Way.to(address(), "remote.password", SECRET)) {
      assertEquals(404, way.folder().askAndWait(TestOp.get("a")).status());
    }
    wanted = okhttp3.Credentials.basic("me", SECRET);
    try (var way = Way.to(address(), "remote.password", SECRET, "remote.user", "me")) {
      assertEquals(404, way.folder().askAndWait(TestOp.get("a")).status());
    }
  }

  @Test
  void aWrongPasswordIsToldOnceAndNotTriedAgain() throws Exception {
    start();
    wanted = "Bearer " + OTHER;
    try (var way = Way.to(address(), "remote.password", SECRET)) {
      says(fails(way), "refuses the password", "remote.password");
      assertEquals(1, server.getRequestCount());
      assertFalse(way.link().problems().isEmpty());
      assertFalse(way.link().problems().toString().contains(SECRET));
      assertFalse((way.link() + "" + way.link().hosts()).contains(SECRET));
    }
  }

  @Test
  void aPasswordThatHasChangedIsAskedForAgain() throws Exception {
    start();
    Changing.password = SECRET;
    Changing.asked.set(0);
    wanted = "Bearer " + SECRET;
    try (var way = Way.to(address(), "remote.credentials", "changing")) {
      assertEquals(404, way.folder().askAndWait(TestOp.get("a")).status());
      Leaks.await(() -> way.context().clock().ticks() - Changing.at > Passwords.PAUSE);
      Changing.password = OTHER;
      wanted = "Bearer " + OTHER;
      assertEquals(404, way.folder().askAndWait(TestOp.get("a")).status());
      assertEquals(2, Changing.asked.get());
      wanted = "Bearer something else";
      fails(way);
      fails(way);
      assertTrue(Changing.asked.get() <= 3, "no storm");
    }
  }

  /** Gives what a test says. */
  public static final class Changing implements Credentials {
    static final AtomicInteger asked = new AtomicInteger();
    static volatile String password = "";
    static volatile long at;

    /** For ServiceLoader. */
    public Changing() {}

    @Override
    public String name() {
      return "changing";
    }

    @Override
    public String password() {
      asked.incrementAndGet();
      at = dev.larder.engine.SystemClock.instance().ticks();
      return password;
    }
  }

  @Test
  void contradictionsAreRefusedWithoutSayingTheSecret() {
    var wrong =
        List.of(
            Map.of("remote.password", SECRET, "remote.credentials", "changing"),
            Map.of("remote.user", "me"),
            Map.of("remote.trust", "x.pem"),
            Map.of("remote.passwort", SECRET),
            Map.of("remote.hosts", "one:0", "remote.password", SECRET));
    for (var options : wrong) {
      var thrown = assertThrows(ConfigurationException.class, () -> Way.options(options));
      assertFalse(thrown.toString().contains(SECRET), thrown.toString());
    }
    assertThrows(
        ConfigurationException.class,
        () -> Way.to("127.0.0.1:1", "remote.credentials", "nobody").close());
    var options = Way.options(Map.of("remote.password", SECRET));
    assertFalse((options + "" + options.security()).contains(SECRET));
  }

  @Test
  void aPasswordInTheClearIsWarnedOf() {
    Way.to("127.0.0.1:1", "remote.password", SECRET).close();
    assertEquals(List.of(), logged);
    Way.to("far.invalid:1", "remote.password", SECRET).close();
    assertTrue(logged.toString().contains("remote.tls=true"), logged::toString);
  }

  @Test
  void theServerItselfTakesThePassword() {
    try (var one = V1Server.start();
        var way = Way.to("127.0.0.1:" + one.port(), "remote.password", SECRET)) {
      assertEquals(404, way.folder().askAndWait(TestOp.get("a")).status());
    }
  }
}
