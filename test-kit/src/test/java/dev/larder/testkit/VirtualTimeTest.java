package dev.larder.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
  private final VirtualClock clock = new VirtualClock(Instant.ofEpochMilli(1_000));
  private final VirtualScheduler scheduler = new VirtualScheduler(clock);
  private final List<String> ran = new ArrayList<>();

  private Runnable note(String name) {
    return () -> ran.add(name + "@" + clock.now());
  }

  private void in(long millis, Runnable task) {
    var unused = scheduler.schedule(task, millis, MILLISECONDS);
  }

  @Test
  void clockStandsStillUntilItIsMovedAndThenAllReadingsMove() {
    assertEquals(1_000, clock.now());
    clock.advance(Duration.ofMillis(5));
    assertEquals(1_005, clock.now());
    assertEquals(1_005, clock.exact());
    assertEquals(5_000_000, clock.ticks());
    assertThrows(IllegalArgumentException.class, () -> clock.advance(Duration.ofMillis(-1)));
  }

  @Test
  void tasksRunInOrderOfTimeWithTheClockAtTheirTime() {
    in(20, note("late"));
    in(10, note("early"));
    in(10, note("early too"));
    scheduler.advance(Duration.ofMillis(15));
    assertEquals(List.of("early@1010", "early too@1010"), ran);
    assertEquals(1_015, clock.now());
    scheduler.advance(Duration.ofMillis(5));
    assertEquals(List.of("early@1010", "early too@1010", "late@1020"), ran);
  }

  @Test
  void periodicTaskRunsOncePerPeriodUntilCancelled() {
    var task = scheduler.scheduleAtFixedRate(note("tick"), 10, 10, MILLISECONDS);
    scheduler.advance(Duration.ofMillis(35));
    assertEquals(List.of("tick@1010", "tick@1020", "tick@1030"), ran);
    assertTrue(task.cancel(false));
    assertEquals(0, scheduler.pending());
    scheduler.advance(Duration.ofMillis(35));
    assertEquals(3, ran.size());
  }

  @Test
  void delayCountsFromTheEndOfTheTaskAndDoesNotCatchUp() {
    var task = scheduler.scheduleWithFixedDelay(note("tick"), 10, 10, MILLISECONDS);
    clock.advance(Duration.ofMillis(100));
    scheduler.advance(Duration.ofMillis(10));
    assertEquals(List.of("tick@1100", "tick@1110"), ran);
    assertTrue(task.cancel(false));
  }

  @Test
  void taskScheduledByTaskRunsInTheSameAdvanceWhenItFallsDue() {
    in(5, () -> in(5, note("inner")));
    scheduler.advance(Duration.ofMillis(10));
    assertEquals(List.of("inner@1010"), ran);
  }

  @Test
  void failureOfTaskIsInItsFutureAndStopsARepetition() {
    var task =
        scheduler.scheduleAtFixedRate(
            () -> {
              ran.add("tried");
              throw new IllegalStateException("no");
            },
            1,
            1,
            MILLISECONDS);
    scheduler.advance(Duration.ofMillis(5));
    assertEquals(List.of("tried"), ran);
    assertThrows(ExecutionException.class, task::get);
  }

  @Test
  void submittedTaskWaitsForTheNextAdvance() throws Exception {
    var answer = scheduler.submit(() -> 42);
    assertFalse(answer.isDone());
    scheduler.advance(Duration.ZERO);
    assertEquals(42, answer.get());
  }

  @Test
  void queuedExecutorRunsWhatWaitsWhenAsked() {
    var queue = new QueuedExecutor();
    queue.execute(() -> queue.execute(note("second")));
    queue.execute(note("first"));
    assertTrue(ran.isEmpty());
    assertEquals(3, queue.runPending());
    assertEquals(List.of("first@1000", "second@1000"), ran);
    assertEquals(0, queue.pending());
  }
}
