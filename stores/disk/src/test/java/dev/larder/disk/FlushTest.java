package dev.larder.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheClosedException;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.testkit.Actor;
import dev.larder.testkit.FlightLog;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How what is written comes into the table, and what happens when it does not. */
class FlushTest {
  private final FakeTable table = new FakeTable();

  @Test
  void whatIsWrittenIsSeenAtOnceAndCommittedWithTheNextTick() {
    try (var opened = Opened.over(table)) {
      opened.put("k", "v").put("k", "w").put("l", "x");
      assertTrue(opened.remove("l"));
      assertEquals("w", opened.get("k"));
      assertEquals(List.of(), table.log());
      opened.advance(100);
      assertEquals(List.of("commit 1", "force"), table.log());
      assertEquals("w", opened.get("k"));
      assertNull(opened.get("l"));
      opened.advance(500);
      assertEquals(List.of("commit 1", "force"), table.log(), "there was nothing to commit");
    }
  }

  @Test
  void commitsAndForcesAreSeenByAFlightRecording() throws IOException {
    try (var log = new FlightLog("DiskFlush");
        var opened = Opened.over(table)) {
      opened.put("k", "v").put("l", "w");
      opened.advance(100);
      var events = log.stop();
      assertEquals(List.of(2, 0), events.stream().map(event -> event.getInt("rows")).toList());
      assertEquals(
          List.of(false, true), events.stream().map(event -> event.getBoolean("forced")).toList());
      assertEquals("DONE", events.get(0).getString("outcome"));
    }
  }

  @Test
  void nothingIsForcedWhereTheDescriptionSaysSo() {
    try (var opened = Opened.over(table, Opened.spec().option("disk.durability", "none"))) {
      opened.put("k", "v").advance(100);
      assertEquals(List.of("commit 1"), table.log());
    }
  }

  @Test
  void writerThatFindsTheOverlayFullCommitsItself() {
    try (var opened = Opened.over(table)) {
      for (int i = 0; i <= Flusher.MOST_ROWS; i++) {
        opened.put("k" + i, "v");
      }
      assertEquals(List.of("commit " + Flusher.MOST_ROWS), table.log());
    }
  }

  @Test
  void failedCommitLosesNothingAndIsTriedAgain() {
    try (var opened = Opened.over(table)) {
      opened.put("a", "1").put("b", "1").put("c", "1").advance(100);
      opened.put("a", "2").remove("b");
      table.failCommits(1);
      opened.advance(100);
      assertEquals("2", opened.get("a"));
      assertNull(opened.get("b"));
      assertTrue(opened.store.info().problems().toString().contains("the disk is full"));
      opened.put("a", "3");
      assertEquals(Map.of("a", "3", "c", "1"), opened.contents());
      opened.advance(100);
      assertEquals(List.of(), opened.store.info().problems());
      assertEquals(Map.of("a", "3", "c", "1"), opened.contents());
      assertEquals(2, table.size());
    }
  }

  @Test
  void clearThatCouldNotBeCommittedComesBackWithWhatCameAfterIt() {
    try (var opened = Opened.over(table)) {
      opened.put("a", "1").put("b", "1").advance(100);
      opened.store.invalidate(dev.larder.spi.Selection.ALL);
      opened.put("a", "2");
      table.failCommits(2);
      opened.advance(100).put("c", "3").advance(100);
      assertNull(opened.get("b"), "what was invalidated came back");
      assertEquals(2, opened.size());
      opened.advance(100);
      assertEquals(Map.of("a", "2", "c", "3"), opened.contents());
    }
  }

  @Test
  void writeIsRefusedAndChangesNothingWhenThereIsNoRoomAndTheDiskFails() {
    var opened = Opened.over(table);
    for (int i = 0; i < Flusher.MOST_ROWS; i++) {
      opened.put("k" + i, "v");
    }
    table.failCommits(1_000);
    assertThrows(StoreException.class, () -> opened.put("one more", "v"));
    assertThrows(StoreException.class, () -> opened.put("k1", "new"));
    assertNull(opened.get("one more"));
    assertEquals("v", opened.get("k1"));
    table.failCommits(0);
    opened.put("one more", "v");
    opened.close();
    assertEquals(Flusher.MOST_ROWS + 1, table.size());
  }

  @Test
  void whereEachWriteIsToBeSafeItReturnsAfterAForcedCommit() {
    try (var opened = Opened.over(table, Opened.spec().option("disk.durability", "each-write"))) {
      opened.put("a", "1").put("b", "2").remove("a");
      assertEquals(List.of("forced 1", "forced 1", "forced 0"), table.log());
      assertEquals(1, table.size());
    }
  }

