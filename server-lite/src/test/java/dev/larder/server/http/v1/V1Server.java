package dev.larder.server.http.v1;

import dev.larder.server.core.Databases;
import dev.larder.server.core.Limits;
import dev.larder.server.http.HttpTestServer;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/**
 * The versioned API on a port, for tests of its clients, with databases in memory. Its time stands
 * still until somebody moves it.
 */
public final class V1Server implements AutoCloseable {
  private final HttpTestServer server;
  private final AtomicReference<Desks> desks = new AtomicReference<>();
  private final ScheduledExecutorService scheduler;

  private V1Server(
      HttpTestServer.Builder settings,
      Limits limits,
      Function<VirtualClock, ScheduledExecutorService> schedulers,
      VirtualClock clock) {
    this.scheduler = schedulers.apply(clock);
    this.server = settings.clock(clock).limits(limits).routes(made -> routes(made, limits)).start();
  }

  private V1Routes routes(HttpTestServer made, Limits limits) {
    desks.set(new Desks(made.databases(), scheduler, made.work()));
    return new V1Routes(desks.get(), limits);
  }

  /** By a clock of its own. */
  public static V1Server start() {
    return start(new VirtualClock());
  }

  /**
   * By that clock. Leases, loads, waits and beats run out when {@link #advance} is called, not when
   * somebody else moves the clock.
   */
  public static V1Server start(VirtualClock clock) {
    return start(HttpTestServer.with(), clock);
  }

  /**
   * Caches by that clock, cleaned by that scheduler, but leases, loads, waits and beats by real
   * time: for clients that wait.
   */
  public static V1Server timed(VirtualClock clock, ScheduledExecutorService cleaning) {
    return new V1Server(
        HttpTestServer.with().scheduler(cleaning),
        Limits.DEFAULT,
        any -> Executors.newSingleThreadScheduledExecutor(),
        clock);
  }

  /** Everything by that clock and that scheduler, which somebody else moves. */
  public static V1Server driven(VirtualClock clock, ScheduledExecutorService scheduler) {
    return new V1Server(
        HttpTestServer.with().scheduler(scheduler), Limits.DEFAULT, any -> scheduler, clock);
  }

  /** As described, for a password or TLS. */
  public static V1Server start(HttpTestServer.Builder settings, VirtualClock clock) {
    return new V1Server(settings, Limits.DEFAULT, VirtualScheduler::new, clock);
  }

  /**
   * Entries by that clock, but leases, loads, waits and beats by real time: for tests in which
   * clients wait and nobody moves the time for them.
   */
  public static V1Server timed(VirtualClock clock) {
    return new V1Server(
        HttpTestServer.with(),
        Limits.DEFAULT,
        any -> Executors.newSingleThreadScheduledExecutor(),
        clock);
  }

  /** Its port. */
  public int port() {
    return server.port();
  }

  /** The address of a path. */
  public String url(String path) {
    return server.url(path);
  }

  /** Its caches. */
  public Databases databases() {
    return server.databases();
  }

  /** The server below: its failures, its connections, its time. */
  public HttpTestServer http() {
    return server;
  }

  /** How many listen to the events of a cache. */
  public int listeners(String cache) {
    return desk(cache).feed().size();
  }

  /** How many wait for leases on the keys of a cache. */
  public int waiting(String cache) {
    return desk(cache).leases().waiting();
  }

  private Desk desk(String cache) {
    return desks.get().of(server.databases().find(cache).orElseThrow());
  }

  /** Lets time pass. */
  public void advance(Duration time) {
    if (scheduler instanceof VirtualScheduler virtual) {
      virtual.advance(time);
    } else {
      server.clock().advance(time);
    }
  }

  /** Failures that were the server's own, so far. */
  public List<Throwable> failures() {
    return server.failures();
  }

  @Override
  public void close() {
    desks.get().close();
    server.close();
    scheduler.shutdownNow();
  }
}
