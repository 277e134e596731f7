package dev.larder.engine.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.spi.EvictionPolicy;
import java.util.Arrays;
import java.util.HashMap;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What each policy is good and bad at, on made-up access patterns with known answers. */
final class WorkloadTest {
  private static final long SEED = 7_401;
  private static final int CAPACITY = 500;

  @Test
  void aLoopLongerThanTheCacheDefeatsRecencyAndSuitsMru() {
    int[] loop = IntStream.range(0, 100_000).map(i -> i % (2 * CAPACITY)).toArray();

    assertEquals(0, hits("lru", loop));
    assertEquals(0, hits("fifo", loop));
    assertTrue(ratio("mru", loop) > 0.48, () -> "mru " + ratio("mru", loop));
  }

  @Test
  void aLoopThatFitsIsAllHitsAfterTheFirstRoundInEveryPolicy() {
    int[] loop = IntStream.range(0, 10 * CAPACITY).map(i -> i % CAPACITY).toArray();

    for (var name :
        new String[] {
          "fifo", "lfu", "lru", "mru", "s3-fifo", "sieve", "size", "ttl", "w-tinylfu"
        }) {
      assertEquals(9 * CAPACITY, hits(name, loop), name);
    }
  }

  @Test
  void onAFixedPopularityLfuSieveAndS3FifoBeatLruBeatsFifo() {
    int[] trace = new Zipf(20_000, 0.9).take(300_000);

    double lfu = ratio("lfu", trace);
    double sieve = ratio("sieve", trace);
    double s3fifo = ratio("s3-fifo", trace);
    double lru = ratio("lru", trace);
    double fifo = ratio("fifo", trace);

    var all = "lfu " + lfu + " sieve " + sieve + " s3-fifo " + s3fifo + " lru " + lru;
    assertTrue(Math.min(lfu, Math.min(sieve, s3fifo)) > lru + 0.05, all);
    assertTrue(lru > fifo + 0.01, all);
  }

  @Test
  void onAFixedPopularityWTinyLfuComesCloseToLfu() {
    int[] trace = new Zipf(20_000, 0.9).take(300_000);

    double lfu = ratio("lfu", trace);
    double tiny = ratio("w-tinylfu", trace);

    assertTrue(tiny > lfu - 0.01, () -> "w-tinylfu " + tiny + " lfu " + lfu);
  }

  @Test
  void aWindowThatShrankToNothingStillAsksForFrequency() {
    int[] loop = IntStream.range(0, 600_000).map(i -> i % (2 * CAPACITY)).toArray();

    double tiny = lateRatio("w-tinylfu", loop, 100_000);

    assertTrue(tiny > 0.48, () -> "w-tinylfu " + tiny);
  }

  @Test
  void aWindowThatClimbsFollowsATraceOfRecencyToWhatLruHits() {
    // Keys are read again after a while, short or long, and then never: frequency says nothing.
    var random = new SplittableRandom(SEED);
    int[] trace =
        IntStream.range(0, 1_000_000)
            .map(i -> i % 2 == 0 ? i / 2 : i / 2 - random.nextInt(CAPACITY / 2))
            .toArray();

    double tiny = lateRatio("w-tinylfu", trace, 500_000);
    double lru = lateRatio("lru", trace, 500_000);

    assertTrue(lru > 0.49, () -> "lru " + lru);
    assertTrue(tiny > lru - 0.05, () -> "w-tinylfu " + tiny + " lru " + lru);
  }

  @Test
  void whenThePopularKeysChangeLfuIsLeftWithTheOldOnesAndTheOthersFollow() {
    int[] before = new Zipf(5_000, 1.0).take(200_000);
    int[] after = new Zipf(5_000, 1.0).take(100_000);
    int[] trace =
        IntStream.concat(IntStream.of(before), IntStream.of(after).map(k -> k + 1_000_000))
            .toArray();

    // LFU keeps what was read often before; the rest of the cache has to do for the new keys.
    double lfu = lateRatio("lfu", trace, before.length);
    double s3fifo = lateRatio("s3-fifo", trace, before.length);
    double lru = lateRatio("lru", trace, before.length);

    var all = "lfu " + lfu + " s3-fifo " + s3fifo + " lru " + lru;
    assertTrue(lfu < lru - 0.05, all);
    assertTrue(s3fifo > lru + 0.03, all);
  }