  @Test
  void writersThatWaitForACommitShareTheNext() {
    try (var opened = Opened.over(table, Opened.spec().option("disk.durability", "each-write"))) {
      var first = new AtomicBoolean(true);
      var entered = new CountDownLatch(1);
      var open = new CountDownLatch(1);
      table.beforeCommit(
          () -> {
            if (first.getAndSet(false)) {
              entered.countDown();
              Actor.await(open);
            }
          });
      var writers = new ArrayList<Actor<Boolean>>();
      writers.add(Actor.run("first", any -> opened.put("first", "v")));
      Actor.await(entered);
      for (int i = 0; i < 7; i++) {
        var key = "k" + i;
        writers.add(Actor.run(key, any -> opened.put(key, "v")));
      }
      writers.subList(1, 8).forEach(Actor::awaitWaiting);
      assertEquals("v", opened.get("k0"), "reads wait for no commit");
      open.countDown();
      writers.forEach(Actor::result);
      assertEquals(List.of("forced 1", "forced 7"), table.log());
    }
  }

  @Test
  void eachWriteThatCannotBeMadeSafeSaysThatItMayHaveHappened() {
    try (var opened = Opened.over(table, Opened.spec().option("disk.durability", "each-write"))) {
      table.failCommits(1);
      assertThrows(OutcomeUnknownException.class, () -> opened.put("k", "v"));
      assertEquals("v", opened.get("k"));
      opened.advance(100);
      assertEquals(1, table.size());
      assertEquals(List.of(), opened.store.info().problems());
    }
  }

  @Test
  void batchIsNeverSplitBetweenTwoCommits() {
    try (var opened = Opened.over(table)) {
      var over = new AtomicBoolean();
      table.beforeCommit(() -> assertEquals(text("a"), text("b"), "half a batch was committed"));
      var writers =
          List.of(
              Actor.run("one", any -> write(opened, 1)), Actor.run("two", any -> write(opened, 2)));
      var flusher =
          Actor.run(
              "flusher",
              any -> {
                while (!over.get()) {
                  opened.advance(100);
                }
              });
      writers.forEach(Actor::result);
      over.set(true);
      flusher.result();
      opened.advance(100);
      assertEquals(List.of(), opened.store.info().problems());
      assertEquals(text("a"), text("b"));
      assertTrue(table.log().size() > 2);
    }
  }

  /** Goes on until commits have come between, however seldom the machine lets the flusher run. */
  private void write(Opened opened, int writer) {
    for (int i = 0; i < 2_000 || table.log().size() <= 2; i++) {
      var value = writer + ":" + i;
      opened.together(List.of(Opened.putting("a", value), Opened.putting("b", value)));
    }
  }

  private String text(String key) {
    var row = table.read(Rows.key(key), true);
    return row == null || row.payload() == null ? "none" : Opened.text(row.payload().array());
  }

  @Test
  void closingCommitsWhatIsLeftAndAllEndsThen() {
    var opened = Opened.over(table).put("k", "v");
    opened.close();
    opened.close();
    assertEquals(1, table.size());
    assertEquals(List.of("forced 1"), table.log());
    assertEquals(0, opened.scheduler.pending());
    assertThrows(CacheClosedException.class, () -> opened.get("k"));
    assertThrows(CacheClosedException.class, () -> opened.put("k", "v"));
    assertThrows(CacheClosedException.class, opened::contents);
  }

  @Test
  void closingThatCannotCommitSaysSo() {
    var opened = Opened.over(table).put("k", "v");
    table.failCommits(1);
    assertThrows(StoreException.class, opened::close);
    opened.close();
  }

  @Test
  void ruinedFileLeavesWhatIsNotCommittedAndCountsAnew() {
    try (var opened = Opened.over(table)) {
      opened.put("old", "v").put("changed", "v").advance(100);
      opened.put("changed", "w").put("new", "x");
      table.ruin();
      assertEquals(List.of("all"), opened.outdated);
      assertNull(opened.get("old"));
      assertEquals(Map.of("changed", "w", "new", "x"), opened.contents());
      assertEquals(2, opened.size());
    }
  }

  @Test
  void damagedRowIsNoLongerCountedAfterItLeft() {
    try (var opened = Opened.over(table)) {
      opened.put("a", "1").put("b", "2").advance(100);
      table.lose(Rows.key("a"));
      assertNull(opened.get("a"));
      opened.put("c", "3").advance(100);
      assertEquals(2, opened.size());
      opened.put("a", "4").advance(100);
      assertEquals(3, opened.size());
      assertEquals(Map.of("a", "4", "b", "2", "c", "3"), opened.contents());
    }
  }

