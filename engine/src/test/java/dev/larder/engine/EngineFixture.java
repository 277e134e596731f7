package dev.larder.engine;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import dev.larder.testkit.contract.SharedFixture;
import dev.larder.testkit.far.FarFaults;
import dev.larder.testkit.far.FarRegion;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** The engine under the contract suites, in memory or over the far store. */
final class EngineFixture implements SharedFixture {
  private static final AtomicInteger REGIONS = new AtomicInteger();
  private final VirtualClock clock = new VirtualClock();
  private final VirtualScheduler scheduler = new VirtualScheduler(clock);
  private final ExecutorService executor = Executors.newCachedThreadPool();
  private final List<Larder> managers = new CopyOnWriteArrayList<>();
  private final Larder larder = anotherManager();
  private final String region;

  private EngineFixture(String region) {
    this.region = region;
  }

  static EngineFixture inMemory() {
    return new EngineFixture("");
  }

  static EngineFixture far() {
    return new EngineFixture("contract-" + REGIONS.incrementAndGet());
  }

  /** Over a far store whose events arrive twice and behind later ones. */
  static EngineFixture farAndRough() {
    var fixture = far();
    fixture.faults().seed(7).repeatEvents(0.3).reorderEvents(0.3);
    return fixture;
  }

  @Override
  public Larder anotherManager() {
    var manager = Larder.builder().clock(clock).scheduler(scheduler).executor(executor).open();
    managers.add(manager);
    return manager;
  }

  /** What goes wrong on the way to the far store. */
  FarFaults faults() {
    return FarRegion.of(region).faults();
  }

  @Override
  public <K, V> CacheSpec<K, V> placed(CacheSpec<K, V> spec) {
    return region.isEmpty()
        ? spec
        : spec.toBuilder().topology("far").option("far.region", region).build();
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
    return region.isEmpty();
  }

  @Override
  public boolean choosesPolicy() {
    return region.isEmpty();
  }

  @Override
  public void close() {
    managers.forEach(Larder::close);
    executor.shutdownNow();
    if (!region.isEmpty()) {
      FarRegion.of(region).destroy();
    }
  }
}
