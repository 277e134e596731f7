package dev.larder.engine;

import dev.larder.CacheSpec;
import dev.larder.Life;
import dev.larder.engine.policy.PolicyRegistry;
import dev.larder.spi.Context;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.Tap;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import java.time.Duration;

/** What the stress tests are made of. */
final class Nodes {
  static final String KEY = "key";
  private static final ClassLoader LOADER = Nodes.class.getClassLoader();
  private static final PolicyRegistry POLICIES = PolicyRegistry.of(LOADER);

  private Nodes() {}

  /** A store of its own clock, which the test moves. */
  static MemoryStore<String, String> store(VirtualClock clock, CacheSpec<String, String> spec) {
    var context =
        new Context(
            clock,
            new VirtualScheduler(clock),
            Runnable::run,
            new EngineCodecs(spec, LOADER),
            LOADER,
            Tap.none());
    return new MemoryStore<>(
        spec, POLICIES.named(spec.tuning().policy()), StoreEvents.none(), context);
  }

  static CacheSpec<String, String> bounded(String policy, long entries) {
    return CacheSpec.of("stress", String.class, String.class)
        .maximumEntries(entries)
        .policy(policy)
        .build();
  }

  static CacheSpec<String, String> expiring(Duration life) {
    return CacheSpec.of("stress", String.class, String.class)
        .maximumEntries(100)
        .expiry(Life.afterWrite(life))
        .build();
  }

  static int hash(String key) {
    return NodeTable.spread(key.hashCode());
  }
}
