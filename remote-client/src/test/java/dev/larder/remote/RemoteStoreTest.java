package dev.larder.remote;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.Bounds;
import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import dev.larder.Health;
import dev.larder.Larder;
import dev.larder.MissCause;
import dev.larder.OutcomeUnknownException;
import dev.larder.StoreException;
import dev.larder.server.core.Databases;
import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What only a store at a server can meet. */
class RemoteStoreTest {
  private final RemoteFixture fixture = RemoteFixture.bare();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static CacheSpec.Builder<String, String> spec() {
    return CacheSpec.of("shop", String.class, String.class);
  }

  @Test
  void cacheThatTheServerForgotIsOpenedAnew() {
    var cache = fixture.open(spec().build());
    cache.put("k", "v");
    assertTrue(fixture.server().databases().destroy("shop"));
    assertNull(cache.get("k"));
    assertTrue(fixture.server().databases().destroy("shop"));
    cache.put("k", "w");
    assertTrue(fixture.server().databases().destroy("shop"));
    assertEquals("x", cache.update("k", entry -> "x"));
    assertTrue(fixture.server().databases().destroy("shop"));
    assertEquals(0, cache.size());
    cache.put("k", "y");
    assertEquals("y", cache.get("k"));
  }

  @Test
  void equalDescriptionAttachesAndAnotherIsANamedError() {
    fixture.open(spec().maximumEntries(5).build()).put("k", "v");
    try (var other = fixture.anotherManager()) {
      var different = fixture.placed(spec().maximumEntries(6).build());
      var refused = assertThrows(ConfigurationException.class, () -> other.create(different));
      assertTrue(String.valueOf(refused.getMessage()).contains("maximumEntries"));
      var same = other.create(fixture.placed(spec().maximumEntries(5).build()));
      assertEquals("v", same.get("k"));
    }
  }

  @Test
  void whoChoosesNoBoundTakesThatOfACacheWhichTheServerDeclares() {
    var declared = Databases.spec("shop").maximumEntries(7).policy("lru").statistics(true).build();
    fixture.server().databases().create(declared);
    var cache = fixture.open(spec().build());
    cache.put("k", "v");
    assertEquals(7, cache.control().spec().bounds().entries());
    try (var other = fixture.anotherManager()) {
      for (var chosen : List.of(spec().maximumEntries(1_000), spec().policy("fifo"))) {
        var different = fixture.placed(chosen.build());
        assertThrows(ConfigurationException.class, () -> other.create(different));
      }
      var same = other.create(fixture.placed(spec().maximumEntries(7).policy("lru").build()));
      assertEquals("v", same.get("k"));
    }
  }

  @Test
  void whoWeighsNothingUsesACacheThatIsBoundedByWeight() {
    var weighed =
        Databases.spec("shop").maximumWeight(3).weigher((key, value) -> value.meta().weight());
    fixture.server().databases().create(weighed.build());
    var cache = fixture.open(spec().build());
    for (int each = 0; each < 10; each++) {
      cache.put("k" + each, "v");
    }
    assertEquals(3, cache.size());
    assertEquals(Bounds.NONE, cache.control().spec().bounds().weight());
  }

  @Test
  void keyThatNoServerTakesIsRefusedBeforeItIsSent() {
    var cache = fixture.open(spec().build());
    var refused =
        assertThrows(IllegalArgumentException.class, () -> cache.get("k".repeat(300_000)));
    assertTrue(String.valueOf(refused.getMessage()).contains("262144"));
    cache.put("k", "v");
    assertEquals("v", cache.get("k"));
  }

  @Test
  void scanGoesOnFromPageToPage() {
    var cache = fixture.open(spec().unbounded().build());
    for (int each = 0; each < 2_500; each++) {
      cache.put("k" + each, "v");
    }
    assertEquals(2_500, cache.asMap().keySet().size());
    assertEquals(2_500, List.copyOf(cache.asMap().keySet()).size());
  }

  @Test
  void valueOfAnotherSchemaIsAMissThatIsCounted() {
    fixture.open(spec().build()).put("k", "v");
    try (var other = fixture.anotherManager()) {
      var raised = other.create(fixture.placed(spec().schemaVersion(2).build()));
      assertNull(raised.get("k"));
      assertEquals(1L, raised.control().stats().misread().get(MissCause.SCHEMA));
    }
  }

  @Test
  void serverThatIsGoneLeavesWhatWasLastKnownAndAProblem() throws Exception {
    var cache = fixture.open(spec().build());
    cache.put("k", "v");
    assertEquals(1, cache.size());
    fixture.stopServer();
    var health = meanwhile(() -> cache.control().health());
    assertEquals(Health.Status.DEGRADED, health.status());
    assertEquals(1, health.size());
    assertTrue(health.reasons().toString().contains("127.0.0.1"), health::toString);
    assertEquals("Cache[shop, 1 entries]", meanwhile(cache::toString));
  }

