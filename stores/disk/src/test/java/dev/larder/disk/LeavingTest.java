package dev.larder.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Bounds;
import dev.larder.MissCause;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import dev.larder.spi.Touch;
import dev.larder.spi.Upkeep;
import dev.larder.spi.Verbs;
import dev.larder.spi.WaitingStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who leaves, when and why. */
class LeavingTest {
  private final FakeTable table = new FakeTable();

  @Test
  void coldestLeavesFirstAndTiesGoByKey() {
    try (var opened = Opened.over(table, Opened.spec().maximumEntries(4))) {
      opened.put("c", "1").put("b", "1").put("a", "1").advance(2_000).put("d", "1");
      assertEquals(List.of("a", "b", "c", "d"), opened.coldestFirst());
      opened.put("e", "1");
      assertEquals(List.of("b", "c", "d", "e"), opened.coldestFirst());
      opened.advance(10).get("b");
      opened.advance(10).put("f", "1");
      assertEquals(List.of("d", "e", "b", "f"), opened.coldestFirst());
      assertEquals(List.of("a", "c"), opened.outdated);
      assertEquals(MissCause.EVICTED, opened.store.explain(Rows.key("a")));
      assertEquals(2, opened.store.info().evictions());
    }
  }

  @Test
  void whatHasExpiredLeavesBeforeAnythingThatLives() {
    var spec =
        Opened.spec()
            .maximumEntries(2)
            .expireAfterWrite(Duration.ofSeconds(1))
            .option("disk.access-times", "exact");
    try (var opened = Opened.over(table, spec)) {
      opened.put("expired", "1").advance(500).put("lives", "1").advance(400);
      opened.get("expired");
      opened.advance(300).put("new", "1");
      assertEquals("1", opened.get("lives"));
      assertEquals("1", opened.get("new"));
      assertEquals(0, opened.store.info().evictions());
      assertEquals(1, opened.store.info().expirations());
    }
  }

  @Test
  void oneWriteMakesRoomForMoreWhereEntriesLeaveByExpiry() {
    var spec = Opened.spec().maximumEntries(320).expireAfterWrite(Duration.ofSeconds(320));
    try (var opened = Opened.over(table, spec)) {
      for (int i = 0; i < 320; i++) {
        opened.put("old" + i, "v");
        opened.clock.advance(Duration.ofSeconds(1));
      }
      var commits = table.log().size();
      for (int i = 0; i < 100; i++) {
        opened.put("new" + i, "v");
        opened.clock.advance(Duration.ofSeconds(1));
      }
      var more = table.log().size() - commits;
      assertTrue(more <= 20, () -> more + " commits for 100 writes");
      assertTrue(opened.size() <= 320);
    }
  }

  @Test
  void accessesWithinASecondAreOneUnlessTheyAreKeptExactly() {
    for (var exact : List.of(false, true)) {
      var spec = Opened.spec().option("disk.access-times", exact ? "exact" : "coarse");
      try (var opened = Opened.over(new FakeTable(), spec)) {
        opened.put("a", "1").advance(10).put("b", "1").advance(10);
        opened.get("a");
        assertEquals(
            exact ? List.of("b", "a") : List.of("a", "b"), opened.coldestFirst(), "exact " + exact);
        opened.advance(980);
        opened.get("a");
        assertEquals(List.of("b", "a"), opened.coldestFirst());
      }
    }
  }

  @Test
  void looksWithoutReadingAndReadsOfCopiesCountAsTheyShould() {
    try (var opened = Opened.over(table)) {
      opened.put("a", "1").put("b", "1").put("c", "1").advance(5_000);
      opened.get("a", Touch.PEEK);
      opened.store.accessed(Rows.key("b"), opened.clock.now());
      assertEquals(List.of("a", "c", "b"), opened.coldestFirst());
    }
  }

  @Test
  void accessesThatMoveNoDeadlineStayInMemoryAndAreCommittedFewAtATime() {
    try (var opened = Opened.over(table)) {
      for (int i = 0; i < 4_000; i++) {
        opened.put("k" + i, "v");
      }
      opened.advance(5_000);
      for (int i = 0; i < 4_000; i++) {
        opened.get("k" + i);
      }
      var commits = table.log().size();
      opened.advance(1_000);
      assertEquals(4_000 - Overlay.PIECE, pendingAccesses(opened));
      assertEquals(commits + 2, table.log().size(), "one commit, forced");
      opened.advance(1_000);
      assertEquals(4_000 - 2 * Overlay.PIECE, pendingAccesses(opened));
      opened.store.maintain(Upkeep.PURGE);
      assertEquals(0, pendingAccesses(opened));
    }
  }

