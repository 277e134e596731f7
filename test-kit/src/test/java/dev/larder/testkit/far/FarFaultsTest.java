package dev.larder.testkit.far;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.spi.Payload;
import dev.larder.spi.Verbs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class FarFaultsTest extends FarBench {
  private final Events events = new Events();
  private final FarStore store = open(UnaryOperator.identity(), events);

  @Test
  void droppedEventIsAGap() {
    put(store, "a", "1");
    region.faults().dropEvents(1);
    put(store, "a", "2");
    put(store, "a", "3");
    region.faults().calm();
    put(store, "a", "4");
    events.expect("a:null>1 #1", "gap 2..3", "gap 3..4", "a:3>4 REPLACED #4");
  }

  @Test
  void repeatedEventIsDeliveredOnce() {
    region.faults().repeatEvents(1);
    put(store, "a", "1");
    put(store, "a", "2");
    region.faults().calm();
    put(store, "a", "3");
    events.expect("a:null>1 #1", "a:1>2 REPLACED #2", "a:2>3 REPLACED #3");
  }

  @Test
  void delayedEventIsDeliveredInOrder() {
    region.faults().delayEvents(1, Duration.ofMillis(100));
    put(store, "a", "1");
    region.faults().calm();
    put(store, "a", "2");
    assertTrue(events.seen.isEmpty());
    advance(100);
    events.expect("a:null>1 #1", "a:1>2 REPLACED #2");
  }

  @Test
  void droppedEventBehindADelayedOneIsNotedWhenThatArrives() {
    region.faults().delayEvents(1, Duration.ofMillis(100));
    put(store, "a", "1");
    region.faults().calm().dropEvents(1);
    put(store, "a", "2");
    assertTrue(events.seen.isEmpty());
    advance(100);
    events.expect("a:null>1 #1", "gap 2..3");
  }

  @Test
  void mixedFaultsLoseNothingSilently() throws Exception {
    var seed = 42L;
    region.faults().seed(seed).dropEvents(0.2).repeatEvents(0.2).reorderEvents(0.4);
    region.faults().delayEvents(0.2, Duration.ofMillis(10)).pause();
    var changes = 400;
    CompletionStage<?> last = null;
    for (int i = 0; i < changes; i++) {
      last = store.updateLater(key("k"), Verbs.<Payload>put(), value("" + i));
    }
    region.faults().resume();
    get(last);
    advance(100);
    get(store.lease(key("end of the line"), Duration.ofSeconds(1)));
    var next = 1L;
    var gaps = 0;
    while (next <= changes) {
      var event = events.seen.poll(10, TimeUnit.SECONDS);
      assertTrue(event != null, region.faults() + ": nothing after " + next);
      if (event.startsWith("gap ")) {
        var bounds = event.substring(4).split("\\.\\.");
        assertEquals(next, Long.parseLong(bounds[0]), event);
        next = Long.parseLong(bounds[1]);
        gaps++;
      } else {
        assertTrue(event.endsWith(" #" + next), region.faults() + ": " + event + " at " + next);
        next++;
      }
    }
    assertTrue(gaps > 0);
    assertTrue(events.seen.isEmpty());
  }

  @Test
  void nobodyListeningMeansNoEventsAndNoGap() {
    events.wanted = false;
    put(store, "a", "1");
    events.wanted = true;
    put(store, "a", "2");
    events.expect("a:1>2 REPLACED #1");
  }

  @Test
  void requestThatFailsChangesNothing() {
    region.faults().failRequests(1);
    var thrown = assertThrows(StoreException.class, () -> put(store, "a", "1"));
    assertFalse(thrown instanceof OutcomeUnknownException);
    region.faults().calm();
    assertEquals(null, read(store, "a"));
  }

  @Test
  void lostReplyToAChangeIsAnUnknownOutcomeAndTheChangeIsMade() {
    region.faults().loseReplies(1);
    assertThrows(OutcomeUnknownException.class, () -> put(store, "a", "1"));
    var thrown = assertThrows(StoreException.class, () -> read(store, "a"));
    assertFalse(thrown instanceof OutcomeUnknownException);
    region.faults().calm();
    assertEquals("1", read(store, "a"));
  }

  @Test
  void delayedRequestWaitsForItsTime() {
    region.faults().delayRequests(1, Duration.ofMillis(100));
    var write = store.updateLater(key("a"), Verbs.<Payload>put(), value("1"));
    region.faults().calm();
    assertEquals(null, read(store, "a"));
    assertFalse(write.toCompletableFuture().isDone());
    advance(100);
    get(write);
    assertEquals("1", read(store, "a"));
  }

  @Test
  void seedRepeatsARun() {
    var first = drawn();
    assertEquals(first, drawn());
    assertTrue(region.faults().toString().contains("7"));
  }

  private List<Boolean> drawn() {
    region.faults().seed(7).dropEvents(0.5);
    var drawn = new ArrayList<Boolean>();
    for (int i = 0; i < 50; i++) {
      drawn.add(region.faults().drops());
    }
    return drawn;
  }

  @Test
  void chanceOutsideZeroToOneIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> region.faults().dropEvents(1.1));
    assertThrows(IllegalArgumentException.class, () -> region.faults().failRequests(Double.NaN));
  }
}