  @Test
  void interruptedWriterThatWaitsForTheDiskIsToldSo() {
    try (var opened = Opened.over(table, Opened.spec().option("disk.durability", "each-write"))) {
      var entered = new CountDownLatch(1);
      var open = new CountDownLatch(1);
      table.beforeCommit(
          () -> {
            entered.countDown();
            Actor.await(open);
          });
      var first = Actor.run("first", any -> opened.put("a", "1"));
      Actor.await(entered);
      var second =
          Actor.run(
              "second",
              any -> {
                Thread.currentThread().interrupt();
                assertThrows(OutcomeUnknownException.class, () -> opened.put("b", "2"));
                assertTrue(Thread.interrupted());
              });
      second.result();
      open.countDown();
      first.result();
      assertFalse(table.log().isEmpty());
    }
  }

  @Test
  void commitsGoOnAfterAnErrorOfTheExecutorAndNothingIsWrongThen() {
    try (var opened = Opened.over(table)) {
      opened.put("a", "1").advance(100).put("b", "2");
      opened.refusal = new OutOfMemoryError("unable to create native thread");
      opened.advance(200);
      assertTrue(problems(opened).contains("no thread to commit with"), problems(opened));
      opened.refusal = null;
      opened.advance(100);
      assertEquals(2, table.size());
      assertEquals("[]", problems(opened));
    }
  }

  @Test
  void refusalIsOverWhenAThreadWasHadThoughThereIsNothingToCommit() {
    try (var opened = Opened.over(table)) {
      opened.refusal = new OutOfMemoryError("unable to create native thread");
      opened.advance(1_000);
      assertTrue(problems(opened).contains("no thread to commit with"), problems(opened));
      opened.refusal = null;
      opened.advance(1_000);
      assertEquals("[]", problems(opened));
      assertEquals(List.of(), table.log());
    }
  }

  private static String problems(Opened opened) {
    return opened.store.info().problems().toString();
  }

  @Test
  void closeForcesWhatAForceUnderWayMayNotBringToTheDisk() {
    var opened = Opened.over(table);
    var entered = new CountDownLatch(1);
    var open = new CountDownLatch(1);
    table.beforeForce(
        () -> {
          entered.countDown();
          Actor.await(open);
        });
    opened.put("a", "1");
    var forcing = Actor.run("forcing", any -> opened.advance(100));
    Actor.await(entered);
    opened.close();
    assertEquals(List.of("commit 1", "force"), table.log());
    open.countDown();
    forcing.result();
  }

  @Test
  void readersDoNotTryToCommitAgainAndAgainWhileTheDiskFails() {
    var spec = Opened.spec().expireAfterAccess(Duration.ofHours(1));
    var opened = Opened.over(table, spec);
    var keys = 2 * Overlay.MOST_ACCESSES;
    for (int i = 0; i < keys; i++) {
      opened.put("k" + i, "v");
    }
    opened.advance(100).advance(10_000);
    var tried = new AtomicInteger();
    table.beforeCommit(tried::incrementAndGet);
    table.failCommits(Integer.MAX_VALUE);
    for (int i = 0; i < keys; i++) {
      opened.get("k" + i);
    }
    assertEquals(1, tried.get());
    table.failCommits(0);
    opened.close();
    assertEquals(2, tried.get());
  }

  @Test
  void accessesThatWaitWhileTheDiskFailsAreBoundedAndWhatGetsLostIsAProblem() {
    var opened = Opened.over(table, Opened.spec().expireAfterAccess(Duration.ofHours(1)));
    opened.put("a", "1").advance(100);
    table.failCommits(1);
    opened.put("a", "2").advance(100);
    assertEquals("[what was written", problems(opened).substring(0, 17));
    for (int i = 0; i < Overlay.MOST_WAITING + 7; i++) {
      opened.store.accessed(Rows.key("k" + i), opened.clock.now());
    }
    assertTrue(problems(opened).contains("7 reads did not move deadlines"), problems(opened));
    opened.advance(200);
    assertEquals("[]", problems(opened));
    opened.close();
  }

  @Test
  void storeThatCannotStartClosesItsTable() {
    var spec = Opened.spec();
    var e = assertThrows(StoreException.class, () -> Opened.rejected(table, spec));
    assertTrue(e.getMessage().contains("cache 'cache' could not be opened"), e.getMessage());
    assertTrue(table.closed());
  }
}
