package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Clock;
import dev.larder.jcache.Timings.Timing;
import org.junit.jupiter.api.Test;

class TimingsTest {
  private final CountingClock clock = new CountingClock();
  private final Timings timings = new Timings(clock);

  /** Every look at it takes two microseconds. */
  private static final class CountingClock implements Clock {
    private long looks;

    @Override
    public long now() {
      return 0;
    }

    @Override
    public long exact() {
      return 0;
    }

    @Override
    public long ticks() {
      return 2_000 * ++looks;
    }

    @Override
    public long resolutionMillis() {
      return 0;
    }
  }

  private static void run(Timing timing, int operations) {
    for (var i = 0; i < operations; i++) {
      timing.took(timing.start());
    }
  }

  @Test
  void theFirstOperationsAreAllTimed() {
    timings.on(true);

    run(timings.gets(), Timings.ALL_OF_FIRST);

    assertEquals(2 * Timings.ALL_OF_FIRST, clock.looks);
    assertEquals(2f, timings.gets().average());
    assertEquals(0f, timings.puts().average());
  }

  @Test
  void laterOnlyASampleIsTimed() {
    timings.on(true);
    run(timings.gets(), Timings.ALL_OF_FIRST);
    clock.looks = 0;

    run(timings.gets(), 1_000 * Timings.ONE_IN);

    assertTrue(clock.looks > 2 * 700 && clock.looks < 2 * 1_400, "looks: " + clock.looks);
    assertEquals(2f, timings.gets().average());
  }

  @Test
  void theSampleMeetsEveryPhaseOfAPattern() {
    timings.on(true);
    run(timings.gets(), Timings.ALL_OF_FIRST);
    var met = new int[4];
    for (var i = 0; i < 1_000 * Timings.ONE_IN; i++) {
      var before = clock.looks;
      timings.gets().took(timings.gets().start());
      met[i & 3] += clock.looks > before ? 1 : 0;
    }

    for (var each : met) {
      assertTrue(each > 150, "timed in a phase: " + each);
    }
  }

  @Test
  void afterAResetTheFirstAreAllTimedAgain() {
    timings.on(true);
    run(timings.removals(), 100 * Timings.ONE_IN);
    timings.reset();
    assertEquals(0f, timings.removals().average());
    clock.looks = 0;

    run(timings.removals(), 5);

    assertEquals(10, clock.looks);
  }

  @Test
  void whileOffTheClockIsNotLookedAt() {
    run(timings.puts(), 1_000);

    assertEquals(0, clock.looks);
    assertEquals(0f, timings.puts().average());
  }
}
