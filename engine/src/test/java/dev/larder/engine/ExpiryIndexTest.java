package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Life;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ExpiryIndexTest {
  private static final long NOW = 1_700_000_000_000L;
  private static final int BINS = 64;
  private final ExpiryIndex index = new ExpiryIndex(NOW);

  private boolean anyDue(long now) {
    return IntStream.range(0, index.groups()).anyMatch(group -> index.due(group, now));
  }

  @Test
  void nothingIsDueBeforeADeadlineIsNoted() {
    assertFalse(anyDue(NOW));
    index.note(3, Life.FOREVER, BINS);
    assertFalse(anyDue(NOW + 1_000_000_000_000L));
  }

  @Test
  void aGroupIsDueFromItsEarliestDeadlineOnAndNotMuchBefore() {
    index.note(5, NOW + 60_000, BINS);
    index.note(5 + 8, NOW + 600_000, BINS);

    assertFalse(anyDue(NOW + 58_000));
    assertTrue(index.due(5 & (index.groups() - 1), NOW + 60_000));
  }

  @Test
  void onlyTheGroupOfTheHashIsDue() {
    index.note(5, NOW + 1_000, BINS);

    var due = IntStream.range(0, index.groups()).filter(group -> index.due(group, NOW + 5_000));
    assertTrue(due.count() == 1);
  }

  @Test
  void whatIsForgottenIsNotDueUntilItIsNotedAgain() {
    index.note(5, NOW, BINS);
    index.forget(5);
    assertFalse(anyDue(NOW + 1_000_000));

    index.note(5, NOW + 500_000, BINS);
    assertTrue(anyDue(NOW + 500_000));
  }

  @Test
  void growingForgetsNothing() {
    var random = new SplittableRandom(42);
    var deadlines = new ArrayList<long[]>();
    for (int bins = 64; bins <= 1 << 16; bins *= 2) {
      for (int note = 0; note < 200; note++) {
        var hash = random.nextInt(1 << 30);
        var deadline = NOW + random.nextInt(1_000_000);
        index.note(hash, deadline, bins);
        deadlines.add(new long[] {hash, deadline});
      }
    }
    assertTrue(index.groups() >= 2_048, () -> index.groups() + " groups");
    for (var noted : deadlines) {
      assertTrue(index.due((int) noted[0] & (index.groups() - 1), noted[1]));
    }
  }

  /**
   * Writers give entries deadlines while a cleaner forgets groups and looks at the entries, and the
   * index grows. Forbidden: a deadline that is set, in a group that is never due.
   */
  @Test
  void noDeadlineIsLostBetweenWritersAndACleaner() throws Exception {
    var pool = Executors.newFixedThreadPool(3);
    try {
      for (int round = 0; round < 200; round++) {
        race(pool, new ExpiryIndex(NOW));
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static void race(java.util.concurrent.ExecutorService pool, ExpiryIndex raced)
      throws Exception {
    var set = new AtomicIntegerArray(512);
    Callable<Void> cleaner = () -> clean(raced, set);
    var threads =
        java.util.List.<Callable<Void>>of(
            () -> write(raced, set, 0), () -> write(raced, set, 1), cleaner);
    for (var done : pool.invokeAll(threads)) {
      done.get();
    }
    for (int hash = 0; hash < set.length(); hash++) {
      assertTrue(raced.due(hash & (raced.groups() - 1), NOW + set.get(hash)), "hash " + hash);
    }
  }

  private static Void write(ExpiryIndex raced, AtomicIntegerArray set, int first) {
    for (int hash = first; hash < set.length(); hash += 2) {
      set.setRelease(hash, 1 + hash);
      raced.note(hash, NOW + 1 + hash, hash < 256 ? 64 : 256);
    }
    return null;
  }

  private static Void clean(ExpiryIndex raced, AtomicIntegerArray set) {
    for (int round = 0; round < 20; round++) {
      var groups = raced.groups();
      for (int group = 0; group < groups; group++) {
        raced.forget(group);
        for (int hash = group; hash < set.length(); hash += groups) {
          var deadline = set.getAcquire(hash);
          if (deadline != 0) {
            raced.note(hash, NOW + deadline, 64);
          }
        }
      }
    }
    return null;
  }
}