  @Test
  void scansBetweenReadsOfAWorkingSetCostLruMoreThanS3Fifo() {
    var random = new SplittableRandom(SEED);
    int[] trace =
        IntStream.range(0, 200_000)
            .map(i -> i % 2_000 < 1_000 ? random.nextInt(CAPACITY / 2) : 1_000_000 + i)
            .toArray();

    assertTrue(ratio("s3-fifo", trace) > 0.48, () -> "s3-fifo " + ratio("s3-fifo", trace));
    assertTrue(ratio("lru", trace) < 0.45, () -> "lru " + ratio("lru", trace));
  }

  @Test
  void keysThatComeBackSoonAfterTheyLeftAreCaughtByTheGhosts() {
    // Pairs of reads further apart than the small queue is long, closer than the ghosts reach.
    int distance = CAPACITY / 2;
    int[] trace =
        IntStream.range(0, 200_000)
            .map(i -> i / (3 * distance) * distance + i % distance)
            .toArray();

    assertTrue(ratio("s3-fifo", trace) > 0.3, () -> "s3-fifo " + ratio("s3-fifo", trace));
  }

  @Test
  void theGhostTableCostsLittleAgainstAnExactQueue() {
    int[] trace = new Zipf(20_000, 0.8).take(300_000);

    assertEquals(ExactS3Fifo.ratio(trace, CAPACITY), ratio("s3-fifo", trace), 0.005);
  }

  @Test
  void s3FifoTakesItsShareOfTheWeightNotOfTheCount() {
    EvictionPolicy<FakeEntry> policy = new S3FifoPolicy<>(1_000);
    for (int id = 0; id < 90; id++) {
      var entry = weighing(id, 10);
      policy.added(entry);
      entry.touch();
    }
    // All were read, so all move to main when room is needed for the last.
    policy.added(weighing(90, 10));
    var victim = policy.evict(e -> true);
    assertEquals(0, victim == null ? -1 : victim.id);

    // 89 entries of weight 10 in main: small may hold about 99 of weight before it is the one to
    // give.
    for (int id = 1_000; id < 1_080; id++) {
      policy.added(weighing(id, 1));
    }
    var fromMain = policy.evict(e -> true);
    assertTrue(fromMain != null && fromMain.id < 90, () -> "from main, not " + fromMain);
    for (int id = 1_080; id < 1_200; id++) {
      policy.added(weighing(id, 1));
    }
    var fromSmall = policy.evict(e -> true);
    assertTrue(fromSmall != null && fromSmall.id >= 90, () -> "from small, not " + fromSmall);
  }

  private static FakeEntry weighing(int id, int weight) {
    var entry = new FakeEntry(id);
    entry.weight = weight;
    return entry;
  }

  private static double ratio(String name, int[] trace) {
    return hits(name, trace) / (double) trace.length;
  }

  private static long hits(String name, int[] trace) {
    return replay(name, trace, 0);
  }

  private static double lateRatio(String name, int[] trace, int from) {
    return replay(name, trace, from) / (double) (trace.length - from);
  }

  /** The hits from a position on. */
  private static long replay(String name, int[] trace, int from) {
    EvictionPolicy<FakeEntry> policy =
        PolicyRegistry.of(WorkloadTest.class.getClassLoader()).named(name).create(CAPACITY);
    var held = new HashMap<Integer, FakeEntry>();
    long hits = 0;
    for (int i = 0; i < trace.length; i++) {
      var entry = held.get(trace[i]);
      if (entry == null) {
        entry = new FakeEntry(trace[i]);
        held.put(trace[i], entry);
        policy.added(entry);
        if (held.size() > CAPACITY) {
          var victim = policy.evict(e -> true);
          held.remove(victim == null ? -1 : victim.id);
        }
      } else {
        hits += i >= from ? 1 : 0;
        entry.touch();
        if (policy.recordsAccess(entry)) {
          policy.accessed(entry);
        }
      }
    }
    assertTrue(held.size() <= CAPACITY, "the policy found a victim each time");
    return hits;
  }

  /** Keys from 0 with a popularity of 1 / rank ^ skew. */
  private static final class Zipf {
    private final SplittableRandom random = new SplittableRandom(SEED);
    private final double[] cumulative;

    Zipf(int keys, double skew) {
      cumulative = new double[keys];
      double sum = 0;
      for (int rank = 0; rank < keys; rank++) {
        sum += 1 / Math.pow(rank + 1.0, skew);
        cumulative[rank] = sum;
      }
    }

    int[] take(int count) {
      double sum = cumulative[cumulative.length - 1];
      return IntStream.range(0, count)
          .map(i -> Arrays.binarySearch(cumulative, random.nextDouble() * sum))
          .map(found -> found < 0 ? -found - 1 : found)
          .toArray();
    }
  }
}
