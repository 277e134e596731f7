package dev.larder.remote;

import dev.larder.StoreException;
import dev.larder.remote.Failure.Kind;
import dev.larder.remote.Hosts.Host;
import dev.larder.spi.Context;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import org.jspecify.annotations.Nullable;

/** The way to some servers: which of them, how often, and for how long. */
final class SharedLink {
  /** The first pause before a request is repeated; each further one is twice as long. */
  static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  private static final Ask READY = Ask.bare("GET", "/health/ready", true);

  private static final System.Logger LOG = System.getLogger("dev.larder");

  private final RemoteOptions options;
  private final Context context;
  private final Http http;
  private final Wire wire;
  private final Passwords passwords;
  private final Door door;
  private final Hosts hosts;
  private final Jitter jitter;
  private volatile boolean closed;

  SharedLink(RemoteOptions options, Context context) {
    this.options = options;
    this.context = context;
    this.jitter = new Jitter(context.clock().ticks() ^ System.identityHashCode(this));
    this.passwords = Passwords.of(options.security(), context.loader());
    this.http = new Http(options);
    this.wire = new Wire(http.requests(), context.clock());
    this.door = new Door(wire, passwords, context.clock());
    this.hosts = new Hosts(options.hosts(), context.clock(), jitter, this::look);
    warnOfPlainPassword();
  }

  /** Refusing would keep it from networks that are private, or encrypt below. */
  private void warnOfPlainPassword() {
    var security = options.security();
    var secret = !security.password().isEmpty() || !security.credentials().isEmpty();
    if (!secret || security.tls()) {
      return;
    }
    for (var host : options.hosts()) {
      if (!host.isLoopback()) {
        LOG.log(
            Level.WARNING,
            "the password for {0} goes over the network as it is; set remote.tls=true",
            host);
      }
    }
  }

  Context context() {
    return context;
  }

  RemoteOptions options() {
    return options;
  }

  /** Whom messages are about. */
  String place() {
    return hosts.used().toString();
  }

  Where where(String path) {
    return new Where(options.security().tls(), path);
  }

  long now() {
    return context.clock().ticks();
  }

  /** See {@link Link#sendAndWait}. */
  Reply sendAndWait(Ask ask) {
    return sendAndWait(ask, now() + options.timeout().plus(ask.patience()).toNanos());
  }

  /** As {@link Link#sendAndWait}, until a time. */
  Reply sendAndWait(Ask ask, long deadline) {
    var where = where(ask.path());
    for (var attempt = 1; ; attempt++) {
      try {
        return attempt(where, ask, deadline);
      } catch (Failure e) {
        var pause = pause(e, ask.repeatable(), attempt, deadline);
        if (pause < 0 || !rested(pause)) {
          throw e.told(ask.repeatable());
        }
      }
    }
  }

