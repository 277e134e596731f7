package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.Clock;
import dev.larder.Expiry;
import dev.larder.FailurePolicy;
import dev.larder.Life;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.engine.policy.PolicyRegistry;
import dev.larder.spi.Codecs;
import dev.larder.spi.Context;
import dev.larder.spi.StoreEvents;
import dev.larder.spi.Tap;
import dev.larder.spi.Touch;
import dev.larder.spi.Verbs;
import dev.larder.spi.WaitingStore;
import dev.larder.testkit.VirtualClock;
import dev.larder.testkit.VirtualScheduler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a tier of copies promises in front of a store that others change too.
 *
 * <p>Longer than the house likes because it is the list of those promises, one test for each.
 */
class NearTierTest {
  private final VirtualClock clock = new VirtualClock();
  private final VirtualScheduler scheduler = new VirtualScheduler(clock);
  private PlainAuthority authority = new PlainAuthority(StoreEvents.none(), clock, 0);

  /** What a process sees that was stopped: its tick stands until its thread has run again. */
  private final class StoppedClock implements Clock {
    private volatile long tick = clock.now();

    void run() {
      tick = clock.now();
    }

    @Override
    public long now() {
      return tick;
    }

    @Override
    public long exact() {
      run();
      return tick;
    }

    @Override
    public long ticks() {
      var hook = whenAsked;
      whenAsked = () -> {};
      hook.run();
      return clock.ticks();
    }

    @Override
    public long resolutionMillis() {
      return 5;
    }
  }

  /** Run once, when somebody asks for the ticks. */
  private Runnable whenAsked = () -> {};

  private final StoppedClock coarse = new StoppedClock();

  private static CacheSpec.Builder<String, String> spec() {
    return CacheSpec.of("near", String.class, String.class).option("near.max-staleness", "1s");
  }

