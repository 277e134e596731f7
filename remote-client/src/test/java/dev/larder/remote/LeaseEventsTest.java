package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.CacheSpec;
import dev.larder.testkit.Actor;
import dev.larder.testkit.FlightLog;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a flight recording sees of waits for others at a real server. */
class LeaseEventsTest {
  private static final CacheSpec<String, String> SPEC =
      CacheSpec.of("counts", String.class, String.class).build();

  /** From the inner to the outer. */
  private static final List<String> WAITING =
      List.of("dev.larder.spi.WaitingStore.join", "dev.larder.remote.Looks.findAndWait");

  private final RemoteFixture fixture = RemoteFixture.bare();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void waitForALeaseIsRecorded() throws IOException {
    var cache = fixture.open(SPEC);
    try (var log = new FlightLog("LeaseWait")) {
      cache.update(
          "a",
          entry -> {
            entry.set("1");
            return true;
          });
      var events = log.stop();
      assertEquals(1, events.size());
      assertEquals("counts", events.get(0).getString("cache"));
      assertEquals("DONE", events.get(0).getString("outcome"));
    }
  }

  @Test
  void waitForTheLoadOfAnotherProcessIsRecordedAsElsewhere() throws IOException {
    var mine = fixture.open(SPEC);
    var theirs = fixture.anotherManager().create(fixture.placed(SPEC));
    var loading = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    try (var log = new FlightLog("LoadWait")) {
      var leading =
          Actor.start(
              "first",
              () ->
                  theirs.get(
                      "a",
                      key -> {
                        loading.countDown();
                        Actor.await(mayEnd);
                        return "value";
                      }));
      Actor.await(loading);
      var waiting = Actor.start("second", () -> mine.get("a", key -> "mine"));
      while (!waitsForALoad("second")) {
        assertFalse(waiting.finishedWithin(1), "it does not wait for the load of the other");
      }
      mayEnd.countDown();
      assertEquals("value", leading.result());
      assertEquals("value", waiting.result());
      var events = log.stop();
      assertEquals(1, events.size());
      assertTrue(events.get(0).getBoolean("elsewhere"));
      assertEquals("DONE", events.get(0).getString("outcome"));
    }
  }

  /** Whether a thread of that name has its first answer, and waits for what comes after. */
  private static boolean waitsForALoad(String name) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(each -> each.getKey().getName().equals(name))
        .map(each -> Arrays.stream(each.getValue()).map(LeaseEventsTest::place).toList())
        .anyMatch(places -> Collections.indexOfSubList(places, WAITING) >= 0);
  }

  private static String place(StackTraceElement frame) {
    return frame.getClassName() + "." + frame.getMethodName();
  }
}
