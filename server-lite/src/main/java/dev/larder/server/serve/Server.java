package dev.larder.server.serve;

import com.google.inject.Guice;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import dev.larder.Clock;
import dev.larder.ConfigurationException;
import dev.larder.engine.SystemClock;
import dev.larder.server.core.Cleaner;
import dev.larder.server.core.Databases;
import dev.larder.server.core.Phase;
import dev.larder.server.core.Telemetry.Protocol;
import dev.larder.server.core.Work;
import dev.larder.server.http.v1.Desks;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A server that runs in this process: HTTP and the Redis protocol over databases. Safe for all
 * threads.
 */
@Singleton
public final class Server implements AutoCloseable {
  /** How long what needs no patience may take at the end. */
  private static final Duration QUICK = Duration.ofSeconds(2);

  private final Settings settings;
  private final Loops loops;
  private final Databases databases;
  private final Ports ports;
  private final Connections connections;
  private final Condition condition;
  private final SnapshotFiles snapshots;
  private final Desks desks;
  private final Work work;
  private final Cleaner cleaner;
  private final ScheduledExecutorService timer;
  private final Optional<Certificates> certificates;
  private final PrometheusPage metrics;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Boolean> ended = new CompletableFuture<>();
  private final Log log = Log.of("serve");

  @Inject
  Server(
      Settings settings,
      Loops loops,
      Databases databases,
      Ports ports,
      Connections connections,
      Condition condition,
      SnapshotFiles snapshots,
      Desks desks,
      Work work,
      Cleaner cleaner,
      ScheduledExecutorService timer,
      Optional<Certificates> certificates,
      PrometheusPage metrics) {
    this.settings = settings;
    this.loops = loops;
    this.databases = databases;
    this.ports = ports;
    this.connections = connections;
    this.condition = condition;
    this.snapshots = snapshots;
    this.desks = desks;
    this.work = work;
    this.cleaner = cleaner;
    this.timer = timer;
    this.certificates = certificates;
    this.metrics = metrics;
  }

  /**
   * Starts a server: it listens when this returns.
   *
   * @throws SettingsException when the settings cannot be followed
   * @throws ConfigurationException when a cache cannot be opened as its configuration says
   * @throws StartException when a port cannot be opened, or a snapshot not restored
   */
  public static Server start(Settings settings) {
    return start(settings, SystemClock.instance());
  }

  /** As {@link #start(Settings)}, by another clock. */
  static Server start(Settings settings, Clock clock) {
    checkGuarded(settings);
    // Native libraries are loaded while the databases open: each takes as long as the other.
    var loops =
        CompletableFuture.supplyAsync(
            () -> Loops.of(settings.listening().transport(), settings.listening().eventLoops()),
            task -> new Thread(task, "larder-start").start());
    var databases = databases(settings);
    try {
      return assembled(new ServerModule(settings, joined(loops), databases, clock));
    } catch (RuntimeException | Error e) {
      databases.close();
      var unused = loops.thenAccept(Loops::abandon);
      throw e;
    }
  }

  private static Server assembled(ServerModule module) {
    try {
      var server = Guice.createInjector(Stage.DEVELOPMENT, module).getInstance(Server.class);
      server.open();
      return server;
    } catch (ProvisionException e) {
      // What was thrown while something was made is what there is to say.
      if (e.getCause() instanceof SettingsException wrong) {
        throw wrong;
      }
      throw e;
    }
  }

  /** Beyond loopback everybody could read and write, so somebody has to say that this is meant. */
  private static void checkGuarded(Settings settings) {
    InetAddress host = Ports.address(settings.listening().host());
    var guarding = settings.guarding();
    if (!host.isLoopbackAddress() && guarding.password().isEmpty() && !guarding.insecure()) {
      throw new SettingsException(
          "server.host: "
              + host.getHostAddress()
              + " can be reached from other machines, and there is no password; allowed: set a"
              + " password (LARDER_PASSWORD, server.password, --password-file), or say that"
              + " everybody may read and write (LARDER_INSECURE=true, server.insecure,"
              + " --insecure)");
    }
  }

  private static Databases databases(Settings settings) {
    try {
      return new Databases(settings.caches(), settings.databases());
    } catch (IllegalArgumentException e) {
      throw new SettingsException("a cache cannot be opened: " + e.getMessage(), e);
    }
  }

  private static Loops joined(CompletableFuture<Loops> loops) {
    try {
      return loops.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof SettingsException wrong) {
        throw wrong;
      }
      throw e;
    }
  }

  private void open() {
    try {
      snapshots.restore();
      ports.open();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abandon();
      throw new StartException("interrupted while starting", e);
    } catch (RuntimeException | Error e) {
      abandon();
      throw e;
    }
    certificates.ifPresent(files -> files.watch(timer));
    cleaner.begin(timer);
    condition.is(Phase.READY);
    log.debug("settings", settings.shown());
    log.info(
        "ready",
        "node",
        settings.nodeId(),
        "http",
        Ports.text(http()),
        "resp",
        resp().map(Ports::text).orElse("off"),
        "transport",
        loops.transport().name().toLowerCase(java.util.Locale.ROOT),
        "loops",
        settings.listening().eventLoops(),
        "tls",
        certificates.isPresent(),
        "password",
        settings.guarding().password().isPresent() ? "wanted" : "none",
        "millis",
        condition.uptime().toMillis());
  }

  /** Where HTTP is spoken. */
  public InetSocketAddress http() {
    return ports.address(Protocol.HTTP).orElseThrow();
  }

  /** Where RESP is spoken, empty when it is off. */
  public Optional<InetSocketAddress> resp() {
    return ports.address(Protocol.RESP);
  }

  /** Whether its ports want TLS. */
  public boolean secure() {
    return certificates.isPresent();
  }

  /** The databases that it serves. */
  public Databases databases() {
    return databases;
  }

  /** Reads certificates again if their files have changed, without waiting for the next look. */
  void reload() {
    certificates.ifPresent(Certificates::look);
  }

  /** Waits until it has ended; false when something could not be kept, such as a snapshot. */
  boolean awaitEnd() {
    return ended.join();
  }

  /**
   * Ends in order: opens no connection any more, answers what has come as long as the settings
   * allow, saves the snapshot, closes the databases. A second call waits for the first.
   */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      ended.join();
      return;
    }
    var kept = false;
    try {
      kept = end();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      ended.complete(kept);
    }
  }

  private boolean end() throws InterruptedException {
    condition.is(Phase.DRAINING);
    log.info("ending", "connections", connections.count());
    ports.close();
    var cut = connections.drain(settings.shutdownTimeout());
    if (cut > 0) {
      log.warn("connections cut, their time was over", "connections", cut);
    }
    desks.close();
    work.close();
    if (!work.ended(QUICK.toMillis())) {
      log.warn("operations given up, the store did not answer", "waiting", work.waiting());
    }
    loops.close(QUICK);
    timer.shutdownNow();
    metrics.close();
    try {
      return snapshots.save();
    } finally {
      databases.close();
      log.info("ended", "uptime", condition.uptime().toSeconds() + "s");
    }
  }

  /** Gives up a start; {@link #start} closes what it opened. */
  private void abandon() {
    timer.shutdownNow();
    work.close();
  }
}
