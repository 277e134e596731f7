package dev.larder.engine;

import dev.larder.CacheSpec;
import java.time.Duration;
import java.util.HashMap;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lincheck on whole caches: random calls on few keys by real threads. Forbidden: an outcome that no
 * order of the calls gives.
 */
class CacheLincheckTest {
  private static final int ITERATIONS = Integer.getInteger("larder.test.iterations", 20);

  /** Nothing is bounded, so the eviction policy is never asked. */
  public static final class Unbounded extends CacheLincheck {
    public Unbounded() {
      super(spec().unbounded());
    }
  }

  /** The eviction policy hears of every entry and every read; none has to leave. */
  public static final class Bounded extends CacheLincheck {
    public Bounded() {
      super(spec().maximumEntries(10).policy("lru"));
    }
  }

  /** Every entry has a deadline far away and is judged by the clock. */
  public static final class Expiring extends CacheLincheck {
    public Expiring() {
      super(spec().maximumEntries(10).expireAfterAccess(Duration.ofHours(1)));
    }
  }

  /** With a weigher every update runs under a grant. */
  public static final class Weighed extends CacheLincheck {
    public Weighed() {
      super(spec().maximumWeight(1_000).weigher((key, value) -> value));
    }
  }

  /** Copies in memory over a disk store. */
  public static final class Tiered extends CacheLincheck {
    public Tiered() {
      super(onDisk());
    }
  }

  /** One copy at a time, so that most reads and writes of one key drive the other out. */
  public static final class Crowded extends CacheLincheck {
    public Crowded() {
      super(onDisk().option("memory.maximum-entries", "1"));
    }
  }

  private static CacheSpec.Builder<Integer, Integer> onDisk() {
    return CacheLincheck.spec()
        .topology("disk")
        .option("disk.path", ":memory:")
        .option("memory.warm-start", "never");
  }

  /** The sequential specification. */
  public static final class Model extends CacheLincheck {
    public Model() {
      super(new HashMap<>());
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Unbounded.class, Bounded.class, Expiring.class, Weighed.class})
  void outcomesOfRealThreadsAreThoseOfSomeOrder(Class<?> kind) {
    check(kind, 2_000);
  }

  @ParameterizedTest
  @ValueSource(classes = {Tiered.class, Crowded.class})
  void outcomesOfTwoTiersAreThoseOfSomeOrder(Class<?> kind) {
    check(kind, 500);
  }

  private static void check(Class<?> kind, int invocations) {
    new StressOptions()
        .iterations(ITERATIONS)
        .invocationsPerIteration(invocations)
        .threads(3)
        .actorsPerThread(3)
        .sequentialSpecification(Model.class)
        .check(kind);
  }
}
