package dev.larder.server.serve;

import dev.larder.server.core.Limits;
import dev.larder.server.core.Telemetry.Protocol;
import dev.larder.server.serve.Settings.Tls;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.codec.http2.Http2SecurityUtil;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * TLS of a server, by BoringSSL where Netty has it, else by the JDK. The files are looked at every
 * {@value #EVERY_SECONDS} seconds and read again when one has changed: new connections get the new
 * certificate, open ones keep theirs. Files that do not fit together change nothing; they are
 * looked at again until they do, since a pair of files is seldom replaced at one instant.
 *
 * <p>Safe for all threads.
 */
final class Certificates {
  private static final int EVERY_SECONDS = 5;

  private final Tls tls;
  private final long handshakeMillis;
  private final Log log = Log.of("tls");
  private volatile Loaded loaded;

  /** What was told to be no good, so that it is told once. */
  private @Nullable Stamps refused;

  /** What was made of the files. */
  private record Loaded(SslContext http, SslContext resp, Stamps stamps) {}

  /** When the files were changed last, and how long they were. */
  private record Stamps(List<Long> each) {
    static final Stamps NONE = new Stamps(List.of());
  }

  /**
   * Reads the files.
   *
   * @throws SettingsException when they cannot be used
   */
  Certificates(Tls tls, Limits limits) {
    this.tls = tls;
    this.handshakeMillis = limits.handshake().toMillis();
    try {
      this.loaded = load();
    } catch (IOException | RuntimeException e) {
      throw new SettingsException("server.tls: " + Pem.reason(e) + "; allowed: " + Pem.ALLOWED, e);
    }
  }

  /** What new connections of a protocol use. */
  SslContext context(Protocol protocol) {
    var now = loaded;
    return protocol == Protocol.HTTP ? now.http() : now.resp();
  }

  /** A handler for a new connection. */
  SslHandler handler(Protocol protocol, ByteBufAllocator allocator) {
    var handler = context(protocol).newHandler(allocator);
    handler.setHandshakeTimeoutMillis(handshakeMillis);
    return handler;
  }

  /** Looks at the files from now on, until the timer ends. */
  void watch(ScheduledExecutorService timer) {
    var unused =
        timer.scheduleWithFixedDelay(this::look, EVERY_SECONDS, EVERY_SECONDS, TimeUnit.SECONDS);
  }

  /** Looks at the files once, and reads them when one has changed. */
  synchronized void look() {
    var stamps = Stamps.NONE;
    try {
      stamps = stamps();
      if (stamps.equals(loaded.stamps())) {
        refused = null;
        return;
      }
      loaded = load();
      refused = null;
      log.info("certificate changed, new connections get the new one");
    } catch (IOException | RuntimeException e) {
      if (!stamps.equals(refused)) {
        refused = stamps;
        log.error("new certificate refused, the old one stays", "reason", Pem.reason(e));
      }
    }
  }

  private Stamps stamps() throws IOException {
    var each = new java.util.ArrayList<Long>();
    for (var file : files()) {
      each.add(Files.getLastModifiedTime(file).to(TimeUnit.NANOSECONDS));
      each.add(Files.size(file));
    }
    return new Stamps(List.copyOf(each));
  }

  private List<Path> files() {
    return tls.clientAuthority()
        .map(authority -> List.of(tls.certificate(), tls.key(), authority))
        .orElse(List.of(tls.certificate(), tls.key()));
  }

  /** The stamps are taken first: what changes while it is read is read again. */
  private Loaded load() throws IOException {
    var stamps = stamps();
    var pair = Pem.read(tls.certificate(), tls.key());
    return new Loaded(
        context(pair)
            .applicationProtocolConfig(
                new ApplicationProtocolConfig(
                    ApplicationProtocolConfig.Protocol.ALPN,
                    SelectorFailureBehavior.NO_ADVERTISE,
                    SelectedListenerFailureBehavior.ACCEPT,
                    ApplicationProtocolNames.HTTP_2,
                    ApplicationProtocolNames.HTTP_1_1))
            .build(),
        context(pair).build(),
        stamps);
  }

  private SslContextBuilder context(Pem.Pair pair) throws IOException {
    var builder =
        SslContextBuilder.forServer(pair.key(), pair.chain())
            .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
            .ciphers(Http2SecurityUtil.CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
            .protocols(tls.protocols())
            .clientAuth(
                switch (tls.clients()) {
                  case NONE -> ClientAuth.NONE;
                  case OPTIONAL -> ClientAuth.OPTIONAL;
                  case REQUIRED -> ClientAuth.REQUIRE;
                });
    if (tls.clientAuthority().isPresent()) {
      builder.trustManager(Pem.certificates(tls.clientAuthority().get()));
    }
    return builder;
  }
}
