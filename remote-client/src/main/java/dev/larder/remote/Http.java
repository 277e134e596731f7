package dev.larder.remote;

import java.net.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;

/**
 * The clients of OkHttp for one link, which share connections and threads. What OkHttp does by
 * itself for browsers is off: repeating, redirects, proxies of the system, compression, cookies.
 */
final class Http implements AutoCloseable {
  /** OkHttp's limits, of 5 for each host, are not ours: folders and callers bound themselves. */
  static final int MOST_CALLS = 10_000;

  /** Connections that nobody uses just now. */
  static final int MOST_IDLE = 256;

  /** Less than the minute after which many a box on the way forgets connections. */
  static final Duration KEEP_IDLE = Duration.ofSeconds(45);

  /** A server says something every 15 s on each stream. */
  static final Duration MOST_SILENCE = Duration.ofSeconds(40);

  private final OkHttpClient requests;
  private final OkHttpClient streams;

  Http(RemoteOptions options) {
    var dispatcher = new Dispatcher(threads());
    dispatcher.setMaxRequests(MOST_CALLS);
    dispatcher.setMaxRequestsPerHost(MOST_CALLS);
    var builder =
        new OkHttpClient.Builder()
            .dispatcher(dispatcher)
            .connectionPool(
                new ConnectionPool(MOST_IDLE, KEEP_IDLE.toMillis(), TimeUnit.MILLISECONDS))
            .protocols(List.of(Protocol.HTTP_1_1))
            .retryOnConnectionFailure(false)
            .followRedirects(false)
            .followSslRedirects(false)
            .proxy(Proxy.NO_PROXY)
            .socketFactory(new Sockets())
            // It would connect on other threads, and wait for them in a way that throws interrupts.
            .fastFallback(false)
            .connectTimeout(options.connectTimeout())
            // Each call has a time of its own, so that one timer for it does for all of it.
            .readTimeout(Duration.ZERO)
            .writeTimeout(Duration.ZERO);
    if (options.security().tls()) {
      Trust.of(options.security().trust()).into(builder);
    }
    this.requests = builder.build();
    this.streams = requests.newBuilder().readTimeout(MOST_SILENCE).build();
  }

  /** Threads for streams, one each; requests run on those of their callers. */
  private static ThreadPoolExecutor threads() {
    return new ThreadPoolExecutor(
        0,
        MOST_CALLS,
        1,
        TimeUnit.SECONDS,
        new SynchronousQueue<>(),
        task -> {
          var thread = new Thread(task, "larder-remote-stream");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** For requests. */
  OkHttpClient requests() {
    return requests;
  }

  /** For streams of events. */
  OkHttpClient streams() {
    return streams;
  }

  @Override
  public void close() {
    requests.dispatcher().cancelAll();
    requests.dispatcher().executorService().shutdown();
    requests.connectionPool().evictAll();
  }
}