  private TieredStore<String, String> open(CacheSpec<String, String> spec) {
    Codecs none =
        new Codecs() {
          @Override
          public <T> dev.larder.Codec<T> forType(Class<T> type) {
            throw new UnsupportedOperationException("values stay objects here");
          }
        };
    var loader = NearTierTest.class.getClassLoader();
    var context = new Context(coarse, scheduler, Runnable::run, none, loader, Tap.none());
    return TieredStore.open(
        spec,
        TierOptions.nearOf(spec),
        PolicyRegistry.of(loader).named("lru"),
        context,
        StoreEvents.none(),
        told -> {
          authority = new PlainAuthority(told, coarse, spec.expiry().life().onCreate());
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

  private void confirm() {
    authority.events.confirmed(clock.ticks());
  }

  private void pass(long millis) {
    scheduler.advance(Duration.ofMillis(millis));
    coarse.run();
  }

  @Test
  void copiesAreNotShownBeforeAnythingWasConfirmed() {
    var store = open();
    put(store, "k", "1");
    authority.change("k", "2");
    assertNull(store.value("k"));
    assertEquals("2", get(store, "k"));
    confirm();
    assertEquals("2", store.value("k"));
  }

  @Test
  void accessOfACopyThatMayNotBeShownIsNotTold() {
    var store = open(spec().expireAfterAccess(Duration.ofMillis(100)).build());
    put(store, "k", "1");
    pass(50);
    assertNull(store.value("k"));
    assertEquals(List.of(), authority.accesses, "the read that follows is the access");
    confirm();
    assertEquals("1", store.value("k"));
    assertEquals(1, authority.accesses.size());
  }

  @Test
  void whatTheFirstReadEndsHasNoCopies() {
    var life = new Life(Life.FOREVER, Life.UNCHANGED, 0, Life.FOREVER, 0);
    var store = open(spec().expiry(life).build());
    confirm();
    put(store, "k", "1");
    assertNull(store.value("k"));
    assertEquals("1", get(store, "k"));
    assertEquals(1, authority.reads);
    assertNull(store.value("k"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exact", "coarse"})
  void copiesAreShownUntilTheLastConfirmedInstantIsAsOldAsTheBound(String how) {
    var store = open(spec().option("near.clock", how).build());
    put(store, "k", "1");
    confirm();
    pass(998);
    assertEquals("1", store.value("k"));
    assertEquals("1", get(store, "k"));
    pass(2);
    assertNull(store.value("k"));
    assertNull(store.atHand("k", Touch.PEEK));
    confirm();
    assertEquals("1", store.value("k"), "nobody has changed it: the copy was only not shown");
    assertEquals(0, authority.reads);
  }

  @Test
  void instantThatIsOlderThanTheLastOneChangesNothing() {
    var store = open();
    put(store, "k", "1");
    var before = clock.ticks();
    pass(500);
    confirm();
    authority.events.confirmed(before);
    pass(700);
    assertEquals("1", store.value("k"));
  }

  @Test
  void processThatWasStoppedShowsNothingOlderOnWaking() {
    var store = open();
    put(store, "k", "1");
    confirm();
    authority.change("k", "2");
    scheduler.advance(Duration.ofSeconds(30));
    assertNull(store.value("k"), "its tick still stands where it was");
    assertEquals("2", get(store, "k"));
  }

  @Test
  void readThatIsPutAsideShowsNoValueThatLaterConfirmationsDoNotSpeakOf() {
    var store = open();
    put(store, "k", "1");
    confirm();
    // Between taking the value and asking for the time 30 s go by, in which others go on.
    whenAsked =
        () -> {
          scheduler.advance(Duration.ofSeconds(30));
          authority.events.outdated("k", authority.change("k", "2"));
          confirm();
        };
    assertNull(store.value("k"));
    assertEquals("2", get(store, "k"));
  }

  @Test
  void changeOfSomebodyElseTakesTheCopyAwayAndOneThatIsSeenAlreadyDoesNot() {
    var store = open();
    confirm();
    put(store, "k", "1");
    var version = authority.change("k", "2");
    authority.events.outdated("k", version);
    assertEquals("2", get(store, "k"));
    authority.events.outdated("k", version);
    assertEquals("2", store.value("k"), "the event came late, of a version that is here");
    assertEquals(1, authority.reads);
  }

  @Test
  void readUnderWayWhenAnEventComesLeavesNoCopy() {
    var store = open();
    confirm();
    authority.change("k", "old");
    authority.afterRead = () -> authority.events.outdated("k", authority.change("k", "new"));
    assertEquals("old", get(store, "k"));
    assertNull(store.value("k"));
    assertEquals("new", get(store, "k"));
  }

  @Test
  void readThatBeganBeforeTheStreamStartedLeavesNoCopy() {
    var store = open();
    authority.change("k", "old");
    authority.afterRead =
        () -> {
          // Changed before the stream starts: no event will ever tell.
          authority.change("k", "new");
          authority.events.outdatedAll();
          confirm();
        };
    assertEquals("old", get(store, "k"));
    assertNull(store.value("k"));
    assertEquals("new", get(store, "k"));
  }

  @Test
  void writeOfSomebodyElseAfterOurOwnWinsWhicheverIsHeardOfFirst() {
    var store = open();
    confirm();
    authority.afterChange = () -> authority.events.outdated("k", authority.change("k", "theirs"));
    put(store, "k", "ours");
    assertNull(store.value("k"));
    assertEquals("theirs", get(store, "k"));
  }

  @Test
  void ownWritesAreSeenAtOnceAlsoThoughTheirEventsComeLater() {
    var store = open();
    confirm();
    put(store, "k", "1");
    put(store, "k", "2");
    authority.events.outdated("k", 1);
    authority.events.outdated("k", 2);
    assertEquals("2", store.value("k"));
    assertEquals(0, authority.reads);
  }

  @Test
  void ownWriteIsSeenAlsoWhereVersionsHaveBegunAnew() {
    var store = open();
    confirm();
    for (int i = 0; i < 10; i++) {
      put(store, "k", "old " + i);
    }
    authority.startAnew();
    put(store, "k", "new");
    assertEquals("new", get(store, "k"));
  }

  @Test
  void gapTakesAllCopiesAway() {
    var store = open();
    confirm();
    put(store, "k", "1");
    authority.change("k", "2");
    authority.events.gap(5, 9);
    assertNull(store.value("k"));
    assertEquals("2", get(store, "k"));
  }

  @Test
  void whereOthersMayShortenLivesCopiesLiveNoLongerThanTheBound() {
    var rule =
        new Expiry<String, String>() {
          @Override
          public Duration onCreate(String key, String value) {
            return Duration.ofHours(1);
          }
        };
    var store = open(spec().expiry(rule).build());
    authority.change("k", "1");
    assertEquals("1", get(store, "k"));
    pass(600);
    confirm();
    assertEquals("1", store.value("k"));
    // Stopped: the tick stands, and the last confirmation is younger than the copy.
    scheduler.advance(Duration.ofMillis(500));
    assertNull(store.value("k"));
    coarse.run();
    confirm();
    assertNull(store.value("k"));
    assertEquals(1, authority.reads);
    assertEquals("1", get(store, "k"));
    assertEquals(2, authority.reads);
  }

  private TieredStore<String, String> serving(FailurePolicy policy) {
    var store = open(spec().onFailure(policy).expireAfterWrite(Duration.ofSeconds(60)).build());
    put(store, "k", "1");
    confirm();
    pass(2_000);
    authority.readFailure = new StoreException("no server answers", null);
    return store;
  }

  @Test
  void copyThatIsNotFreshIsServedWhenTheAuthorityFailsAndThePolicySaysSo() {
    var store = serving(FailurePolicy.SERVE_STALE);
    assertEquals("1", get(store, "k"));
    assertEquals("1", WaitingStore.join(store.find("k", Touch.PEEK)).entry().value());
    var all = WaitingStore.join(store.findAll(List.of("k", "other"), Touch.PEEK));
    assertEquals("1", all.get("k").value());
    assertEquals(1, all.size());
    assertThrows(StoreException.class, () -> get(store, "other"));
    var info = store.info();
    assertEquals("3", info.details().get("near.stale.reads"));
    assertTrue(
        info.problems().stream().anyMatch(each -> each.contains("no server answers")),
        () -> info.problems().toString());
    authority.readFailure = null;
    assertEquals("1", get(store, "k"));
    confirm();
    assertEquals(List.of(), store.info().problems());
  }

  @Test
  void copyThatHasExpiredIsNotServed() {
    var store = serving(FailurePolicy.SERVE_STALE);
    pass(60_000);
    assertThrows(StoreException.class, () -> get(store, "k"));
  }

  @Test
  void waitThatWasBrokenOffIsNoFailureToServeACopyFor() {
    var store = serving(FailurePolicy.SERVE_STALE);
    authority.readFailure = new OutcomeUnknownException("interrupted", null);
    assertThrows(OutcomeUnknownException.class, () -> get(store, "k"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FAIL", "MISS"})
  void otherwiseAFailureIsAFailure(String policy) {
    var store = serving(FailurePolicy.valueOf(policy));
    assertThrows(StoreException.class, () -> get(store, "k"));
    assertThrows(
        StoreException.class, () -> WaitingStore.join(store.findAll(List.of("k"), Touch.PEEK)));
  }

  @Test
  void healthSaysThatCopiesAreNotShownAndSinceWhen() {
    var store = open();
    assertEquals(List.of(), store.info().problems());
    assertEquals("never", store.info().details().get("near.confirmed.ms"));
    pass(1_000);
    assertTrue(store.info().problems().get(0).contains("has not confirmed any"));
    confirm();
    pass(400);
    assertEquals(List.of(), store.info().problems());
    assertEquals("400", store.info().details().get("near.confirmed.ms"));
    pass(700);
    assertTrue(store.info().problems().get(0).contains("1100 ms ago"));
  }

  @Test
  void callerReadsTheAuthorityOnItsOwnThread() {
    var store = open();
    authority.change("k", "1");
    get(store, "k");
    assertEquals(1, authority.readsWaited);
    assertFalse(authority.reads > 1);
  }

  /** A read whose answer is slow, while another one of the same key begins. */
  private @Nullable String readMeanwhile(long millisLater) {
    var store = open();
    confirm();
    authority.change("k", "old");
    var slow = new CompletableFuture<Void>();
    authority.answers = slow;
    var first = store.find("k", Touch.READ).toCompletableFuture();
    authority.answers = CompletableFuture.completedFuture(null);
    authority.change("k", "new");
    pass(millisLater);
    var second = store.find("k", Touch.READ).toCompletableFuture();
    var third = millisLater < 1_000 ? null : get(store, "k");
    slow.complete(null);
    assertEquals("old", first.join().entry().value());
    var value = second.join().entry().value();
    assertEquals(third == null ? value : third, value);
    return value;
  }

  @Test
  void readSharesOneThatIsUnderWay() {
    assertEquals("old", readMeanwhile(999));
    assertEquals(1, authority.reads);
  }

  @Test
  void readDoesNotShareOneThatBeganLongerAgoThanTheBound() {
    assertEquals("new", readMeanwhile(1_000));
    assertEquals(3, authority.reads);
  }

  @Test
  void slowReadThatOthersDidNotShareLeavesNoCopy() {
    var store = open();
    authority.change("k", "old");
    var slow = new CompletableFuture<Void>();
    authority.answers = slow;
    var first = store.find("k", Touch.READ).toCompletableFuture();
    authority.answers = CompletableFuture.completedFuture(null);
    authority.change("k", "new");
    pass(2_000);
    assertEquals("new", get(store, "k"));
    slow.complete(null);
    assertEquals("old", first.join().entry().value());
    confirm();
    assertNull(store.value("k"));
  }
}
