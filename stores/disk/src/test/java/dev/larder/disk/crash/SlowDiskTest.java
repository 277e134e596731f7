package dev.larder.disk.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.testkit.Actor;
import dev.larder.testkit.disk.DiskStep;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * While the disk does not answer, whoever does not need it goes on, and so do readers of what is on
 * it; writers wait when the room for what is not committed yet is used up, and not before.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SlowDiskTest {
  /** The bounds of what may wait for a commit, as decision 0018 states them. */
  private static final int MOST_ROWS = 4_096;

  @TempDir private Path folder;
  private Path file;
  private Leftovers leftovers;

  @BeforeEach
  void name() {
    file = folder.resolve("cache.db");
    leftovers = new Leftovers(folder);
  }

  @AfterEach
  void nothingIsLeft() throws IOException {
    leftovers.assertNone();
  }

  /** Everything a user does that the bound on what is not committed does not hold up. */
  private static void assertGoesOn(FaultyCache open) {
    var user =
        Actor.run(
            "user",
            any -> {
              var cache = open.cache;
              open.assertStock();
              assertEquals("new", cache.get("new"));
              assertEquals(FaultyCache.large("l"), cache.get("large"));
              assertTrue(cache.contains(FaultyCache.stock(7)));
              assertEquals(
                  Map.of("stock-1", "stock-1", "new", "new"),
                  cache.getAll(List.of("stock-1", "new", "none")));
              cache.put("new", "newer");
              cache.put(FaultyCache.stock(1), "changed");
              assertTrue(cache.remove(FaultyCache.stock(2)));
              assertEquals(null, cache.get(FaultyCache.stock(2)));
              cache.batch(batch -> batch.put("a", "1").put("b", "2").remove("new"));
              String had =
                  cache.update(
                      "a",
                      entry -> {
                        var value = entry.value();
                        entry.set("updated");
                        return value;
                      });
              assertEquals("1", had);
              assertEquals(FaultyCache.STOCK + 2, cache.size());
              assertTrue(open.health().estimatedBytes() > 0);
            });
    user.result();
  }

  /** Many ticks that find the disk still hanging leave it to the thread that waits for it. */
  private void assertNoCrowd() {
    var idle = new CountDownLatch(1);
    var waiter = Actor.run("waiter", any -> Actor.await(idle));
    assertFalse(waiter.finishedWithin(200));
    idle.countDown();
    waiter.result();
    assertTrue(leftovers.started().size() <= 4, () -> "" + leftovers.started());
  }

  private void assertAllThere() {
    try (var open = FaultyCache.opened(file)) {
      assertEquals("changed", open.cache.get(FaultyCache.stock(1)));
      assertEquals(null, open.cache.get(FaultyCache.stock(2)));
      assertEquals("updated", open.cache.get("a"));
      assertEquals("2", open.cache.get("b"));
      assertEquals(null, open.cache.get("new"));
      assertEquals(FaultyCache.large("l"), open.cache.get("large"));
      assertEquals(FaultyCache.STOCK + 2, open.cache.size());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "interval"})
  void readsAndWritesGoOnWhileACommitHangs(String durability) {
    try (var open = FaultyCache.stocked(file, durability)) {
      open.faults.hold(DiskStep.COMMIT);
      open.cache.put("new", "new");
      open.cache.put("large", FaultyCache.large("l"));
      open.faults.awaitHeld(DiskStep.COMMIT, 1);
      assertGoesOn(open);
      assertNoCrowd();
      open.faults.release(DiskStep.COMMIT);
      open.awaitHealthy();
    }
    assertAllThere();
  }

  @Test
  void readsAndWritesGoOnWhileAForceHangs() {
    try (var open = FaultyCache.stocked(file, "interval")) {
      open.faults.hold(DiskStep.FORCE);
      open.cache.put("new", "new");
      open.cache.put("large", FaultyCache.large("l"));
      open.faults.awaitHeld(DiskStep.FORCE, 1);
      assertGoesOn(open);
      assertNoCrowd();
      // Commits go on, so there is always room for more.
      for (int i = 0; i < 3 * MOST_ROWS; i++) {
        open.cache.put("more", "" + i);
        open.cache.put("more-" + i % 2_000, "" + i);
      }
      open.cache.removeAll(IntStream.range(0, 2_000).mapToObj(i -> "more-" + i).toList());
      open.cache.remove("more");
      open.faults.release(DiskStep.FORCE);
    }
    assertAllThere();
  }

  @Test
  void copiesAndNewEntriesAreReadWhileReadsOfTheDiskHang() {
    try (var open = FaultyCache.stocked(file, "interval")) {
      open.cache.put("copy", "copy");
      open.awaitCopy("copy");
      open.faults.hold(DiskStep.COMMIT);
      open.cache.put("new", "new");
      open.cache.put("large", FaultyCache.large("l"));
      open.faults.hold(DiskStep.READ);
      var reader = Actor.start("reader", () -> open.cache.get(FaultyCache.stock(3)));
      var other = Actor.start("other", () -> open.cache.get(FaultyCache.stock(4)));
      open.faults.awaitHeld(DiskStep.READ, 2);
      Actor.run("user", any -> assertEquals("copy", open.cache.get("copy"))).result();
      Actor.run("user", any -> assertEquals("new", open.cache.get("new"))).result();
      assertFalse(reader.done() || other.done());
      open.faults.calm();
      assertEquals(FaultyCache.stock(3), reader.result());
      assertEquals(FaultyCache.stock(4), other.result());
    }
  }

  @Test
  void writersWaitWhenAsMuchIsNotCommittedAsMayBeAndNotBefore() {
    var put = new AtomicInteger();
    try (var open = FaultyCache.stocked(file, "interval")) {
      open.faults.hold(DiskStep.COMMIT);
      open.cache.put("first", "first");
      open.faults.awaitHeld(DiskStep.COMMIT, 1);
      var writer =
          Actor.run(
              "writer",
              any -> {
                for (int i = 0; i < 3 * MOST_ROWS; i++) {
                  open.cache.put("more-" + i, "" + i);
                  put.incrementAndGet();
                }
              });
      FaultyCache.await(() -> put.get() >= MOST_ROWS - 1, () -> put + " puts");
      writer.awaitWaiting();
      assertFalse(writer.finishedWithin(100));
      assertTrue(put.get() <= MOST_ROWS + 1, () -> put + " puts went on");
      Actor.run("user", any -> open.assertStock()).result();
      assertEquals("1", open.cache.get("more-1"));
      open.faults.release(DiskStep.COMMIT);
      writer.result();
    }
    try (var open = FaultyCache.opened(file)) {
      assertEquals(FaultyCache.STOCK + 1 + 3 * MOST_ROWS, open.cache.size());
      assertEquals("" + (3 * MOST_ROWS - 1), open.cache.get("more-" + (3 * MOST_ROWS - 1)));
    }
  }

  @Test
  void aWriteThatIsToBeSafeReturnsWhenItIsAndReadersDoNotWaitForIt() {
    try (var open = FaultyCache.stocked(file, "each-write")) {
      open.faults.hold(DiskStep.FORCE);
      var writer = Actor.run("writer", any -> open.cache.put("safe", "safe"));
      open.faults.awaitHeld(DiskStep.FORCE, 1);
      Actor.run("user", any -> open.assertStock()).result();
      assertFalse(writer.done());
      open.faults.release(DiskStep.FORCE);
      writer.result();
      assertEquals("safe", open.cache.get("safe"));
    }
  }

  @Test
  void writersThatWaitForOneForceShareTheNextCommit() {
    try (var open = FaultyCache.stocked(file, "each-write")) {
      var before = open.faults.passed(DiskStep.COMMIT);
      open.faults.hold(DiskStep.FORCE);
      var first = Actor.run("first", any -> open.cache.put("first", "first"));
      open.faults.awaitHeld(DiskStep.FORCE, 1);
      var writers =
          IntStream.range(0, 8)
              .mapToObj(i -> Actor.run("writer-" + i, any -> open.cache.put("w-" + i, "" + i)))
              .toList();
      writers.forEach(Actor::awaitWaiting);
      open.faults.release(DiskStep.FORCE);
      first.result();
      writers.forEach(Actor::result);
      var commits = open.faults.passed(DiskStep.COMMIT) - before;
      assertTrue(commits < 8, () -> commits + " commits for 9 writers");
    }
  }

  @Test
  void closingWaitsForTheDiskAndLosesNothing() {
    var open = FaultyCache.stocked(file, "interval");
    open.faults.hold(DiskStep.COMMIT);
    open.cache.put("last", "last");
    var closing = Actor.run("closing", any -> open.cache.close());
    open.faults.awaitHeld(DiskStep.COMMIT, 1);
    closing.awaitWaiting();
    open.faults.release(DiskStep.COMMIT);
    closing.result();
    open.close();
    try (var again = FaultyCache.opened(file)) {
      assertEquals("last", again.cache.get("last"));
      again.assertStock();
    }
  }
}
