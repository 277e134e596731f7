package dev.larder.disk;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheClosedException;
import dev.larder.RecursiveUpdateException;
import dev.larder.StoreException;
import dev.larder.spi.Lease;
import dev.larder.spi.Payload;
import dev.larder.spi.Selection;
import dev.larder.spi.Touch;
import dev.larder.spi.Verbs;
import dev.larder.spi.WaitingStore;
import dev.larder.testkit.Actor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Keys in the hands of user code. */
class DiskLeaseTest {
  private final FakeTable table = new FakeTable();
  private final Opened opened = Opened.over(table);

  private Lease<Payload> lease(String key) {
    return WaitingStore.join(opened.store.lease(Rows.key(key), Duration.ofSeconds(1)));
  }

  @Test
  void whatIsDoneOnTheSlotIsSeenAfterTheCommit() {
    opened.put("k", "old");
    var lease = lease("k");
    assertTrue(lease.slot().write(Rows.value("new")));
    assertEquals("old", opened.get("k"), "readers wait for nobody and see what is in force");
    var change = WaitingStore.join(lease.commit());
    assertNotNull(change);
    assertEquals(opened.version("k"), change.version());
    assertEquals("new", opened.get("k"));
    var after = lease.after();
    assertNotNull(after);
    assertEquals(Rows.value("new"), after.value());
  }

  @Test
  void leaseThatBringsSomethingAfterAnInvalidationCameBeforeIt() {
    var lease = lease("k");
    lease.slot().write(Rows.value("late"));
    opened.store.invalidate(Selection.ALL);
    assertNull(WaitingStore.join(lease.commit()));
    assertNull(opened.get("k"));
    assertEquals(0, opened.size());
    opened.put("k", "fresh");
    assertEquals("fresh", opened.get("k"));
  }

  @Test
  void closingEndsLeasesAndThoseWhoWaitForThem() {
    var lease = lease("k");
    lease.slot().write(Rows.value("late"));
    var waiting =
        Actor.run(
            "waiting", any -> assertThrows(CacheClosedException.class, () -> opened.put("k", "v")));
    waiting.awaitWaiting();
    opened.close();
    waiting.result();
    assertThrows(CacheClosedException.class, () -> WaitingStore.join(lease.commit()));
    lease.release();
    assertEquals(0, table.size());
  }

  @Test
  void interruptEndsTheWaitForALease() {
    var lease = lease("k");
    var waiting =
        Actor.run(
            "waiting",
            any -> {
              Thread.currentThread().interrupt();
              assertThrows(StoreException.class, () -> opened.put("k", "v"));
              assertTrue(Thread.interrupted());
            });
    waiting.result();
    lease.release();
    assertNull(opened.get("k"));
  }

  @Test
  void waitThatCouldNeverEndIsRefused() {
    var mine = lease("a");
    assertThrows(RecursiveUpdateException.class, () -> opened.put("a", "v"));
    assertThrows(
        RecursiveUpdateException.class, () -> opened.together(List.of(Opened.putting("a", "v"))));
    mine.release();
    var both = new CountDownLatch(2);
    var refused = new AtomicInteger();
    Actor.together(
        2,
        number -> {
          var held = lease(number == 0 ? "a" : "b");
          both.countDown();
          Actor.await(both);
          try {
            opened.together(List.of(Opened.putting(number == 0 ? "b" : "a", "v")));
          } catch (RecursiveUpdateException e) {
            refused.incrementAndGet();
          } finally {
            held.release();
          }
        });
    assertTrue(refused.get() >= 1, "two waited for each other");
  }

  @Test
  void batchThatFailsHalfWayLeavesTheKeysFreeAndNothingChanged() {
    opened.put("a", "1");
    var held = lease("b");
    var batch =
        Actor.run(
            "batch",
            any -> {
              Thread.currentThread().interrupt();
              assertThrows(
                  StoreException.class,
                  () ->
                      opened.together(List.of(Opened.putting("a", "2"), Opened.putting("b", "2"))));
              assertTrue(Thread.interrupted());
            });
    batch.result();
    held.release();
    assertEquals("1", opened.get("a"));
    assertNull(opened.get("b"));
    opened.put("a", "3").put("b", "3");
  }

  @Test
  void fillTokenIsOutdatedByAWriteAndByAnInvalidation() {
    var look = WaitingStore.join(opened.store.find(Rows.key("k"), Touch.FILL));
    opened.put("k", "v");
    assertEquals(false, fill("k", look.fillToken()));
    opened.remove("k");
    look = WaitingStore.join(opened.store.find(Rows.key("k"), Touch.FILL));
    opened.store.invalidate(Selection.ALL);
    assertEquals(false, fill("k", look.fillToken()));
    look = WaitingStore.join(opened.store.find(Rows.key("k"), Touch.FILL));
    assertEquals(true, fill("k", look.fillToken()));
    assertEquals("filled", opened.get("k"));
  }

  private boolean fill(String key, long token) {
    var fill = new Verbs.Fill<>(Rows.value("filled"), token);
    return opened.store.updateAndWait(Rows.key(key), Verbs.fill(), fill).value();
  }
}
