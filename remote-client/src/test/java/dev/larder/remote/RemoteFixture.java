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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Caches over a real server of their own, on a port of the loopback. */
final class RemoteFixture implements SharedFixture {
  private final VirtualClock clock = new VirtualClock();
  private final VirtualScheduler scheduler = new VirtualScheduler(clock);
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final V1Server server = V1Server.timed(clock, scheduler);
  private final Map<String, String> options;
  private final List<Larder> managers = new CopyOnWriteArrayList<>();
  private final Larder larder = anotherManager();

  private RemoteFixture(Map<String, String> options) {
    this.options = options;
  }

  /** Without a tier in front. */
  static RemoteFixture bare() {
    return new RemoteFixture(Map.of());
  }

  /** With copies in front that are shown for so long without news. */
  static RemoteFixture near() {
    return new RemoteFixture(Map.of("near.maximum-entries", "1000", "near.max-staleness", "1h"));
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
    return larder.create(placed(spec));
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
    scheduler.advance(step);
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
    server.close();
  }
}
