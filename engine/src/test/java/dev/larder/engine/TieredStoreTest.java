package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.Life;
import dev.larder.StoreException;
import dev.larder.engine.policy.PolicyRegistry;
import dev.larder.spi.Codecs;
import dev.larder.spi.Context;
import dev.larder.spi.Selection;
import dev.larder.spi.Step;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.Tap;
import dev.larder.spi.Touch;
import dev.larder.spi.Unit;
import dev.larder.spi.Verbs;
import dev.larder.spi.WaitingStore;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the tier of memory promises, by every interleaving that once went wrong somewhere. */
class TieredStoreTest {
  private final VirtualClock clock = new VirtualClock();
  private final VirtualScheduler scheduler = new VirtualScheduler(clock);
  private PlainAuthority authority = new PlainAuthority(StoreEvents.none(), clock, Life.FOREVER);

  private static CacheSpec.Builder<String, String> spec() {
    return CacheSpec.of("tiered", String.class, String.class).option("memory.warm-start", "never");
  }

  private TieredStore<String, String> open(CacheSpec<String, String> spec) {
    Codecs none =
        new Codecs() {
          @Override
          public <T> dev.larder.Codec<T> forType(Class<T> type) {
            throw new UnsupportedOperationException("values stay objects here");
          }
        };
    var loader = TieredStoreTest.class.getClassLoader();
    var context = new Context(clock, scheduler, Runnable::run, none, loader, Tap.none());
    return TieredStore.open(
        spec,
        TierOptions.of(spec),
        PolicyRegistry.of(loader).named("lru"),
        context,
        StoreEvents.none(),
        told -> {
          var before = authority;
          authority = new PlainAuthority(told, clock, spec.expiry().life().onCreate());
          authority.remembered = before.remembered;
          before.copyTo(authority);
          return authority;
        });
  }

  private TieredStore<String, String> open() {
    return open(spec().build());
  }

  private static @Nullable String get(TieredStore<String, String> store, String key) {
    var entry = store.get(key, Touch.READ);
    return entry == null ? null : entry.value();
  }

  private static void put(TieredStore<String, String> store, String key, String value) {
    store.update(key, Verbs.put(), value);
  }

  @Test
  void writeAndReadLeaveACopyThatIsReadWithoutTheAuthority() {
    var store = open();
    put(store, "k", "v");
    assertEquals("v", store.value("k"));
    authority.change("other", "w");
    assertNull(store.value("other"));
    assertEquals("w", get(store, "other"));
    assertEquals("w", store.value("other"));
    assertEquals(1, authority.reads);
  }

  @Test
  void fillThatBeganBeforeAWriteLeavesNoCopy() {
    var store = open();
    authority.change("k", "old");
    authority.afterRead = () -> put(store, "k", "new");
    assertEquals("old", get(store, "k"));
    assertEquals("new", get(store, "k"));
  }

  @Test
  void fillThatBeganBeforeARemovalLeavesNoCopy() {
    var store = open();
    authority.change("k", "old");
    authority.afterRead = () -> store.update("k", Verbs.<String>delete(), Verbs.Nothing.NOTHING);
    assertEquals("old", get(store, "k"));
    assertNull(get(store, "k"));
  }

  @Test
  void ofTwoWritesAtOnceTheLaterAtTheAuthorityIsRead() {
    var store = open();
    authority.afterChange = () -> put(store, "k", "second");
    put(store, "k", "first");
    assertEquals("second", get(store, "k"));
  }

  @Test
  void writeThatOvertakesAnotherOnItsWayBackLeavesNoOldCopy() {
    var store = open();
    var outer = new AtomicReference<String>();
    authority.afterChange =
        () -> {
          // The second write is at the authority, its return is still to come.
          authority.afterChange = () -> outer.set(get(store, "k"));
          put(store, "k", "second");
        };
    put(store, "k", "first");
    assertEquals("second", outer.get());
    assertEquals("second", get(store, "k"));
  }

  @Test
  void bulkReadThatShowsAWriteUnderWayIsNotFollowedByAnOlderRead() {
    var store = open();
    authority.change("k", "old");
    authority.afterRead =
        () -> {
          authority.change("k", "new");
          var seen = WaitingStore.join(store.findAll(List.of("k"), Touch.PEEK));
          assertEquals("new", seen.get("k").value());
        };
    assertEquals("old", get(store, "k"));
    assertEquals("new", get(store, "k"));
  }

