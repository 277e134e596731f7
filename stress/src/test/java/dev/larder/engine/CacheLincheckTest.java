package dev.larder.engine;

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

  /** The sequential specification. */
  public static final class Model extends CacheLincheck {
    public Model() {
      super(new HashMap<>());
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {Unbounded.class, Bounded.class, Expiring.class, Weighed.class})
  void outcomesOfRealThreadsAreThoseOfSomeOrder(Class<?> kind) {
    new StressOptions()
        .iterations(ITERATIONS)
        .invocationsPerIteration(2_000)
        .threads(3)
        .actorsPerThread(3)
        .sequentialSpecification(Model.class)
        .check(kind);
  }
}
