package dev.larder.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Cache;
import dev.larder.CacheLoadException;
import dev.larder.CacheSpec;
import dev.larder.Larder;
import dev.larder.testkit.Actor;
import dev.larder.testkit.FlightLog;
import dev.larder.testkit.VirtualClock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a flight recording of the JDK sees of a cache, with the recorder and without. */
class FlightEventsTest {
  private static final String SECRET = "credit card 4711";

  private final VirtualClock clock = new VirtualClock();
  private final Larder larder = Larder.builder().clock(clock).open();

  @AfterEach
  void close() {
    larder.close();
  }

  private Cache<String, String> cache(CacheSpec.Builder<String, String> spec) {
    return larder.create(spec.build());
  }

  private static CacheSpec.Builder<String, String> spec() {
    return CacheSpec.of("prices", String.class, String.class);
  }

  @Test
  void loadsAreRecordedWithWhatCameOfThem() throws IOException {
    var cache = cache(spec());
    try (var log = new FlightLog("Load")) {
      cache.get(SECRET, key -> "found");
      assertThrows(
          CacheLoadException.class,
          () ->
              cache.get(
                  "b",
                  key -> {
                    throw new IllegalStateException(SECRET);
                  }));
      cache.get(SECRET);
      var events = log.stop();
      assertEquals(List.of("DONE", "FAILED"), words(events, "outcome"));
      assertEquals(List.of("prices", "prices"), words(events, "cache"));
      assertEquals(List.of(1, 1), events.stream().map(event -> event.getInt("keys")).toList());
      assertTrue(events.get(0).getStackTrace() != null, "it says who asked");
      assertFalse(events.toString().contains(SECRET), "no key, no value, no message");
    }
  }

  @Test
  void oneCallOfALoaderForManyKeysIsOneEvent() throws IOException {
    var cache = cache(spec().loader(key -> "value of " + key));
    try (var log = new FlightLog("Load")) {
      cache.getAll(List.of("a", "b", "c"));
      var events = log.stop();
      assertEquals(1, events.size());
      assertEquals(3, events.get(0).getInt("keys"));
    }
  }

  @Test
  void whoWaitsForALoadOfAnotherIsRecordedAndWhoLoadsIsNot() throws IOException {
    var cache = cache(spec());
    var loading = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    try (var log = new FlightLog("LoadWait")) {
      var leading =
          Actor.start(
              "first",
              () ->
                  cache.get(
                      "a",
                      key -> {
                        loading.countDown();
                        Actor.await(mayEnd);
                        return "value";
                      }));
      Actor.await(loading);
      var waiting = Actor.start("second", () -> cache.get("a", key -> "mine"));
      waiting.awaitWaiting();
      mayEnd.countDown();
      assertEquals("value", leading.result());
      assertEquals("value", waiting.result());
      var events = log.stop();
      assertEquals(List.of("DONE"), words(events, "outcome"));
      assertFalse(events.get(0).getBoolean("elsewhere"));
      assertEquals("second", events.get(0).getThread().getJavaName());
    }
  }

  @Test
  void entriesThatLeaveByThemselvesAreRecordedWithTheirCause() throws IOException {
    var cache = cache(spec().maximumEntries(2).expireAfterWrite(Duration.ofMinutes(1)));
    try (var log = new FlightLog("Eviction")) {
      List.of("a", "b", "c").forEach(key -> cache.put(key, "value"));
      cache.put("c", "replaced");
      cache.remove("c");
      clock.advance(Duration.ofMinutes(2));
      cache.control().purge();
      var events = log.stop();
      assertEquals("EVICTED", words(events, "cause").get(0));
      assertTrue(words(events, "cause").contains("EXPIRED"));
      assertEquals(
          cache.control().stats().evictions() + cache.control().stats().expirations(),
          events.size());
      assertEquals("memory", events.get(0).getString("tier"));
    }
  }

  @Test
  void recordingThatDoesNotAskForThemHasNone() throws IOException {
    var cache = cache(spec().maximumEntries(1));
    try (var log = new FlightLog()) {
      cache.get("a", key -> "value");
      cache.get("b", key -> "value");
      assertEquals(List.of(), log.stop());
    }
  }

  @Test
  void cacheWorksWhereThereIsNoFlightRecorder() throws IOException, InterruptedException {
    var output = run("--limit-modules", "java.base", "-cp");
    assertEquals("no recorder: 2 loads, 1 evictions, failed as it should", output.strip());
  }

  @Test
  void cacheWorksWhereThereIsOne() throws IOException, InterruptedException {
    var output = run("-cp");
    assertEquals("recorder: 2 loads, 1 evictions, failed as it should", output.strip());
  }

  private static String run(String... options) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(options));
    command.add(System.getProperty("java.class.path"));
    command.add(WithoutRecorder.class.getName());
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private static List<String> words(List<RecordedEvent> events, String field) {
    return events.stream().map(event -> event.getString(field)).toList();
  }
}