  @Test
  void readThatShowsAWriteUnderWayIsNotFollowedByTheWriteBeforeIt() {
    var store = open();
    authority.afterChange =
        () -> {
          // Another write, not yet over, that a read sees before the first one ends.
          authority.change("k", "second");
          assertEquals("second", get(store, "k"));
          store.copies().forget("k");
        };
    put(store, "k", "first");
    assertEquals("second", get(store, "k"));
  }

  @Test
  void batchTakesCopiesAwayWhenItIsInForce() {
    var store = open();
    put(store, "a", "1");
    put(store, "b", "1");
    var steps =
        List.of(
            Step.of("a", Verbs.<String>put(), "2"),
            Step.of("b", Verbs.<String>delete(), Verbs.Nothing.NOTHING));
    authority.afterChange = () -> assertEquals("1", store.value("a"));
    WaitingStore.join(store.updateAll(steps, Unit.EACH));
    assertEquals("2", get(store, "a"));
    assertNull(get(store, "b"));
  }

  @Test
  void invalidationTakesCopiesAndFillsAway() {
    var store = open();
    authority.change("k", "old");
    authority.afterRead = () -> WaitingStore.join(store.invalidate(Selection.ALL));
    assertEquals("old", get(store, "k"));
    assertNull(get(store, "k"));
  }

  @Test
  void entryThatTheAuthorityEvictsLeavesNoCopyAlsoWhileItIsFilled() {
    var store = open();
    put(store, "k", "v");
    authority.events.outdated("k", authority.change("k", null));
    assertNull(store.value("k"));
    authority.change("k", "v");
    authority.afterRead = () -> authority.events.outdated("k", authority.change("k", null));
    assertEquals("v", get(store, "k"));
    assertNull(store.value("k"));
    put(store, "k", "v");
    authority.events.outdatedAll();
    assertNull(store.value("k"));
  }

  @Test
  void writeThatFailsLeavesNoCopySinceItMayHaveHappened() {
    var store = open();
    put(store, "k", "v");
    authority.failure = new StoreException("the disk is full", null);
    var failure = assertThrows(StoreException.class, () -> put(store, "k", "w"));
    assertEquals("the disk is full", failure.getMessage());
    authority.failure = null;
    assertNull(store.value("k"));
    assertEquals("v", get(store, "k"));
  }

  @Test
  void entryLargerThanTheLimitStaysInTheAuthority() {
    var store = open(spec().option("memory.largest-entry", "1KB").build());
    put(store, "k", "small");
    assertEquals("small", store.value("k"));
    put(store, "k", "x".repeat(1_000));
    assertNull(store.value("k"));
    assertEquals(1_000, get(store, "k").length());
    assertNull(store.value("k"));
    assertEquals(0, store.copies().stats().size());
  }

  @Test
  void boundsOfTheTierAreItsOwn() {
    var store = open(spec().unbounded().option("memory.maximum-entries", "10").build());
    for (int i = 0; i < 100; i++) {
      put(store, "k" + i, "v");
    }
    assertTrue(store.copies().stats().size() <= 10);
    assertEquals(100, store.info().size());
    assertEquals("v", get(store, "k0"));
  }

  @Test
  void copiesLiveAsLongAsTheTierSaysAndAreThenFetchedAgain() {
    var store =
        open(
            spec()
                .option("memory.expire-after-write", "10s")
                .option("memory.expire-after-access", "4s")
                .build());
    put(store, "k", "v");
    scheduler.advance(Duration.ofSeconds(3));
    assertEquals("v", store.value("k"));
    scheduler.advance(Duration.ofSeconds(3));
    assertEquals("v", store.value("k"));
    scheduler.advance(Duration.ofSeconds(3));
    assertEquals("v", store.value("k"));
    scheduler.advance(Duration.ofSeconds(1));
    assertNull(store.value("k"));
    assertEquals("v", get(store, "k"));
    scheduler.advance(Duration.ofSeconds(4));
    assertNull(store.value("k"));
  }

  @Test
  void copyDoesNotOutliveItsEntry() {
    var store = open(spec().expireAfterWrite(Duration.ofSeconds(5)).build());
    put(store, "k", "v");
    scheduler.advance(Duration.ofMillis(4_999));
    assertEquals("v", store.value("k"));
    scheduler.advance(Duration.ofMillis(1));
    assertNull(get(store, "k"));
  }

