package dev.larder.testkit.far;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.LeaseLostException;
import dev.larder.RemovalCause;
import dev.larder.spi.Payload;
import dev.larder.spi.Selection;
import dev.larder.spi.Step;
import dev.larder.spi.Touch;
import dev.larder.spi.Unit;
import dev.larder.spi.Upkeep;
import dev.larder.spi.Verbs;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FarLeaseTest extends FarBench {
  private static final Duration SECOND = Duration.ofSeconds(1);
  private final Events events = new Events();
  private final FarStore store = open(UnaryOperator.identity(), events);

  @Test
  void commitAppliesWhatWasDoneOnTheSlot() {
    put(store, "k", "1");
    var lease = get(store.lease(key("k"), SECOND));
    assertEquals("1", text(lease.slot().current().value()));
    assertTrue(lease.slot().write(value("2")));
    assertEquals("1", read(store, "k"), "readers see the entry as it was");
    var change = get(lease.commit());
    assertEquals("1", text(change.before()));
    assertEquals("2", text(change.after()));
    assertEquals(change.version(), store.get(key("k"), Touch.READ).version());
    assertEquals("2", read(store, "k"));
    events.expect("k:null>1 #1", "k:1>2 REPLACED #2");
  }

  @Test
  void absentKeyCanBeLeasedAndLeftAbsent() {
    var lease = get(store.lease(key("k"), SECOND));
    assertNull(lease.slot().current());
    assertNull(get(lease.commit()));
    var second = get(store.lease(key("k"), SECOND));
    assertTrue(second.fence() > lease.fence());
    second.slot().remove(RemovalCause.EXPLICIT);
    assertNull(get(second.commit()));
    second.release();
    assertThrows(IllegalStateException.class, () -> get(second.commit()));
  }

  @Test
  void otherWritersWaitInOrderAndReadsPass() {
    put(store, "k", "0");
    var lease = get(store.lease(key("k"), SECOND));
    var first = store.updateLater(key("k"), Verbs.<Payload>getAndPut(), value("1"));
    var next = store.lease(key("k"), SECOND);
    var last = store.updateLater(key("k"), Verbs.<Payload>getAndPut(), value("3"));
    assertEquals("0", read(store, "k"));
    assertFalse(first.toCompletableFuture().isDone());
    lease.release();
    assertEquals("0", text(get(first).value()));
    var granted = get(next);
    assertEquals("1", text(granted.slot().current().value()));
    assertFalse(last.toCompletableFuture().isDone());
    granted.slot().write(value("2"));
    get(granted.commit());
    assertEquals("2", text(get(last).value()));
    assertEquals("3", read(store, "k"));
  }

  @Test
  void leaseRunsOutByTheClockAndItsCommitIsRefused() {
    put(store, "k", "0");
    var lease = get(store.lease(key("k"), SECOND));
    lease.slot().write(value("late"));
    var waiting = store.updateLater(key("k"), Verbs.<Payload>put(), value("1"));
    read(store, "k");
    advance(999);
    assertFalse(waiting.toCompletableFuture().isDone());
    advance(1);
    get(waiting);
    assertThrows(LeaseLostException.class, () -> get(lease.commit()));
    assertEquals("1", read(store, "k"));
    assertEquals("0", store.info().details().get("leases"));
  }

  @Test
  void commitAfterTheEndIsRefusedEvenIfNobodyCame() {
    var lease = get(store.lease(key("k"), SECOND));
    lease.slot().write(value("late"));
    advance(1_000);
    assertThrows(LeaseLostException.class, () -> get(lease.commit()));
    assertNull(read(store, "k"));
  }

  @Test
  void expiryAndEvictionLeaveLeasedKeysAlone() {
    region.destroy();
    var small = open(spec -> spec.maximumEntries(1).expireAfterWrite(SECOND), events);
    put(small, "k", "1");
    var lease = get(small.lease(key("k"), SECOND.multipliedBy(5)));
    put(small, "other", "x");
    assertEquals("1", peek(small, "k"));
    assertEquals(0L, get(small.maintain(new Upkeep.Evict(1))));
    advance(1_000);
    assertNull(read(small, "k"), "what has expired is not shown");
    get(small.maintain(Upkeep.PURGE));
    lease.slot().write(value("2"));
    var change = get(lease.commit());
    assertEquals("1", text(change.before()));
    assertEquals("2", read(small, "k"));
    assertEquals(1, small.info().size());
  }

  @Test
  void invalidationDuringALeaseComesAfterIt() {
    put(store, "k", "1");
    var lease = get(store.lease(key("k"), SECOND));
    lease.slot().write(value("2"));
    get(store.invalidate(Selection.ALL));
    assertNull(read(store, "k"));
    assertNull(get(lease.commit()));
    assertNull(read(store, "k"));
  }

  @Test
  void batchWaitsForEachOfItsKeys() {
    var a = get(store.lease(key("a"), SECOND));
    var b = get(store.lease(key("b"), SECOND));
    var steps =
        List.of(
            Step.of(key("a"), Verbs.<Payload>put(), value("1")),
            Step.of(key("b"), Verbs.<Payload>put(), value("2")));
    var batch = store.updateAll(steps, Unit.ALL_OR_NOTHING);
    a.release();
    assertNull(read(store, "a"));
    assertFalse(batch.toCompletableFuture().isDone());
    b.release();
    get(batch);
    assertEquals("1", read(store, "a"));
    assertEquals("2", read(store, "b"));
  }

  @Test
  void leasesOfAClosedStoreEnd() {
    var other = open(UnaryOperator.identity());
    var lease = get(other.lease(key("k"), SECOND));
    var write = store.updateLater(key("k"), Verbs.<Payload>put(), value("1"));
    other.close();
    get(write);
    assertTrue(lease.fence() > 0);
    assertEquals("1", read(store, "k"));
  }

  @Test
  void slotOfALeaseTakesBackFillTokens() {
    var token = get(store.find(key("k"), Touch.FILL)).fillToken();
    var lease = get(store.lease(key("k"), SECOND));
    assertTrue(lease.slot().redeem(token));
    lease.slot().write(value("1"));
    get(lease.commit());
    var stale = store.update(key("k"), Verbs.<Payload>fill(), new Verbs.Fill<>(value("2"), token));
    assertFalse(stale);
  }

  @Test
  void fenceIsWrittenWithTheEntryAndGrows() {
    var first = get(store.lease(key("k"), SECOND));
    first.release();
    var second = get(store.lease(key("other"), SECOND));
    assertTrue(second.fence() > first.fence());
  }
}
