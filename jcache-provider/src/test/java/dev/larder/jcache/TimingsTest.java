package dev.larder.jcache;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.larder.Clock;
import dev.larder.jcache.Timings.Timing;
import org.junit.jupiter.api.Test;

class TimingsTest {
  private final CountingClock clock = new CountingClock();
  private final Timings timings = new Timings(clock);

  /** Every look at it takes two microseconds. */
  private static final class CountingClock implements Clock {
    private long looks;
    private long now;

    @Override
    public long now() {
      return now;
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
      return 5;
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
  void laterTheFirstOneOfEachTickIsTimed() {
    timings.on(true);
    run(timings.gets(), Timings.ALL_OF_FIRST);
    clock.looks = 0;

    for (var tick = 0; tick < 10; tick++) {
      clock.now++;
      run(timings.gets(), 1_000);
    }

    assertEquals(2 * 10, clock.looks);
    assertEquals(2f, timings.gets().average());
  }

  @Test
  void operationsOfOneKindAreNotTimedInPlaceOfThoseOfAnother() {
    timings.on(true);
    run(timings.gets(), 1_000);
    clock.looks = 0;

    run(timings.puts(), 3);

    assertEquals(2 * 3, clock.looks);
  }

  @Test
  void afterAResetTheFirstAreAllTimedAgain() {
    timings.on(true);
    run(timings.removals(), 1_000);
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
