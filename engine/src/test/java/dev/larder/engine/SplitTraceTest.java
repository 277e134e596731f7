package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.engine.policy.PolicyRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A trace whose accesses are taken by eight threads, each the next one that nobody has taken, hits
 * as often as by one thread, or less often by less than half a point: what policies lose to races,
 * to reads that are left out under contention and to maintenance that waits. Some gain by it, since
 * a read that is left out, or comes later, may spare a better entry; sieve was seen to gain a point
 * on an idle machine. Two points would be another policy.
 */
final class SplitTraceTest {
  private static final long SEED = 8_008;
  private static final int THREADS = 8;
  private static final int CAPACITY = 1_000;
  private static final int LENGTH = 200_000;

  /** Beyond, the hits of several threads would need another explanation than their order. */
  private static final double GAIN = 0.02;

  /** They pick by what this trace does not have, or whatever came last, which is up to the race. */
  private static final Set<String> UNSUITED =
      Set.of("ttl", "size", "mru", "newest-leaves", "waiting");

  private static final Long[] TRACE = trace();

  static List<String> policies() {
    var names = PolicyRegistry.of(SplitTraceTest.class.getClassLoader()).names();
    return names.stream().filter(name -> !UNSUITED.contains(name)).toList();
  }

  @ParameterizedTest
  @MethodSource("policies")
  void eightThreadsHitAsOftenAsOne(String policy) throws Exception {
    double alone = ratio(policy, 1);
    double split = closest(policy, alone);

    assertTrue(alone > 0.2, () -> policy + " alone " + alone);
    assertTrue(
        split >= alone - tolerance(policy), () -> policy + " loses: " + alone + ", " + split);
    assertTrue(split <= alone + GAIN, () -> policy + " gains: " + alone + ", " + split);
  }

  /**
   * The first of three runs that loses no more than the tolerance, or the last. On a loaded machine
   * a thread may be stopped for long between taking an access and making it, which reorders the
   * trace more than races do; what a policy loses to races it loses in every run.
   */
  private static double closest(String policy, double alone) throws Exception {
    double split = ratio(policy, THREADS);
    for (int run = 2; run <= 3 && split < alone - tolerance(policy); run++) {
      split = ratio(policy, THREADS);
    }
    return split;
  }

  /**
   * The window of w-tinylfu is moved some twenty times in this trace, by how hits in one sample
   * compare with those in the last: another order of a few reads sends it another way.
   */
  private static double tolerance(String policy) {
    return policy.equals("w-tinylfu") ? 0.02 : 0.005;
  }

  private static double ratio(String policy, int threads) throws Exception {
    var spec =
        CacheSpec.of("split", Long.class, Long.class).maximumEntries(CAPACITY).policy(policy);
    try (var larder = Larder.open()) {
      var cache = larder.create(spec.build());
      long hits = hits(cache, threads);
      assertTrue(cache.size() <= CAPACITY, () -> "size " + cache.size());
      return (double) hits / LENGTH;
    }
  }

  private static long hits(Cache<Long, Long> cache, int threads) throws Exception {
    var pool = Executors.newFixedThreadPool(threads);
    try {
      var next = new AtomicInteger();
      Callable<Long> work = () -> take(cache, next);
      List<Future<Long>> running = new ArrayList<>();
      for (int thread = 0; thread < threads; thread++) {
        running.add(pool.submit(work));
      }
      long hits = 0;
      for (var each : running) {
        hits += each.get();
      }
      return hits;
    } finally {
      pool.shutdownNow();
    }
  }

  private static long take(Cache<Long, Long> cache, AtomicInteger next) {
    long hits = 0;
    for (int i = next.getAndIncrement(); i < LENGTH; i = next.getAndIncrement()) {
      var key = TRACE[i];
      if (cache.get(key) == null) {
        cache.put(key, key);
      } else {
        hits++;
      }
    }
    return hits;
  }

  /**
   * Popular keys that change slowly, with scans and short loops between. No key of a loop comes
   * twice in a row: two threads that ask for an absent key at the same time both miss, whatever a
   * policy keeps.
   */
  private static Long[] trace() {
    var random = new SplittableRandom(SEED);
    var trace = new Long[LENGTH];
    for (int i = 0; i < LENGTH; i++) {
      int phase = i / 10_000;
      trace[i] =
          switch (i % 10) {
            case 0 -> 1_000_000L + i;
            case 1 -> 500_000L + i / 10 % 300;
            case 2 -> 500_000L + (i / 10 + 150) % 300;
            default -> phase * 50L + (long) (20_000 * Math.pow(random.nextDouble(), 6));
          };
    }
    return trace;
  }
}
