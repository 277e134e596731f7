package dev.larder.testkit.far;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Bounds;
import dev.larder.CacheClosedException;
import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.Life;
import dev.larder.MissCause;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Cursor;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import dev.larder.spi.Selection;
import dev.larder.spi.Slot;
import dev.larder.spi.Step;
import dev.larder.spi.StoreProvider;
import dev.larder.spi.Touch;
import dev.larder.spi.Unit;
import dev.larder.spi.Update;
import dev.larder.spi.Upkeep;
import dev.larder.spi.Verbs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The far store, called as a store.
 *
 * <p>Longer than the house likes because each operation of the SPI is shown alone.
 */
class FarStoreTest extends FarBench {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private FarStore plain() {
    return open(UnaryOperator.identity());
  }

  @Test
  void serviceLoaderFindsTheProvider() {
    var found =
        ServiceLoader.load(StoreProvider.class).stream()
            .map(ServiceLoader.Provider::get)
            .filter(provider -> provider.topology().equals("far"))
            .toList();
    assertEquals(1, found.size());
    assertTrue(found.get(0).holdsBytes());
  }

  @Test
  void verbsRunAtTheOwnerByNameAndVersionsGrow() {
    var store = plain();
    assertEquals(Verbs.Written.CREATED, put(store, "k", "a"));
    var first = store.get(key("k"), Touch.READ).version();
    assertEquals(Verbs.Written.UPDATED, put(store, "k", "b"));
    assertTrue(store.get(key("k"), Touch.READ).version() > first);
    var removed = get(store.updateLater(key("k"), Verbs.<Payload>remove(), null));
    assertEquals("b", text(removed.value()));
    assertTrue(removed.version() > first + 1);
    assertNull(read(store, "k"));
    assertEquals(0, get(store.updateLater(key("k"), Verbs.<Payload>delete(), null)).version());
  }

  @Test
  void nothingIsSharedByReference() {
    var store = plain();
    var bytes = new byte[] {1, 2, 3};
    store.update(key("k"), Verbs.<Payload>put(), new Payload(bytes, Meta.NONE));
    bytes[0] = 9;
    var seen = store.get(key("k"), Touch.READ).value().array();
    assertArrayEquals(new byte[] {1, 2, 3}, seen);
    seen[0] = 9;
    assertArrayEquals(new byte[] {1, 2, 3}, store.get(key("k"), Touch.READ).value().array());
  }

  @Test
  void answersComeOnAnotherThread() {
    var store = plain();
    region.faults().pause();
    var thread = new AtomicReference<Thread>();
    var noted =
        store.find(key("k"), Touch.READ).thenAccept(look -> thread.set(Thread.currentThread()));
    assertFalse(noted.toCompletableFuture().isDone());
    assertFalse(store.info().problems().isEmpty());
    region.faults().resume();
    get(noted);
    assertNotEquals(Thread.currentThread(), thread.get());
    assertTrue(store.info().problems().isEmpty());
  }