  private static int pendingAccesses(Opened opened) {
    return Integer.parseInt(opened.store.info().details().get("pending.accesses"));
  }

  @Test
  void entriesLeaveInTheOrderOfReadsThatTheTableWasNotToldOf() {
    var most = 3_000;
    try (var opened = Opened.over(table, Opened.spec().maximumEntries(most))) {
      for (int i = 0; i < most; i++) {
        opened.put("k" + i, "v");
      }
      opened.advance(2_000);
      for (int i = most - 1; i >= 0; i--) {
        opened.clock.advance(Duration.ofMillis(1));
        opened.get("k" + i);
      }
      opened.put("new", "v");
      var left = List.copyOf(opened.outdated);
      var expected =
          IntStream.iterate(most - 1, i -> i - 1).limit(left.size()).mapToObj(i -> "k" + i);
      assertEquals(expected.toList(), left);
    }
  }

  @Test
  void boundHoldsWhenEveryEntryIsReadWhileOthersAreMovedInTheOrder() {
    var spec = Opened.spec().maximumEntries(50).option("disk.access-times", "exact");
    try (var opened = Opened.over(table, spec)) {
      for (int i = 0; i < 50; i++) {
        opened.put("k" + i, "v").advance(1);
      }
      table.beforeCommit(
          () -> {
            opened.clock.advance(Duration.ofMillis(1));
            for (int i = 0; i < 50; i++) {
              opened.get("k" + i);
            }
          });
      opened.put("new", "v");
      table.beforeCommit(null);
      assertEquals("v", opened.get("new"));
      opened.put("newer", "v");
      assertEquals(true, opened.size() <= 50, () -> opened.size() + " of 50");
    }
  }

  @Test
  void readOfACopyMovesASlidingDeadline() {
    var spec = Opened.spec().expireAfterAccess(Duration.ofSeconds(1));
    try (var opened = Opened.over(table, spec)) {
      opened.put("a", "1").put("b", "1").advance(900);
      opened.store.accessed(Rows.key("a"), opened.clock.now());
      opened.advance(500);
      assertEquals("1", opened.get("a"));
      assertNull(opened.get("b"));
      assertEquals(List.of("b"), opened.outdated);
    }
  }

  @Test
  void readsOfManyCopiesAreCommittedInTheBackgroundAndAllMoveTheirDeadlines() {
    var spec = Opened.spec().expireAfterAccess(Duration.ofSeconds(1));
    try (var opened = Opened.over(table, spec)) {
      var keys = 3 * Overlay.MOST_ACCESSES;
      for (int i = 0; i < keys; i++) {
        opened.put("k" + i, "v");
      }
      opened.advance(900);
      for (int i = 0; i < keys; i++) {
        opened.store.accessed(Rows.key("k" + i), opened.clock.now());
      }
      assertEquals(1, opened.executor.pending(), "whoever tells does not wait");
      opened.advance(900);
      assertEquals(0, WaitingStore.join(opened.store.maintain(Upkeep.PURGE)));
      assertEquals(keys, opened.size());
    }
  }

  @Test
  void keyInUseStaysAndLeavesWhenItIsFree() {
    try (var opened = Opened.over(table, Opened.spec().maximumEntries(1))) {
      opened.put("a", "1").advance(10);
      var lease = WaitingStore.join(opened.store.lease(Rows.key("a"), Duration.ofSeconds(1)));
      opened.put("b", "1");
      assertEquals(List.of("a", "b"), opened.coldestFirst(), "a key in use was evicted");
      lease.release();
      assertEquals(List.of("b"), opened.coldestFirst());
    }
  }

  @Test
  void largeCachesEvictAheadSoThatNotEveryWriteHasTo() {
    try (var opened = Opened.over(table, Opened.spec().maximumEntries(1_000))) {
      for (int i = 0; i < 3_000; i++) {
        opened.put("k" + i, "v");
      }
      var commits = table.log().size();
      assertEquals(true, commits < 100, commits + " commits for 2000 evictions");
      assertEquals(true, opened.size() > 960, opened.size() + " of 1000");
    }
  }