  @Test
  void authorityHearsOfReadsOfCopiesOnceAnInterval() {
    var store = open();
    put(store, "k", "v");
    for (int i = 0; i < 25; i++) {
      scheduler.advance(Duration.ofMillis(100));
      assertEquals("v", store.value("k"));
    }
    var start = clock.exact() - 2_500;
    assertEquals(List.of("k@" + (start + 1_000), "k@" + (start + 2_000)), authority.accesses);
  }

  @Test
  void slidingCacheTellsMoreOften() {
    var store = open(spec().expireAfterAccess(Duration.ofMillis(1_280)).build());
    put(store, "k", "v");
    scheduler.advance(Duration.ofMillis(9));
    assertEquals("v", store.value("k"));
    assertEquals(List.of(), authority.accesses);
    scheduler.advance(Duration.ofMillis(1));
    assertEquals("v", store.value("k"));
    assertEquals(1, authority.accesses.size());
  }

  @Test
  void keysOfTheCopiesAreLeftBehindAndFetchedAgain() {
    var store = open();
    put(store, "cold", "1");
    put(store, "warm", "2");
    store.close();
    assertEquals(List.of("warm", "cold"), authority.remembered);
    var again = open(CacheSpec.of("tiered", String.class, String.class).build());
    assertEquals("1", again.value("cold"));
    assertEquals("2", again.value("warm"));
  }

  @Test
  void fetchingAgainStopsWhenTheTierIsFull() {
    var store = open(spec().unbounded().build());
    for (int i = 0; i < 50; i++) {
      put(store, "k" + i, "v");
    }
    store.close();
    var again =
        open(
            CacheSpec.of("tiered", String.class, String.class)
                .option("memory.maximum-bytes", "1KB")
                .build());
    assertTrue(authority.reads < 20, () -> authority.reads + " reads");
    assertEquals("v", again.value("k48"));
  }

  @Test
  void tiersSayWhatTheyHold() {
    var store = open();
    put(store, "k", "v");
    authority.change("other", "w");
    get(store, "other");
    get(store, "other");
    var tiers = store.info().tiers();
    assertEquals("memory", tiers.get(0).name());
    assertEquals(2, tiers.get(0).size());
    assertTrue(tiers.get(0).estimatedBytes() > 100);
    assertEquals(1, tiers.get(1).hits());
    assertEquals(2, tiers.get(1).size());
  }

  /**
   * Forbidden: a read that shows less than a write that had ended before the read began, or than an
   * earlier read of the same thread.
   */
  @Test
  void noThreadReadsAnOlderValueThanWasInForceWhenItBegan() throws Exception {
    var store = open(spec().option("memory.maximum-entries", "4").build());
    var ended = new AtomicIntegerArray(8);
    var stop = new AtomicBoolean();
    var threads = Executors.newFixedThreadPool(6);
    try {
      var all = new ArrayList<CompletableFuture<Void>>();
      for (int writer = 0; writer < 2; writer++) {
        int own = writer;
        all.add(CompletableFuture.runAsync(() -> writes(store, ended, own, stop), threads));
      }
      for (int reader = 0; reader < 4; reader++) {
        all.add(CompletableFuture.runAsync(() -> reads(store, ended, stop), threads));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    } finally {
      stop.set(true);
      threads.shutdownNow();
    }
  }

  private static void writes(
      TieredStore<String, String> store, AtomicIntegerArray ended, int own, AtomicBoolean stop) {
    try {
      for (int round = 1; round <= 20_000 && !stop.get(); round++) {
        // Each writer has keys of its own, so that the order of values is known.
        int key = own + 2 * (round % 4);
        put(store, "k" + key, String.valueOf(round));
        ended.set(key, round);
        if (round % 64 == 0) {
          store.copies().forget("k" + key);
        }
      }
    } finally {
      stop.set(true);
    }
  }

  private static void reads(
      TieredStore<String, String> store, AtomicIntegerArray ended, AtomicBoolean stop) {
    var seen = new int[8];
    for (int turn = 0; !stop.get(); turn++) {
      int key = turn % 8;
      var atLeast = Math.max(seen[key], ended.get(key));
      var value = turn % 5 == 0 ? bulk(store, "k" + key) : get(store, "k" + key);
      var now = value == null ? 0 : Integer.parseInt(value);
      assertTrue(now >= atLeast, () -> "k" + key + " showed " + now + " after " + atLeast);
      seen[key] = now;
    }
  }

  private static @Nullable String bulk(TieredStore<String, String> store, String key) {
    var entry = WaitingStore.join(store.findAll(List.of(key), Touch.PEEK)).get(key);
    return entry == null ? null : entry.value();
  }
}