  @Test
  void verbWithoutWireNameIsRefused() {
    var store = plain();
    var swap = new Verbs.Swap<>(value("a"), value("b"));
    var thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> store.updateLater(key("k"), Verbs.<Payload>swap(), swap));
    assertTrue(thrown.getMessage().contains("lease"), thrown.getMessage());
  }

  @Test
  void verbOfSomebodyElseUnderOurNameIsRefused() {
    Update<String, Payload, String> impostor =
        new Update<>() {
          @Override
          public String apply(String argument, Slot<Payload> slot) {
            return argument;
          }

          @Override
          public String wireName() {
            return "put";
          }
        };
    assertThrows(
        IllegalArgumentException.class, () -> plain().updateLater(key("k"), impostor, "x"));
  }

  @Test
  void expiredEntryDoesNotShowAndLeavesWithItsCause() {
    var events = new Events();
    var store = open(spec -> spec.expireAfterWrite(SECOND), events);
    put(store, "k", "a");
    advance(999);
    assertEquals("a", read(store, "k"));
    advance(1);
    assertNull(read(store, "k"));
    assertEquals(MissCause.EXPIRED, store.explain(key("k")));
    events.expect("k:null>a #1", "k:a>null EXPIRED #2");
    assertEquals(1, store.info().expirations());
  }

  @Test
  void readMovesSlidingDeadlineAndPeekDoesNot() {
    var store =
        open(spec -> spec.expireAfterAccess(SECOND).expireAfterWrite(SECOND.multipliedBy(2)));
    put(store, "k", "a");
    advance(900);
    assertEquals("a", read(store, "k"));
    advance(900);
    assertEquals("a", peek(store, "k"));
    advance(100);
    assertNull(peek(store, "k"));
    put(store, "k", "b");
    for (int i = 0; i < 3; i++) {
      advance(600);
      assertEquals("b", read(store, "k"));
    }
    advance(200);
    assertNull(read(store, "k"), "the limit since the write has passed");
  }

  @Test
  void ownLifeTakesThePlaceOfTheRuleUntilTheNextWrite() {
    var store = open(spec -> spec.expireAfterAccess(SECOND));
    store.update(
        key("k"), Verbs.<Payload>putWith(), new Verbs.Terms<>(value("a"), 3_000, Meta.NONE));
    advance(2_000);
    assertEquals("a", read(store, "k"));
    advance(1_000);
    assertNull(read(store, "k"));
    store.update(
        key("k"), Verbs.<Payload>putWith(), new Verbs.Terms<>(value("a"), 3_000, Meta.NONE));
    put(store, "k", "b");
    advance(1_000);
    assertNull(read(store, "k"));
  }

  @Test
  void lifeOfZeroStoresNothingAndTakesThePresentEntryOut() {
    var events = new Events();
    var store = open(spec -> spec.expiry(new Life(Life.FOREVER, 0, -1, Life.FOREVER, 0)), events);
    assertEquals(Verbs.Written.CREATED, put(store, "k", "a"));
    assertEquals(Verbs.Written.DROPPED, put(store, "k", "b"));
    assertNull(read(store, "k"));
    events.expect("k:null>a #1", "k:a>null EXPIRED #2");
  }

  @Test
  void accessLifeOfZeroServesOnce() {
    var store = open(spec -> spec.expiry(new Life(Life.FOREVER, -1, 0, Life.FOREVER, 0)));
    put(store, "k", "a");
    assertEquals("a", read(store, "k"));
    assertNull(read(store, "k"));
  }

  @Test
  void jitterShortensByAtMostItsShareAndSpreads() {
    var store = open(spec -> spec.expireAfterWrite(Duration.ofSeconds(10)).jitter(0.5));
    var lives = new HashSet<Long>();
    for (int i = 0; i < 100; i++) {
      put(store, "k" + i, "a");
      var life = store.get(key("k" + i), Touch.PEEK).deadline() - clock.now();
      assertTrue(life >= 5_000 && life <= 10_000, "a life of " + life);
      lives.add(life);
    }
    assertTrue(lives.size() > 50, "only " + lives.size() + " different lives");
  }

  @Test
  void entryUsedLongestAgoIsEvicted() {
    var events = new Events();
    var store = open(spec -> spec.maximumEntries(2), events);
    put(store, "a", "1");
    put(store, "b", "2");
    read(store, "a");
    peek(store, "b");
    put(store, "c", "3");
    assertNull(peek(store, "b"));
    assertEquals(MissCause.EVICTED, store.explain(key("b")));
    events.expect("a:null>1 #1", "b:null>2 #2", "c:null>3 #3", "b:2>null EVICTED #4");
    assertEquals(2, store.info().size());
    assertEquals(1L, get(store.maintain(new Upkeep.Resize(Bounds.entries(1)))));
    assertEquals(1L, get(store.maintain(new Upkeep.Evict(5))));
    assertEquals(0, store.info().size());
  }

  @Test
  void weightBoundSparesEntriesThatWeighNothing() {
    var store = open(spec -> spec.maximumWeight(10).weigher((key, value) -> 1));
    store.update(key("none"), Verbs.<Payload>put(), value("x", 0));
    store.update(key("six"), Verbs.<Payload>put(), value("x", 6));
    store.update(key("five"), Verbs.<Payload>put(), value("x", 5));
    assertEquals("x", peek(store, "none"));
    assertNull(peek(store, "six"));
    store.update(key("giant"), Verbs.<Payload>put(), value("x", 11));
    assertNull(peek(store, "giant"));
    assertEquals("x", peek(store, "five"), "one that never fits does not drive out the others");
  }

  @Test
  void bytesAreBounded() {
    var store = open(spec -> spec.maximumBytes(300));
    for (int i = 0; i < 20; i++) {
      put(store, "k" + i, "0123456789");
      assertTrue(store.info().bytes() <= 300, "holds " + store.info().bytes());
    }
    assertTrue(store.info().size() > 1);
  }

  @Test
  void fillTokenIsOutdatedByWriteRemovalAndInvalidation() {
    var store = plain();
    assertTrue(fill(store, token(store)));
    store.update(key("k"), Verbs.<Payload>delete(), null);
    var outdatedByWrite = token(store);
    put(store, "k", "written");
    assertFalse(fill(store, outdatedByWrite));
    store.update(key("k"), Verbs.<Payload>delete(), null);
    var outdatedByRemoval = token(store);
    store.update(key("k"), Verbs.<Payload>delete(), null);
    assertFalse(fill(store, outdatedByRemoval));
    var outdatedByInvalidation = token(store);
    get(store.invalidate(Selection.ALL));
    assertFalse(fill(store, outdatedByInvalidation));
    var fine = token(store);
    put(store, "other", "x");
    assertTrue(fill(store, fine));
    assertFalse(fill(store, fine), "a token is good for once");
  }

  @Test
  void fillTokenNotGivenBackRunsOut() {
    var store = plain();
    var token = token(store);
    advance(Tokens.LIFE_MILLIS);
    assertFalse(fill(store, token));
  }

  @Test
  void refreshGivesATokenForALiveEntry() {
    var store = plain();
    put(store, "k", "old");
    var look = get(store.find(key("k"), Touch.REFRESH));
    assertNotNull(look.entry());
    assertTrue(fill(store, look.fillToken()));
    assertEquals("filled", read(store, "k"));
  }

  private static long token(FarStore store) {
    return get(store.find(key("k"), Touch.FILL)).fillToken();
  }

  private static boolean fill(FarStore store, long token) {
    return store.update(key("k"), Verbs.<Payload>fill(), new Verbs.Fill<>(value("filled"), token));
  }

  @Test
  void batchAppliesEachStepByItself() {
    var store = plain();
    put(store, "b", "before");
    var steps = List.of(good("a"), bad(store, "b"), good("c"));
    var results = get(store.updateAll(steps, Unit.EACH));
    assertNull(results.get(0).failure());
    assertNotNull(results.get(1).failure());
    assertTrue(results.get(1).outcomeKnown());
    assertEquals(Verbs.Written.CREATED, results.get(2).value());
    assertEquals("v", peek(store, "a"));
  }

  @Test
  void batchOfAllOrNothingLeavesNothingBehindWhenAStepFails() {
    var events = new Events();
    var store = open(UnaryOperator.identity(), events);
    put(store, "a", "before");
    put(store, "b", "before");
    var steps = List.of(good("a"), good("new"), bad(store, "b"));
    assertThrows(
        IllegalArgumentException.class, () -> get(store.updateAll(steps, Unit.ALL_OR_NOTHING)));
    assertEquals("before", peek(store, "a"));
    assertNull(peek(store, "new"));
    assertEquals(2, store.info().size());
    get(store.updateAll(List.of(good("a"), good("new")), Unit.ALL_OR_NOTHING));
    events.expect(
        "a:null>before #1", "b:null>before #2", "a:before>v REPLACED #3", "new:null>v #4");
  }

  private static Step<Bytes, Payload> good(String key) {
    return Step.of(key(key), Verbs.<Payload>put(), value("v"));
  }

  /** A write at a version that brings no value fails at the owner, once it finds the version. */
  private static Step<Bytes, Payload> bad(FarStore store, String key) {
    var version = store.get(key(key), Touch.PEEK).version();
    var at = new Verbs.At<Payload>(version, Verbs.At.Action.WRITE, null, Life.UNCHANGED);
    return Step.of(key(key), Verbs.<Payload>at(), at);
  }

  @Test
  void scanShowsEntriesThatStayExactlyOnce() {
    var store = open(spec -> spec.unbounded());
    for (int i = 0; i < 50; i++) {
      put(store, "k" + i, "a");
    }
    var seen = new ArrayList<String>();
    Cursor at = Cursor.START;
    for (int page = 0; at != null; page++) {
      var found = get(store.scan(at, 7));
      found
          .entries()
          .forEach(
              entry ->
                  seen.add(
                      new String(entry.key().array(), java.nio.charset.StandardCharsets.UTF_8)));
      put(store, "new" + page, "x");
      put(store, "k" + page, "updated");
      read(store, "k3");
      store.update(key("k49"), Verbs.<Payload>delete(), null);
      at = found.next();
    }
    assertEquals(seen.size(), new HashSet<>(seen).size());
    for (int i = 0; i < 49; i++) {
      assertTrue(seen.contains("k" + i), "k" + i + " is missing");
    }
  }

  @Test
  void invalidationDropsAllOrTheTaggedWithoutEvents() {
    var events = new Events();
    var store = open(UnaryOperator.identity(), events);
    store.update(key("red"), Verbs.<Payload>put(), value("x", 1, "red"));
    store.update(key("blue"), Verbs.<Payload>put(), value("x", 1, "blue"));
    get(store.invalidate(new Selection.Tag("red")));
    assertNull(peek(store, "red"));
    assertEquals(MissCause.INVALIDATED, store.explain(key("red")));
    assertEquals("x", peek(store, "blue"));
    get(store.invalidate(Selection.ALL));
    assertEquals(0, store.info().size());
    events.expect("red:null>x #1", "blue:null>x #2");
  }

  @Test
  void storesOfOneNameShareDataAndCloseKeepsIt() {
    var one = plain();
    var two = plain();
    put(one, "k", "a");
    assertEquals("a", read(two, "k"));
    one.close();
    one.close();
    assertThrows(CacheClosedException.class, () -> read(one, "k"));
    assertEquals("a", read(two, "k"));
    two.close();
    var three = plain();
    assertEquals("a", read(three, "k"));
    var spec = described().build();
    var provider = new FarStoreProvider();
    assertEquals(List.of("c"), List.copyOf(provider.names(spec.placement(), context())));
    provider.destroy(spec, context());
    assertThrows(StoreException.class, () -> read(three, "k"));
    assertNull(read(plain(), "k"));
  }

  @Test
  void dataGoesWithTheLastStoreWhereTheDescriptionSaysSo() {
    var one = open(spec -> spec.option("far.keep", "false"));
    var two = open(spec -> spec.option("far.keep", "false"));
    put(one, "k", "a");
    one.close();
    assertEquals("a", read(two, "k"));
    two.close();
    assertNull(read(plain(), "k"));
  }

  @Test
  void attachingWithAnotherRuleIsRefused() {
    plain();
    var thrown =
        assertThrows(
            ConfigurationException.class, () -> open(spec -> spec.expireAfterWrite(SECOND)));
    assertTrue(thrown.getMessage().contains("'c'"), thrown.getMessage());
  }

  @Test
  void unknownOptionIsRefusedWithTheKnownOnes() {
    var thrown =
        assertThrows(
            ConfigurationException.class, () -> open(spec -> spec.option("far.regoin", "x")));
    assertTrue(thrown.getMessage().contains("far.region"), thrown.getMessage());
  }

  @Test
  void bulkReadIsOneRequestAndLeavesOutWhatIsMissing() {
    var store = plain();
    put(store, "a", "1");
    put(store, "b", "2");
    var found = get(store.findAll(List.of(key("a"), key("b"), key("c")), Touch.PEEK));
    assertEquals(2, found.size());
    assertEquals("1", text(found.get(key("a")).value()));
  }

  @Test
  void touchUntilMovesTheDeadline() {
    var store = plain();
    put(store, "k", "a");
    assertTrue(store.update(key("k"), Verbs.<Payload>touchUntil(), clock.now() + 50));
    advance(50);
    assertNull(read(store, "k"));
    assertFalse(store.update(key("k"), Verbs.<Payload>touchUntil(), clock.now() + 50));
  }

  @Test
  void purgeTellsHowManyWent() {
    var store = open(spec -> spec.expireAfterWrite(SECOND));
    put(store, "a", "1");
    put(store, "b", "2");
    advance(1_000);
    put(store, "c", "3");
    assertEquals(3, store.info().size());
    assertEquals(2L, get(store.maintain(Upkeep.PURGE)));
    assertEquals(1, store.info().size());
  }

  @Test
  void closedStoreFailsWhatItWaitsFor() {
    var holder = plain();
    var lease = get(holder.lease(key("k"), SECOND));
    var waiting = plain();
    CompletableFuture<?> write =
        waiting.updateLater(key("k"), Verbs.<Payload>put(), value("x")).toCompletableFuture();
    waiting.close();
    assertThrows(CacheClosedException.class, () -> get(write));
    lease.release();
    assertNull(read(holder, "k"));
  }

  @Test
  void specOfAnotherTypeIsRefused() {
    plain();
    assertThrows(
        ConfigurationException.class,
        () ->
            new FarStoreProvider()
                .open(
                    CacheSpec.of("c", String.class, String.class)
                        .topology("far")
                        .option("far.region", region.name())
                        .build(),
                    new Events(),
                    context()));
  }
}