  @Test
  void smallerBoundHoldsAtOnceAndSoManyAsAskedAreEvicted() {
    try (var opened = Opened.over(table)) {
      for (int i = 10; i < 30; i++) {
        opened.put("k" + i, "v").advance(1);
      }
      opened.store.maintain(new Upkeep.Resize(Bounds.entries(10)));
      assertEquals(10, opened.size());
      assertEquals("k20", opened.coldestFirst().get(0));
      assertEquals(3, WaitingStore.join(opened.store.maintain(new Upkeep.Evict(3))));
      assertEquals("k23", opened.coldestFirst().get(0));
      assertEquals(7, WaitingStore.join(opened.store.maintain(new Upkeep.Evict(100))));
    }
  }

  @Test
  void purgeTakesAllThatHasExpiredInBatches() {
    var spec = Opened.spec().expireAfterWrite(Duration.ofSeconds(1));
    try (var opened = Opened.over(table, spec)) {
      for (int i = 0; i < 1_000; i++) {
        opened.put("k" + i, "v");
      }
      opened.advance(500).put("stays", "v").advance(500);
      assertEquals(1_000, WaitingStore.join(opened.store.maintain(Upkeep.PURGE)));
      assertEquals(1, opened.size());
      assertEquals(1_000, opened.outdated.size());
      var known =
          IntStream.range(0, 1_000)
              .filter(i -> opened.store.explain(Rows.key("k" + i)) == MissCause.EXPIRED)
              .count();
      assertEquals(true, known > 700, () -> "of " + known + " it is known why they left");
    }
  }

  @Test
  void entryOfAnotherSchemaVersionIsAbsentForEveryOperation() {
    var old = new Payload(new byte[] {1}, new Meta("", 1, 1, java.util.Set.of()));
    try (var opened = Opened.over(table, Opened.spec().schemaVersion(1))) {
      for (var key : List.of("read", "absent", "replaced", "scanned")) {
        opened.store.updateAndWait(Rows.key(key), Verbs.put(), old);
      }
    }
    try (var opened = Opened.over(table, Opened.spec().schemaVersion(2))) {
      var look = WaitingStore.join(opened.store.find(Rows.key("read"), Touch.READ));
      assertEquals(MissCause.SCHEMA, look.missing());
      assertEquals(3, opened.size());
      var fresh = new Payload(new byte[] {2}, new Meta("", 2, 1, java.util.Set.of()));
      var absent = opened.store.updateAndWait(Rows.key("absent"), Verbs.putIfAbsent(), fresh);
      assertNull(absent.value());
      var replaced = opened.store.updateAndWait(Rows.key("replaced"), Verbs.replace(), fresh);
      assertNull(replaced.value());
      assertEquals(List.of("absent"), List.copyOf(opened.contents().keySet()));
      assertEquals(2, opened.size(), "the one scanned is passed over, not removed");
      assertEquals("3", opened.store.info().details().get("schema.mismatches"));
    }
  }

  @Test
  void missesAfterAnInvalidationArePutDownToItAsOftenAsItTookEntries() {
    try (var opened = Opened.over(table)) {
      opened.put("a", "1").put("b", "1");
      assertEquals(MissCause.COLD, missing(opened, "never"));
      opened.store.invalidate(dev.larder.spi.Selection.ALL);
      assertEquals(0, opened.size());
      assertEquals(MissCause.INVALIDATED, missing(opened, "a"));
      assertEquals(MissCause.INVALIDATED, missing(opened, "b"));
      assertEquals(MissCause.UNKNOWN, missing(opened, "never"));
    }
  }

  private static MissCause missing(Opened opened, String key) {
    return WaitingStore.join(opened.store.find(Rows.key(key), Touch.READ)).missing();
  }

  @Test
  void askingWhyAKeyIsMissingDoesNotCountAsAMiss() {
    try (var opened = Opened.over(table)) {
      opened.put("a", "1");
      opened.store.invalidate(dev.larder.spi.Selection.ALL);
      for (int i = 0; i < 3; i++) {
        assertEquals(MissCause.INVALIDATED, opened.store.explain(Rows.key("a")));
      }
      assertEquals(MissCause.INVALIDATED, missing(opened, "a"));
      assertEquals(MissCause.UNKNOWN, opened.store.explain(Rows.key("a")));
    }
  }
}
