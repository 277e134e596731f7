package dev.larder.remote;

import dev.larder.Clock;
import dev.larder.spi.Bytes;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Headers;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * One request to one host, once, on the calling thread; and what it means when there is no answer.
 */
final class Wire {
  /**
   * Bytes of an answer: a server stops an answer at 64 MiB, with the value that went over, which is
   * as long at most; what is longer is none of a server's.
   */
  static final long MOST_ANSWER = 130L << 20;

  /** Content types met, which are few; values may bring any. */
  private static final int MOST_TYPES = 100;

  private final OkHttpClient client;
  private final Clock clock;
  private final Map<String, MediaType> types = new ConcurrentHashMap<>();

  Wire(OkHttpClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * Sends and waits.
   *
   * @param authorization the header, null for none
   * @param nanos how long it may take in all
   */
  Reply exchange(HttpUrl url, Ask ask, @Nullable String authorization, long nanos) throws Failure {
    var body = body(ask);
    var request = new Request.Builder().url(url).method(ask.method(), body);
    // As it says so itself, OkHttp does not ask for compression, which would cost more than it
    // saves.
    request.header("Accept-Encoding", "identity").header("Accept", Ask.CBOR);
    ask.headers().forEach(request::header);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    var call = client.newCall(request.build());
    call.timeout().timeout(Math.max(1, nanos), TimeUnit.NANOSECONDS);
    var sentAt = clock.exact();
    try (var response = call.execute()) {
      return reply(response, sentAt);
    } catch (IOException e) {
      throw failure(url, e, body != null && body.begun(), nanos);
    }
  }

  private @Nullable Outgoing body(Ask ask) {
    if (ask.method().equals("GET") || ask.method().equals("HEAD")) {
      return null;
    }
    var bytes = ask.body();
    return new Outgoing(bytes == null ? new byte[0] : bytes.array(), type(ask.type()));
  }

  private MediaType type(String text) {
    var known = types.get(text);
    if (known == null) {
      known = MediaType.get(text);
      if (types.size() < MOST_TYPES) {
        types.put(text, known);
      }
    }
    return known;
  }

  private static Reply reply(Response response, long sentAt) throws IOException {
    var source = response.body().source();
    if (response.body().contentLength() > MOST_ANSWER || source.request(MOST_ANSWER + 1)) {
      throw new TooLong();
    }
    var bytes = source.getBuffer().readByteArray();
    return new Reply(response.code(), map(response.headers()), new Bytes(bytes), sentAt);
  }

  private static Map<String, String> map(Headers headers) {
    var map = new HashMap<String, String>(2 * headers.size());
    for (var i = 0; i < headers.size(); i++) {
      map.put(headers.name(i).toLowerCase(Locale.ROOT), headers.value(i));
    }
    return map;
  }

  private static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;
  }

  /** What went wrong, in words for who has to mend it. */
  Failure failure(HttpUrl url, IOException thrown, boolean begun, long nanos) {
    var kind = kind(thrown, begun);
    if (kind == Failure.Kind.BROKEN) {
      // Those that lie in the pool were broken by the same, and would each cost another failure.
      client.connectionPool().evictAll();
    }
    var text = place(url) + ": " + words(kind, thrown, nanos, url.isHttps() && !begun);
    return new Failure(kind, begun, text, thrown);
  }

  private static String place(HttpUrl url) {
    var host = url.host();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + url.port();
  }

  private static Failure.Kind kind(IOException thrown, boolean begun) {
    if (thrown instanceof UnknownHostException
        || thrown instanceof ConnectException
        || thrown instanceof NoRouteToHostException
        || thrown instanceof SocketTimeoutException) {
      return Failure.Kind.UNREACHABLE; // the last one too: only connecting has a timeout of its own
    }
    if (thrown instanceof InterruptedIOException) {
      return Thread.currentThread().isInterrupted() && "interrupted".equals(thrown.getMessage())
          ? Failure.Kind.INTERRUPTED
          : Failure.Kind.SILENT;
    }
    if ("Canceled".equals(thrown.getMessage())) {
      return Failure.Kind.STOPPED;
    }
    if (thrown instanceof SSLException && !begun) {
      return Failure.Kind.UNREACHABLE;
    }
    return thrown instanceof TooLong || (thrown instanceof ProtocolException && !cut(thrown))
        ? Failure.Kind.STRANGE
        : Failure.Kind.BROKEN;
  }

  private static boolean cut(IOException thrown) {
    return String.valueOf(thrown.getMessage()).startsWith("unexpected end of stream");
  }

  private String words(Failure.Kind kind, IOException thrown, long nanos, boolean early) {
    return switch (kind) {
      case UNREACHABLE -> unreachable(thrown);
      case SILENT ->
          (early ? "no TLS handshake" : "no answer")
              + " within "
              + TimeUnit.NANOSECONDS.toMillis(nanos)
              + " ms; "
              + (early ? "does it speak TLS there, and is remote.tls right?" : "it is too slow");
      case INTERRUPTED -> "the request was given up, by an interrupt of the calling thread";
      case STOPPED -> "the request was given up, as the way to the server is closed";
      case STRANGE ->
          thrown instanceof TooLong
              ? "the answer is longer than " + MOST_ANSWER + " bytes"
              : "the answer is not HTTP; is that the HTTP port of a Larder server, and is"
                  + " remote.tls right?";
      default -> "the connection broke before the answer was complete";
    };
  }

  private String unreachable(IOException thrown) {
    if (thrown instanceof UnknownHostException) {
      return "the name is not known to the resolver (DNS); is remote.hosts right?";
    }
    if (thrown instanceof SSLPeerUnverifiedException) {
      return "its certificate is for other names; name it in remote.hosts as the certificate does";
    }
    if (thrown instanceof SSLException) {
      return thrown.getCause() instanceof CertificateException
          ? "its certificate is not trusted; name a file with the certificate of its authority in"
              + " remote.trust"
          : "no TLS with it; does it speak TLS on that port, and is remote.tls right?";
    }
    return thrown instanceof SocketTimeoutException
        ? "no connection within "
            + client.connectTimeoutMillis()
            + " ms; is it up, and does a firewall let through?"
        : "no connection; is it up, and is that its port?";
  }
}