  /** Waits for a time; false when interrupted. */
  private boolean rested(long nanos) {
    var over = new CountDownLatch(1);
    after(nanos, over::countDown);
    try {
      over.await();
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** See {@link Link#send}. */
  CompletionStage<Reply> send(Ask ask) {
    var told = new CompletableFuture<Reply>();
    var deadline = now() + options.timeout().plus(ask.patience()).toNanos();
    var unused =
        attempts(where(ask.path()), ask, deadline)
            .whenComplete(
                (reply, thrown) -> {
                  if (thrown == null) {
                    told.complete(reply);
                  } else {
                    told.completeExceptionally(told(thrown, ask.repeatable()));
                  }
                });
    return told;
  }

  /** Sends as often as may be, on the executor; fails with a {@link Failure}. */
  CompletableFuture<Reply> attempts(Where where, Ask ask, long deadline) {
    var future = new CompletableFuture<Reply>();
    attemptLater(where, ask, deadline, 1, future);
    return future;
  }

  private void attemptLater(
      Where where, Ask ask, long deadline, int number, CompletableFuture<Reply> future) {
    Runnable attempt =
        () -> {
          try {
            future.complete(attempt(where, ask, deadline));
          } catch (Failure e) {
            var pause = pause(e, ask.repeatable(), number, deadline);
            if (pause < 0) {
              future.completeExceptionally(e);
            } else {
              after(pause, () -> attemptLater(where, ask, deadline, number + 1, future));
            }
          } catch (RuntimeException e) {
            future.completeExceptionally(e);
          }
        };
    try {
      context.executor().execute(attempt);
    } catch (RejectedExecutionException e) {
      future.completeExceptionally(
          new StoreException("the executor takes no more work; nothing was sent", e));
    }
  }

  /** What a stage failed with, unwrapped. */
  static Throwable cause(Throwable thrown) {
    return thrown instanceof CompletionException && thrown.getCause() != null
        ? thrown.getCause()
        : thrown;
  }

  /** A failure as its caller gets it. */
  static Throwable told(Throwable thrown, boolean repeatable) {
    return thrown instanceof Failure failure ? failure.told(repeatable) : thrown;
  }

  /** Asks the host in use, once. */
  Reply attempt(Where where, Ask ask, long deadline) throws Failure {
    if (closed) {
      throw new Failure(Kind.STOPPED, false, "the way to the server is closed", null);
    }
    if (deadline - now() <= 0) {
      // Of which the host knows nothing: this process was stopped, or has too much to do.
      throw new Failure(
          Kind.SILENT, false, "the time of the request was over before it could be sent", null);
    }
    var host = hosts.pick();
    var begun = now();
    var told = false;
    try {
      var reply = door.ask(host, where.at(host), ask, deadline);
      hosts.worked(host, begun);
      told = true;
      return reply;
    } catch (Failure e) {
      // What had little time left of its own says nothing of the host when that was not enough.
      if (e.kind() != Kind.SILENT || deadline - begun >= options.timeout().toNanos() / 2) {
        hosts.failed(host, e, begun);
        told = true;
      }
      throw e;
    } finally {
      if (!told) {
        hosts.undecided(host);
      }
    }
  }

  /** How long to wait before another attempt, in nanoseconds; negative when there is to be none. */
  long pause(Failure failure, boolean repeatable, int attempt, long deadline) {
    if (closed || attempt > options.maxRetries() || !failure.allowsAgain(repeatable)) {
      return -1;
    }
    var open = hosts.pause();
    // At once on another host, or where a connection had been closed while nobody used it.
    var atOnce =
        open == 0
            && (failure.kind() == Kind.UNREACHABLE
                || (failure.kind() == Kind.BROKEN && attempt == 1));
    var pause = atOnce ? 0 : Math.max(open, jitter.of(FIRST_PAUSE.toNanos() << (attempt - 1)));
    return deadline - now() > pause ? pause : -1;
  }

  /** Runs something quick after a time, on the scheduler; at once where it takes no more. */
  void after(long nanos, Runnable task) {
    if (nanos <= 0) {
      task.run();
      return;
    }
    try {
      var unused = context.scheduler().schedule(task, nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  /** Runs something on the executor; here where it takes no more. */
  void execute(Runnable task) {
    try {
      context.executor().execute(task);
    } catch (RejectedExecutionException e) {
      task.run();
    }
  }

  private void look(Host host, long nanos) {
    after(nanos, () -> execute(() -> look(host)));
  }

  private void look(Host host) {
    if (closed || !hosts.looks(host)) {
      return;
    }
    var begun = now();
    var told = false;
    try {
      var reply =
          wire.exchange(where(READY.path()).at(host), READY, null, options.timeout().toNanos());
      if (reply.status() != 200) {
        throw new Failure(Kind.UNREACHABLE, false, host + ": it is not ready", null);
      }
      hosts.back(host, begun);
      told = true;
    } catch (Failure e) {
      hosts.failed(host, e, begun);
      told = true;
    } finally {
      if (!told) {
        hosts.undecided(host);
      }
    }
  }

  /** See {@link Link#folder}. */
  Link.Folder folder(String cache, Link.Creation unknown) {
    return new Folding(this, new Batch(this, cache, unknown), options);
  }

  /** See {@link Link#stream}. */
  Link.Stream stream(String path, String lastId, Link.Listener listener) {
    var host = hosts.used();
    var url = where(path).at(host);
    var shown = passwords.header(now());
    return SseStream.open(http.streams(), url, shown, lastId, listener, account(host, url, shown));
  }

  /** A stream may be all that is going on: what it meets counts as what requests meet. */
  private SseStream.Account account(Host host, HttpUrl url, @Nullable String shown) {
    return new SseStream.Account() {
      @Override
      public void broke(IOException thrown, boolean opened) {
        if (!closed) {
          hosts.failed(
              host,
              opened
                  ? new Failure(Kind.BROKEN, true, host + ": a stream of events broke", thrown)
                  : wire.failure(url, thrown, false, Http.MOST_SILENCE.toNanos()),
              now());
        }
      }

      @Override
      public void refused(int status) {
        if (status == 401) {
          passwords.instead(shown, now());
        }
      }
    };
  }

  /** See {@link Link#watch}. */
  void watch(Runnable hostChanged) {
    hosts.watch(hostChanged);
  }

  /** See {@link Link#unwatch}. */
  void unwatch(Runnable hostChanged) {
    hosts.unwatch(hostChanged);
  }

  /** See {@link Link#problems}. */
  List<String> problems() {
    return hosts.problems();
  }

  /** See {@link Link#hosts}. */
  Map<String, String> hosts() {
    return hosts.states();
  }

  /** How many connections there are, in use or not. */
  int connections() {
    return http.requests().connectionPool().connectionCount();
  }

  /** Ends every request and connection. */
  void close() {
    closed = true;
    http.close();
  }

  /** Nothing secret. */
  @Override
  public String toString() {
    return "link to " + options.hosts();
  }
}
