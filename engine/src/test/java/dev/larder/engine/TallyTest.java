package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class TallyTest {
  private final Tally tally = new Tally();

  @Test
  void countsFromZeroAgainAfterAReset() {
    add(5);
    assertEquals(5, tally.sum());
    tally.reset();
    assertEquals(0, tally.sum());
    add(2);
    assertEquals(2, tally.sum());
  }

  /** Forbidden: an addition is lost, be it of a thread with a cell or of one without. */
  @Test
  void losesNothingBetweenMoreThreadsThanItHasCells() throws Exception {
    var threads = 200;
    var pool = Executors.newFixedThreadPool(threads);
    try {
      var work = new ArrayList<Callable<Void>>();
      for (int thread = 0; thread < threads; thread++) {
        work.add(() -> add(2_000));
      }
      for (var done : pool.invokeAll(work)) {
        done.get();
      }
    } finally {
      pool.shutdownNow();
    }
    assertEquals(2_000L * threads, tally.sum());
  }

  /** Forbidden: what a thread that has ended counted is lost when another takes its cell. */
  @Test
  void keepsWhatThreadsCountedThatHaveEnded() throws InterruptedException {
    for (int round = 0; round < 300; round++) {
      var thread = new Thread(() -> add(10));
      thread.start();
      thread.join();
    }
    assertEquals(3_000, tally.sum());
  }

  /** Forbidden: a thread goes on to count in a cell that it lost to a race for it. */
  @Test
  void losesNothingWhileThreadsComeAndGo() throws InterruptedException {
    for (int round = 0; round < 20; round++) {
      var threads = new ArrayList<Thread>();
      for (int number = 0; number < 40; number++) {
        var thread = new Thread(() -> add(500));
        threads.add(thread);
        thread.start();
      }
      for (var thread : threads) {
        thread.join();
      }
    }
    assertEquals(20 * 40 * 500, tally.sum());
  }

  private Void add(int times) {
    for (int time = 0; time < times; time++) {
      tally.increment();
    }
    return null;
  }
}
