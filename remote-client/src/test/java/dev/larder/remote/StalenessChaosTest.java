package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Clock;
import dev.larder.Larder;
import dev.larder.StoreException;
import dev.larder.engine.SystemClock;
import dev.larder.server.http.v1.V1Server;
import dev.larder.testkit.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * A near cache behind a network that does everything wrong, while somebody else writes. Forbidden:
 * a read of a value that had been replaced longer than the bound before the read began.
 *
 * <p>{@code -Dlarder.soak.staleness.rounds} and {@code .seconds} have it run longer, {@code
 * -Dlarder.soak.seed} from another seed.
 */
class StalenessChaosTest {
  private static final int ROUNDS = Integer.getInteger("larder.soak.staleness.rounds", 3);
  private static final int SECONDS = Integer.getInteger("larder.soak.staleness.seconds", 3);
  private static final long SEED = Long.getLong("larder.soak.seed", 6_021_023L);
  private static final int LEAST_PERCENT = 1;
  private static final int MOST_PERCENT = 10;
  private static final int BOUND_MILLIS = 300;
  private static final long BOUND = TimeUnit.MILLISECONDS.toNanos(BOUND_MILLIS);
  private static final int KEYS = 40;
  private static final int WRITES = 1 << 20;
  private static final int READERS = 3;

  private final Clock clock = SystemClock.instance();
  private final StalenessHistogram all = new StalenessHistogram();
  private StalenessHistogram staleness = new StalenessHistogram();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicReference<String> violation = new AtomicReference<>("");

  /** Per key, when the write of each number had been acknowledged; 0 for not yet. */
  private final List<AtomicLongArray> acknowledged = new ArrayList<>();

  @Test
  void noReadIsOlderThanTheBoundWhateverTheNetworkDoes() throws Exception {
    var random = new SplittableRandom(SEED);
    for (int round = 0; round < ROUNDS; round++) {
      var percent = percent(round, random);
      var cuts = random.nextInt(15);
      round(new ChaosProxy.Trouble(percent, cuts), random.nextLong());
    }
    System.out.println("all rounds: bound " + BOUND_MILLIS + " ms; " + all);
    assertTrue(all.most() <= BOUND, all::toString);
  }

  /** The first round has the least trouble, the last one the most, others anything between. */
  private static int percent(int round, SplittableRandom random) {
    var between = random.nextInt(LEAST_PERCENT, MOST_PERCENT + 1);
    if (round == ROUNDS - 1) {
      return MOST_PERCENT;
    }
    return round == 0 ? LEAST_PERCENT : between;
  }

  private void round(ChaosProxy.Trouble trouble, long seed) throws Exception {
    acknowledged.clear();
    staleness = new StalenessHistogram();
    for (int key = 0; key < KEYS; key++) {
      acknowledged.add(new AtomicLongArray(WRITES / KEYS));
    }
    try (var server = V1Server.timed(new VirtualClock());
        var proxy = new ChaosProxy(server.port(), seed);
        var writing = Larder.builder().open();
        var reading = Larder.builder().open()) {
      var straight = writing.create(spec(server.port()).build());
      var near =
          reading.create(
              spec(proxy.port())
                  .option("near.max-staleness", BOUND_MILLIS + "ms")
                  .option("remote.timeout", "400ms")
                  .statistics(true)
                  .build());
      proxy.trouble(trouble);
      race(straight, near, seed);
      all.addAll(staleness);
      assertEquals("", violation.get(), () -> "seed " + SEED + ": " + staleness);
      var hits = near.control().stats().tiers().get(0).hits();
      System.out.println(
          trouble
              + ": "
              + proxy.frames
              + " frames, dropped "
              + proxy.dropped
              + ", delayed "
              + proxy.delayed
              + ", repeated "
              + proxy.repeated
              + ", swapped "
              + proxy.swapped
              + "; connections cut "
              + proxy.cuts
              + "; reads that failed "
              + failures.getAndSet(0)
              + "; near hits "
              + hits
              + "; "
              + staleness);
      assertTrue(hits > 0, "copies were never shown");
      assertTrue(proxy.dropped.get() > 0, "nothing went wrong");
    }
  }

  private static CacheSpec.Builder<String, Long> spec(int port) {
    return CacheSpec.of("chaos", String.class, Long.class)
        .maximumEntries(1_000)
        .topology("remote")
        .option("remote.hosts", "127.0.0.1:" + port);
  }

  private void race(Cache<String, Long> straight, Cache<String, Long> near, long seed)
      throws Exception {
    var stop = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(READERS + 1);
    try {
      var all = new ArrayList<Future<?>>();
      all.add(threads.submit(() -> write(straight, new SplittableRandom(seed), stop)));
      for (int reader = 0; reader < READERS; reader++) {
        var random = new SplittableRandom(seed + reader);
        all.add(threads.submit(() -> read(near, random, stop)));
      }
      var end = clock.ticks() + TimeUnit.SECONDS.toNanos(SECONDS);
      while (clock.ticks() < end && violation.get().isEmpty()) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      }
      stop.set(true);
      for (var each : all) {
        each.get(60, TimeUnit.SECONDS);
      }
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
  }

  /** Numbers go up, for each key by itself; now and then one is removed first. */
  private void write(Cache<String, Long> cache, SplittableRandom random, AtomicBoolean stop) {
    var next = new int[KEYS];
    for (int turn = 0; turn < WRITES && !stop.get(); turn++) {
      // Half of the writes go to a few keys; others are left alone for long enough to be read.
      int key = random.nextBoolean() ? random.nextInt(4) : random.nextInt(KEYS);
      if (next[key] < acknowledged.get(key).length() - 1) {
        if (random.nextInt(16) == 0) {
          cache.remove("k" + key);
        }
        cache.put("k" + key, (long) next[key]);
        acknowledged.get(key).set(next[key]++, clock.ticks());
      }
      LockSupport.parkNanos(random.nextLong(3_000_000));
    }
  }

  private void read(Cache<String, Long> cache, SplittableRandom random, AtomicBoolean stop) {
    while (!stop.get()) {
      int key = random.nextInt(KEYS);
      var began = clock.ticks();
      Long value;
      try {
        value = cache.get("k" + key);
      } catch (StoreException e) {
        failures.incrementAndGet();
        continue;
      }
      if (value != null) {
        check(key, value, began);
      }
    }
  }

  private void check(int key, long value, long began) {
    var replaced = acknowledged.get(key).get((int) value + 1);
    var stale = replaced == 0 ? 0 : Math.max(0, began - replaced);
    staleness.add(stale);
    if (stale > BOUND) {
      violation.compareAndSet(
          "", "k" + key + " showed " + value + ", which was replaced " + stale + " ns before");
    }
  }
}
