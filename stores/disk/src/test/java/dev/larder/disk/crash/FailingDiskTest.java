package dev.larder.disk.crash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheException;
import dev.larder.FailurePolicy;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.disk.FaultyDisk;
import dev.larder.testkit.disk.DiskFaults;
import dev.larder.testkit.disk.DiskStep;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A disk that is full or broken: what was acknowledged is kept and comes to the disk later, what
 * cannot be kept is refused in words, reads go on, and health says what is wrong as long as it is.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FailingDiskTest {
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

  /** Puts until it is refused; gives how many were acknowledged. */
  private static int putUntilRefused(FaultyCache open, String words) {
    int put = 0;
    try {
      for (; put < 200_000; put++) {
        open.cache.put("more-" + put, FaultyCache.large("" + put));
      }
    } catch (StoreException e) {
      assertTrue(String.valueOf(e.getMessage()).contains(words), e::getMessage);
      return put;
    }
    throw new AssertionError("nothing was refused");
  }

  /** Gives the number of the batch that was refused. */
  private static int batchUntilRefused(FaultyCache open) {
    for (int i = 0; i < 20_000; i++) {
      var number = i;
      try {
        open.cache.batch(
            batch ->
                batch
                    .put("batch-" + number, FaultyCache.large("1"))
                    .put("beside-" + number, FaultyCache.large("2")));
      } catch (CacheException e) {
        return number;
      }
    }
    throw new AssertionError("nothing was refused");
  }

  private static void assertPut(FaultyCache open, int count) {
    for (int i = 0; i < count; i++) {
      assertEquals(FaultyCache.large("" + i), open.cache.get("more-" + i));
    }
  }

  @Test
  void aFullDiskLosesNothingThatWasAcknowledged() {
    int put;
    try (var open = FaultyCache.stocked(file, "interval")) {
      open.faults.fail(DiskStep.WRITE, DiskFaults::full);
      open.cache.put("first", "first");
      open.awaitReason("the disk is full");
      put = putUntilRefused(open, "the disk is full");
      assertTrue(put > 1_000, "only " + put + " were kept");
      assertPut(open, put);
      open.assertStock();
      assertEquals("first", open.cache.get("first"));
      assertEquals(FaultyCache.STOCK + 1 + put, open.cache.size());
      open.faults.calm();
      open.awaitHealthy();
    }
    try (var open = FaultyCache.opened(file)) {
      assertPut(open, put);
      open.assertStock();
      assertEquals(FaultyCache.STOCK + 1 + put, open.cache.size());
    }
  }

  /** The file may have so many pages, and SQLite itself finds it full. */
  @Test
  void aFileThatCannotGrowServesWhatItHasAndGoesOnWhenThereIsRoom() {
    FaultyCache.stocked(file, "interval").close();
    try (var open = FaultyCache.limited(file, 300)) {
      int put = putUntilRefused(open, "no room for " + file);
      assertPut(open, put);
      open.assertStock();
      open.awaitReason("the disk is full");
      open.cache.clear();
      open.cache.put("after", "after");
      open.awaitHealthy();
      assertEquals(1, open.cache.size());
    }
    try (var open = FaultyCache.opened(file)) {
      assertEquals("after", open.cache.get("after"));
      assertEquals(1, open.cache.size());
    }
  }

  @Test
  void aWriteThatIsToBeSafeSaysThatItIsNotYet() {
    try (var open = FaultyCache.stocked(file, "each-write")) {
      open.faults.fail(DiskStep.COMMIT, 1, DiskFaults::full);
      var refused =
          assertThrows(OutcomeUnknownException.class, () -> open.cache.put("safe", "safe"));
      assertTrue(
          String.valueOf(refused.getMessage()).contains("could not be brought to the disk"),
          refused::getMessage);
      open.awaitHealthy();
    }
    try (var open = FaultyCache.opened(file)) {
      assertEquals("safe", open.cache.get("safe"));
    }
  }

  @Test
  void aForceThatFailsIsToldAndTriedAgain() {
    try (var open = FaultyCache.stocked(file, "interval")) {
      open.faults.fail(DiskStep.FORCE, DiskFaults::broken);
      open.cache.put("new", "new");
      open.awaitReason("disk I/O error");
      assertEquals("new", open.cache.get("new"));
      open.faults.calm();
      open.awaitHealthy();
    }
  }

  /** However often a writer tries, a disk that stays full costs no more memory. */
  @Test
  void whatWaitsForAFullDiskIsBounded() {
    try (var open = FaultyCache.stocked(file, "interval")) {
      open.faults.fail(DiskStep.WRITE, DiskFaults::full);
      int put = 0;
      int refused = 0;
      while (refused < 20 && put < 60_000) {
        try {
          open.cache.put("more-" + put, FaultyCache.large("" + put));
          put++;
        } catch (StoreException e) {
          refused++;
        }
      }
      // 2 KB each: 16 MB that wait, and as much again that is just being tried.
      var most = 2 * (16 << 20) / 2_000;
      assertTrue(put <= most, put + " were taken in, " + refused + " refused");
      open.faults.calm();
    }
  }

  @Test
  void aBatchThatIsRefusedLeavesNothing() {
    try (var open = FaultyCache.stocked(file, "interval")) {
      open.faults.fail(DiskStep.WRITE, DiskFaults::full);
      int put = putUntilRefused(open, "the disk is full");
      int refused = batchUntilRefused(open);
      assertEquals(null, open.cache.get("batch-" + refused));
      // Those that found room, since just then a commit was tried, are there as a whole.
      for (int i = 0; i < refused; i++) {
        assertEquals(FaultyCache.large("1"), open.cache.get("batch-" + i));
        assertEquals(FaultyCache.large("2"), open.cache.get("beside-" + i));
      }
      assertEquals(null, open.cache.get("beside-" + refused));
      assertEquals(FaultyCache.STOCK + put + 2 * refused, open.cache.size());
      open.faults.calm();
    }
  }

  @ParameterizedTest
  @EnumSource(FailurePolicy.class)
  void readsOfABrokenDiskDoWhatTheCacheSays(FailurePolicy policy) throws IOException {
    try (var open = FaultyCache.stocked(file, FaultyCache.policy(policy))) {
      open.cache.put("copy", "copy");
      open.awaitCopy("copy");
      open.faults.fail(DiskStep.READ, DiskFaults::broken);
      assertEquals("copy", open.cache.get("copy"));
      if (policy != FailurePolicy.FAIL) {
        assertEquals(null, open.cache.get(FaultyCache.stock(1)));
      } else {
        var refused =
            assertThrows(StoreException.class, () -> open.cache.get(FaultyCache.stock(1)));
        assertTrue(
            String.valueOf(refused.getMessage()).contains("the disk under " + file),
            refused::getMessage);
      }
      open.faults.calm();
      open.assertStock();
      assertTrue(
          Folder.files(folder).stream().noneMatch(each -> each.toString().contains("ruined")));
    }
  }

  @Test
  void anOpeningThatFailsLeavesNothingAndTheNextSucceeds() throws IOException {
    FaultyCache.stocked(file, "interval").close();
    var faults = FaultyDisk.anew().fail(DiskStep.OPEN, 1, DiskFaults::broken);
    assertThrows(StoreException.class, () -> FaultyCache.again(faults, file));
    leftovers.assertNone();
    faults.calm();
    try (var open = FaultyCache.opened(file)) {
      open.assertStock();
    }
  }

  /**
   * What a damaged file answers, at work: it is moved aside, and a new one does all the old did.
   */
  @Test
  void aFileThatTurnsOutRuinedAtWorkIsSetAsideAndTheCacheGoesOn() throws IOException {
    try (var open = FaultyCache.stocked(file, "each-write")) {
      open.cache.put("copy", "copy");
      open.faults.fail(
          DiskStep.READ, 1, () -> new SQLException("[SQLITE_CORRUPT] injected", null, 11));
      assertEquals(null, open.cache.get(FaultyCache.stock(1)));
      open.awaitReason("was ruined");
      assertEquals(0, open.cache.size());
      assertEquals(null, open.cache.get("copy"));
      var forced = open.faults.passed(DiskStep.FORCE);
      open.cache.put("after", "after");
      assertTrue(open.faults.passed(DiskStep.FORCE) > forced, "a safe write was not forced");
    }
    var names = new TreeSet<String>();
    Folder.files(folder).forEach(each -> names.add("" + each.getFileName()));
    assertTrue(names.contains("cache.db.ruined-1"), names::toString);
    try (var open = FaultyCache.opened(file)) {
      assertEquals("after", open.cache.get("after"));
      assertEquals(1, open.cache.size());
      open.awaitHealthy();
    }
  }

  @Test
  void aCommitThatFindsTheFileRuinedGoesIntoTheNewOne() {
    try (var open = FaultyCache.stocked(file, "each-write")) {
      open.faults.fail(
          DiskStep.COMMIT, 1, () -> new SQLException("[SQLITE_CORRUPT] injected", null, 11));
      open.cache.put("new", "new");
      assertEquals("new", open.cache.get("new"));
      open.awaitReason("was ruined");
      assertEquals(1, open.cache.size());
    }
    try (var open = FaultyCache.opened(file)) {
      assertEquals("new", open.cache.get("new"));
    }
  }
}