  /** What is asked while time passes, of which no more may pass than a request may take. */
  private <T> T meanwhile(Supplier<T> question) throws Exception {
    var told = CompletableFuture.supplyAsync(question);
    for (int step = 0; step < 60 && !told.isDone(); step++) {
      fixture.advance(Duration.ofMillis(100));
      try {
        return told.get(100, TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // It waits to ask again.
      }
    }
    return told.get(1, TimeUnit.SECONDS);
  }

  @Test
  void cacheThatIsClosedMeanwhileStillTellsOfItself() throws Exception {
    for (int round = 0; round < 50; round++) {
      var cache = fixture.open(CacheSpec.of("race" + round, String.class, String.class).build());
      var told = CompletableFuture.supplyAsync(() -> cache + " " + cache.control().health());
      cache.close();
      assertTrue(told.get(30, TimeUnit.SECONDS).contains("race" + round));
    }
  }

  /** A server remembers 10,000 announcements of loads. */
  @Test
  void moreKeysThanAServerRemembersLoadsOfAreAllStored() {
    var loads = new AtomicInteger();
    var cache =
        fixture.open(
            CacheSpec.of("many", Integer.class, String.class)
                .unbounded()
                .loader(
                    key -> {
                      loads.incrementAndGet();
                      return "v" + key;
                    })
                .build());
    var keys = IntStream.range(0, 12_000).boxed().toList();
    assertEquals(12_000, cache.getAll(keys).size());
    assertEquals(12_000, cache.getAll(keys).size());
    assertEquals(12_000, loads.get(), "what was loaded was not stored");
  }

  @Test
  void answerThatMakesNoSenseIsAProblemOfTheStoreAndNotOfTheCaller() {
    // {"settings": {"maximumEntries": -5}}
    var body = "\u00a1hsettings\u00a1nmaximumEntries$";
    var self = new RawServer[1];
    self[0] =
        new RawServer(
            socket -> {
              while (self[0].request(socket)) {
                RawServer.say(
                    socket,
                    "HTTP/1.1 200 OK\r\nContent-Type: application/cbor\r\nContent-Length: "
                        + body.length()
                        + "\r\n\r\n"
                        + body);
              }
            });
    try (var server = self[0];
        var larder = Larder.open()) {
      var cache =
          larder.create(spec().topology("remote").option("remote.hosts", server.address()).build());
      var health = cache.control().health();
      assertTrue(
          health.reasons().toString().contains("maximumEntries of the cache is -5"),
          health::toString);
      var thrown =
          assertThrows(StoreException.class, () -> cache.control().resize(Bounds.entries(3)));
      assertTrue(String.valueOf(thrown.getMessage()).contains("not as expected"));
    }
  }

  @Test
  void changeUnderALeaseWhoseAnswerIsGarbageHasAnUnknownOutcome() {
    // Created; {"lease": "x", "fence": 1}; garbage.
    var bodies = List.of("\u00a0", "\u00a2elease" + "ax" + "efence\u0001", "hello");
    var self = new RawServer[1];
    self[0] =
        new RawServer(
            socket -> {
              while (self[0].request(socket)) {
                var body = bodies.get(Math.min(self[0].requests(), bodies.size()) - 1);
                ok(socket, body);
              }
            });
    try (var server = self[0];
        var larder = Larder.open()) {
      var cache =
          larder.create(spec().topology("remote").option("remote.hosts", server.address()).build());
      var thrown =
          assertThrows(
              OutcomeUnknownException.class,
              () ->
                  cache.<Boolean>update(
                      "k",
                      entry -> {
                        entry.set("v");
                        return true;
                      }));
      assertTrue(String.valueOf(thrown.getMessage()).contains("may have been made"));
    }
  }

  @Test
  void changeAskedForAloneWhoseAnswerIsGarbageHasAnUnknownOutcome() {
    var self = new RawServer[1];
    self[0] =
        new RawServer(
            socket -> {
              while (self[0].request(socket)) {
                switch (self[0].requests()) {
                  case 1 -> ok(socket, "\u00a0"); // created
                  case 2 -> RawServer.answers(socket, 1, Answer.FULL);
                  default -> ok(socket, "hello");
                }
              }
            });
    try (var server = self[0];
        var larder = Larder.open()) {
      var cache =
          larder.create(spec().topology("remote").option("remote.hosts", server.address()).build());
      var thrown = assertThrows(OutcomeUnknownException.class, () -> cache.put("k", "v"));
      assertTrue(String.valueOf(thrown.getMessage()).contains("may have been made"));
    }
  }

  private static void ok(Socket socket, String body) throws IOException {
    RawServer.say(
        socket,
        "HTTP/1.1 200 OK\r\nContent-Type: application/cbor\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
  }
}
