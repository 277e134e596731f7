package dev.larder.engine;

import dev.larder.Cache;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two threads load one missing key. Forbidden: two loads, or two values. */
@JCStressTest
@Outcome(id = "1, 1, 1", expect = Expect.ACCEPTABLE, desc = "one load, one value for both")
@Outcome(expect = Expect.FORBIDDEN, desc = "loaded twice, or not by all")
@State
public class SingleFlightStress {
  private static final AtomicLong NEXT = new AtomicLong();
  private static final Cache<Long, Integer> CACHE =
      Larder.open()
          .create(
              CacheSpec.<Long, Integer>of("stress")
                  .unbounded()
                  .cleanupInterval(Duration.ZERO)
                  .build());

  private final Long key = NEXT.incrementAndGet();
  private final AtomicInteger loads = new AtomicInteger();

  private int load() {
    return CACHE.get(key, each -> loads.incrementAndGet());
  }

  @Actor
  public void load(III_Result result) {
    result.r1 = load();
  }

  @Actor
  public void loadToo(III_Result result) {
    result.r2 = load();
  }

  @Arbiter
  public void look(III_Result result) {
    result.r3 = loads.get();
    CACHE.remove(key);
  }
}
