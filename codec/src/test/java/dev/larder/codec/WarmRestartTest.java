package dev.larder.codec;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.codec.Snapshots.Format;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A restart in the middle of a trace costs next to nothing when it is warm. */
class WarmRestartTest {
  private static final int CAPACITY = 1_000;
  private static final int BEFORE = 103_000;
  private static final int AFTER = 1_000;
  private static final long SEED = 20261121;

  private final Caches caches = new Caches();
  @TempDir private Path folder;

  @AfterEach
  void close() {
    caches.close();
  }

  private Cache<Long, Long> cache(String policy) {
    return caches.of(Long.class, Long.class, spec -> spec.policy(policy).maximumEntries(CAPACITY));
  }

  @ParameterizedTest
  @CsvSource({
    "adaptive,JSON",
    "adaptive,CBOR",
    "w-tinylfu,CBOR",
    "s3-fifo,CBOR",
    "lru,CBOR",
    "lfu,CBOR",
    "sieve,CBOR",
    "fifo,CBOR"
  })
  void hitsAreNearlyThoseWithoutTheRestart(String policy, Format format) {
    var trace = new Trace();
    var running = cache(policy);
    trace.replay(running, BEFORE);
    var file = folder.resolve("snapshot");
    Snapshots.save(running, file, format);
    var warm = cache(policy);
    Snapshots.restore(warm, file);
    var cold = cache(policy);
    var rest = trace.mark();
    var without = rest.from().replay(running, AFTER);
    var withWarm = rest.from().replay(warm, AFTER);
    var withCold = rest.from().replay(cold, AFTER);
    assertTrue(
        withWarm >= without - AFTER / 50,
        () -> without + " hits without, " + withWarm + " after it");
    assertTrue(withWarm >= withCold + AFTER / 10, () -> withCold + " cold, " + withWarm + " warm");
  }

  /** Skewed keys whose popularity drifts, with scans of keys that never come again. */
  private static final class Trace {
    private final Random random;
    private long step;

    Trace() {
      random = new Random(SEED);
    }

    private Trace(long seed, long step) {
      this.random = new Random(seed);
      this.step = step;
    }

    record Mark(long seed, long step) {
      Trace from() {
        return new Trace(seed, step);
      }
    }

    Mark mark() {
      return new Mark(random.nextLong(), step);
    }

    long next() {
      step++;
      if (step % 5_000 < 500) {
        return 1_000_000 + step;
      }
      return (long) Math.pow(20_000, random.nextDouble()) + step / 1_000;
    }

    int replay(Cache<Long, Long> cache, int steps) {
      int hits = 0;
      for (int each = 0; each < steps; each++) {
        var key = next();
        if (cache.get(key) == null) {
          cache.put(key, key);
        } else {
          hits++;
        }
      }
      return hits;
    }
  }
}
