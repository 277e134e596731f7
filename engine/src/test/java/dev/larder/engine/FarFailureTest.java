package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheEvent;
import dev.larder.CacheListener;
import dev.larder.CacheSpec;
import dev.larder.FailurePolicy;
import dev.larder.Health;
import dev.larder.Larder;
import dev.larder.LeaseLostException;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.testkit.Actor;
import dev.larder.testkit.LogCapture;
import dev.larder.testkit.VirtualScheduler;
import dev.larder.testkit.contract.CacheContract;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What users see when the place of their entries is far and things go wrong. */
class FarFailureTest {
  private final EngineFixture fixture = EngineFixture.far();

  @AfterEach
  void close() {
    fixture.close();
  }

  private Cache<String, String> open(CacheSpec.Builder<String, String> spec) {
    return fixture.open(spec.build());
  }

  private static CacheSpec.Builder<String, String> spec() {
    return CacheSpec.of("far cache", String.class, String.class);
  }

  @Test
  void failedRequestIsAStoreExceptionAndChangesNothing() {
    var cache = open(spec());
    cache.put("k", "old");
    fixture.faults().failRequests(1);
    assertThrows(StoreException.class, () -> cache.put("k", "new"));
    assertThrows(StoreException.class, () -> cache.get("k"));
    assertThrows(StoreException.class, () -> cache.update("k", entry -> true));
    fixture.faults().calm();
    assertEquals("old", cache.get("k"));
  }

  @Test
  void readsMissWhereTheDescriptionSaysSoAndWritesStillFail() {
    var cache = open(spec().topology("far").onFailure(FailurePolicy.MISS));
    cache.put("k", "v");
    fixture.faults().failRequests(1);
    assertNull(cache.get("k"));
    assertThrows(StoreException.class, () -> cache.put("k", "new"));
    fixture.faults().calm();
    assertEquals("v", cache.get("k"));
  }

  @Test
  void lostAnswerToAWriteIsAnUnknownOutcome() {
    var cache = open(spec());
    fixture.faults().loseReplies(1);
    assertThrows(OutcomeUnknownException.class, () -> cache.put("k", "v"));
    fixture.faults().calm();
    assertEquals("v", cache.get("k"));
  }

  @Test
  void synchronousListenerDoesNotHoldItsCallerForAnEventThatIsLost() {
    var gaps = new AtomicLong();
    var heard = new AtomicLong();
    CacheListener<String, String> listener =
        new CacheListener<>() {
          @Override
          public void on(CacheEvent<String, String> event) {
            heard.incrementAndGet();
          }

          @Override
          public void onGap(long events) {
            gaps.addAndGet(events);
          }
        };
    var cache = open(spec().listener(listener, CacheListener.Delivery.SYNCHRONOUS));
    fixture.faults().dropEvents(1);
    Actor.run("writer", any -> cache.put("k", "1")).result();
    CacheContract.awaitEqual(1L, gaps::get);
    fixture.faults().calm();
    cache.put("k", "2");
    assertEquals(1, heard.get());
  }

  @Test
  void ownerThatDoesNotAnswerShowsInTheHealth() {
    var cache = open(spec());
    fixture.faults().pause();
    var health = cache.control().health();
    assertNotEquals(Health.Status.HEALTHY, health.status());
    assertTrue(health.reasons().toString().contains("does not answer"), "" + health.reasons());
    fixture.faults().resume();
    assertEquals(Health.Status.HEALTHY, cache.control().health().status());
  }

  @Test
  void cleanerThatGoesOnFailingIsLoggedOnce() {
    var scheduler = new VirtualScheduler(fixture.clock());
    var builder = Larder.builder().clock(fixture.clock()).scheduler(scheduler);
    var minute = Duration.ofMinutes(1);
    try (var larder = builder.executor(Runnable::run).open();
        var log = new LogCapture("dev.larder")) {
      var cache = larder.create(fixture.placed(spec().cleanupInterval(minute).build()));
      fixture.faults().failRequests(1);
      scheduler.advance(minute.multipliedBy(3));
      var reasons = cache.control().health().reasons().toString();
      assertTrue(reasons.contains("the cleaner failed"), reasons);
      assertEquals(1, log.count("the cleaner failed"), () -> "" + log.messages());
      fixture.faults().calm();
      scheduler.advance(minute);
      assertEquals(Health.Status.HEALTHY, cache.control().health().status());
      fixture.faults().failRequests(1);
      scheduler.advance(minute);
      fixture.faults().calm();
      assertEquals(2, log.count("the cleaner failed"), () -> "" + log.messages());
    }
  }

  @Test
  void functionThatOutlivesItsLeaseIsRefusedAndTheCacheGoesOn() {
    var cache = open(spec());
    cache.put("k", "old");
    assertThrows(
        LeaseLostException.class,
        () ->
            cache.update(
                "k",
                entry -> {
                  fixture.advance(Duration.ofDays(1));
                  entry.set("late");
                  return true;
                }));
    assertEquals("old", cache.get("k"));
    cache.put("k", "new");
    assertEquals("new", cache.get("k"));
  }

  @Test
  void twoManagersShareTheEntriesAndTheEvents() {
    var mine = open(spec());
    try (var other = fixture.anotherManager()) {
      var heard = dev.larder.testkit.RecordingListener.<String, String>ofChanges();
      var theirs =
          other.create(
              fixture.placed(spec().listener(heard, CacheListener.Delivery.ASYNCHRONOUS).build()));
      mine.put("k", "v");
      assertEquals("v", theirs.get("k"));
      assertEquals("CREATED k=v", heard.next());
      theirs.remove("k");
      assertNull(mine.get("k"));
      assertEquals("REMOVED k=v EXPLICIT", heard.next());
    }
    mine.put("k", "still open");
    assertEquals("still open", mine.get("k"));
  }
}
