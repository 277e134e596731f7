package dev.larder.remote;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.server.http.v1.V1Server;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import dev.larder.testkit.contract.SharedFixture;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Caches over a real server of their own, on a port of the loopback. */
final class RemoteFixture implements SharedFixture {
  /** How far time goes at once while copies ask whether they are right, which is as often. */
  private static final Duration STRIDE = Duration.ofSeconds(5);

  /** The end of a longer way is gone in strides, so that a stream that broke on it is mended. */
  private static final Duration WALKED = Duration.ofMinutes(2);

  /** How long what is under way is waited for; a loader that a test holds up lasts longer. */
  private static final int PATIENCE_MILLIS = 300;

  private final VirtualClock clock = new VirtualClock();
  private final VirtualScheduler scheduler = new VirtualScheduler(clock);
  private final CountingExecutor executor = new CountingExecutor();
  private final V1Server server;
  private final Map<String, String> options;
  private final List<Larder> managers = new CopyOnWriteArrayList<>();
  private final List<Cache<?, ?>> caches = new CopyOnWriteArrayList<>();
  private final Larder larder = anotherManager();
  private boolean stopped;

  private RemoteFixture(boolean driven, Map<String, String> options) {
    this.server = driven ? V1Server.driven(clock, scheduler) : V1Server.timed(clock, scheduler);
    this.options = options;
  }

  /** Whose leases and loads run out by the virtual time too. */
  static RemoteFixture driven() {
    return new RemoteFixture(true, Map.of("remote.timeout", "5m"));
  }

  /** Without a tier in front. */
  static RemoteFixture bare() {
    // A repetition waits for the clock, which nobody moves meanwhile; so a busy machine has time.
    return new RemoteFixture(false, Map.of("remote.timeout", "1m"));
  }

  /** With copies in front that are shown for so long without news. */
  static RemoteFixture near() {
    return new RemoteFixture(
        false,
        Map.of(
            "near.maximum-entries", "1000",
            "near.max-staleness", "1h",
            // What is under way while a test moves the clock is not too late for that. The longest
            // there is, and longer than a server waits for a leased key.
            "remote.timeout", "5m"));
  }

  @Override
  public Larder anotherManager() {
    var manager = Larder.builder().clock(clock).scheduler(scheduler).executor(executor).open();
    managers.add(manager);
    return manager;
  }

  @Override
  public Duration longestLoad() {
    return Looks.LONGEST_LOAD;
  }

  /** Once is enough. */
  void stopServer() {
    if (!stopped) {
      stopped = true;
      server.close();
    }
  }

  V1Server server() {
    return server;
  }

  @Override
  public <K, V> CacheSpec<K, V> placed(CacheSpec<K, V> spec) {
    var builder =
        spec.toBuilder()
            .topology(RemoteStoreProvider.TOPOLOGY)
            .option(RemoteOptions.HOSTS, "127.0.0.1:" + server.port());
    options.forEach(builder::option);
    return builder.build();
  }

  @Override
  public <K, V> Cache<K, V> open(CacheSpec<K, V> spec) {
    var cache = larder.create(placed(spec));
    caches.add(cache);
    return cache;
  }

  @Override
  public Larder larder() {
    return larder;
  }

  @Override
  public VirtualClock clock() {
    return clock;
  }

  @Override
  public void advance(Duration step) {
    if (!options.containsKey("near.maximum-entries")) {
      scheduler.advance(step);
      return;
    }
    settle();
    var left = step;
    if (left.compareTo(WALKED) > 0) {
      scheduler.advance(left.minus(WALKED));
      left = WALKED;
    }
    while (left.compareTo(STRIDE) > 0) {
      stride(STRIDE);
      left = left.minus(STRIDE);
    }
    stride(left);
  }

  private void stride(Duration step) {
    scheduler.advance(step);
    settle();
  }

  /** Waits until the server has heard what it is told, and the caches what they asked for. */
  private void settle() {
    executor.awaitIdle(PATIENCE_MILLIS);
    for (var cache : caches) {
      for (int turn = 0; turn < PATIENCE_MILLIS && !confirmed(cache); turn++) {
        executor.pause();
      }
    }
  }

  private static boolean confirmed(Cache<?, ?> cache) {
    var age = cache.control().health().details().get("near.confirmed.ms");
    return age == null || (!age.equals("never") && Long.parseLong(age) < STRIDE.toMillis());
  }

  @Override
  public boolean byReference() {
    return false;
  }

  @Override
  public boolean choosesPolicy() {
    return false;
  }

  @Override
  public boolean keepsWhatIsLeased() {
    return false;
  }

  @Override
  public void close() {
    managers.forEach(Larder::close);
    executor.shutdownNow();
    stopServer();
  }
}
