package dev.larder.server.http.v1;

import static dev.larder.server.http.v1.ApiServer.key;
import static dev.larder.server.http.v1.ApiServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventRoutesTest {
  private final ApiServer api = new ApiServer();
  private final List<EventStream> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(EventStream::close);
    assertEquals(List.of(), api.server().failures());
    api.close();
  }

  private EventStream listen(String query, String... headers) {
    var request = api.to("/events" + query).GET();
    var stream =
        new EventStream(api.stream(headers.length == 0 ? request : request.headers(headers)));
    open.add(stream);
    return stream;
  }

  @Test
  void everythingAfterTheStartComesInOrder() {
    api.put("/entries/before", "1");
    var stream = listen("");
    var start = stream.next();
    assertEquals("start", start.type());
    assertEquals(1, start.data().get("next").asLong());

    var created = ApiServer.tag(api.put("/entries/a", "1", "Larder-Operation", "7"));
    api.put("/entries/a", "2");
    api.delete("/entries/a");
    api.post("/clear", "");

    var first = stream.next();
    assertEquals("created", first.type());
    assertEquals("a", first.data().get("key").asString());
    assertEquals(created, '"' + first.data().get("version").asString() + '"');
    assertEquals(7, first.data().get("operation").asLong());
    assertEquals(1, first.data().get("sequence").asLong());
    assertFalse(first.data().has("cause"));
    assertFalse(first.data().has("value"));
    var second = stream.next();
    assertEquals("updated", second.type());
    assertEquals("REPLACED", second.data().get("cause").asString());
    var third = stream.next();
    assertEquals("removed", third.type());
    assertEquals("EXPLICIT", third.data().get("cause").asString());
    assertTrue(third.data().get("version").asLong() > second.data().get("version").asLong());
    var fourth = stream.next();
    assertEquals("cleared", fourth.type());
    assertEquals(4, fourth.data().get("sequence").asLong());
    assertFalse(fourth.data().has("key"));
  }

  @Test
  void valuesAndOldOnesComeWhenAskedFor() {
    var stream = listen("?values=true&old=true");
    stream.next();
    api.put("/entries/a", "{\n\"x\":\n1}", "Content-Type", "application/json");
    api.put("/entries/a", "raw", "Content-Type", "text/plain");
    var first = stream.next().data();
    assertEquals("{\"x\":1}", first.get("value").toString());
    assertFalse(first.has("old"));
    var second = stream.next().data();
    assertEquals("cmF3", second.get("value64").asString());
    assertEquals("text/plain", second.get("type").asString());
    assertEquals("{\"x\":1}", second.get("old").toString());
  }

  @Test
  void keysThatAreNoTextComeInBase64AndPrefixesFilter() {
    var all = listen("");
    var some = listen("?prefix=user:");
    all.next();
    some.next();
    api.put("/entries/%FF%00", "1");
    api.put("/entries/user:1", "1");
    assertEquals("/wA=", all.next().data().get("key64").asString());
    assertEquals("user:1", all.next().data().get("key").asString());
    var filtered = some.next();
    assertEquals("user:1", filtered.data().get("key").asString());
    assertEquals(2, filtered.data().get("sequence").asLong());
  }

  @Test
  void lifeThatIsShortenedIsToldAndOneThatIsNotIsNot() {
    var stream = listen("?values=true");
    stream.next();
    api.put("/entries/a?ttl=60", "1");
    var version = stream.next().data().get("version").asLong();
    var until = "{\"operations\":[{\"op\":\"touch-until\",\"key\":\"a\",\"ttl\":";
    var json = new String[] {"Content-Type", "application/json"};
    assertEquals(200, api.post("/batch", until + "90000}]}", json).statusCode());
    assertEquals(200, api.post("/batch", until + "1000}]}", json).statusCode());
    var shortened = stream.next();
    assertEquals("shortened", shortened.type());
    assertEquals("a", shortened.data().get("key").asString());
    assertEquals(version, shortened.data().get("version").asLong());
    assertEquals(2, shortened.data().get("sequence").asLong());
    assertFalse(shortened.data().has("value64"));
  }

  @Test
  void leaseThatShortensALifeIsToldToo() {
    var stream = listen("");
    stream.next();
    api.put("/entries/a?ttl=60", "1");
    stream.next();
    var lease = ApiServer.json(api.post("/leases/a", "")).get("lease").asString();
    assertEquals(200, api.put("/leases/a/" + lease + "?do=touch&ttl=1", "").statusCode());
    assertEquals("shortened", stream.next().type());
  }

  @Test
  void expiryIsAnEventToo() {
    var stream = listen("");
    stream.next();
    api.put("/entries/a?ttl=1", "1");
    stream.next();
    api.advance(Duration.ofSeconds(2));
    api.get("/entries/a");
    assertEquals("EXPIRED", stream.next().data().get("cause").asString());
  }

  @Test
  void whoComesBackGetsWhatHeMissed() {
    var stream = listen("");
    stream.next();
    api.put("/entries/a", "1");
    var last = stream.next().id();
    stream.close();
    Await.until(() -> api.desk().feed().size() == 0);
    api.put("/entries/b", "1");
    api.advance(Feed.LINGER.minusSeconds(1));
    var back = listen("", "Last-Event-ID", last);
    assertEquals("start", back.next().type());
    assertEquals("b", back.next().data().get("key").asString());
  }

  @Test
  void whoComesBackLateLearnsThatHeMissedSomething() {
    var stream = listen("");
    var last = stream.next().id();
    stream.close();
    Await.until(() -> api.desk().feed().size() == 0);
    api.advance(Feed.LINGER.plusSeconds(1));
    assertFalse(api.desk().feed().watching(), "nobody listens, and yet changes are noted");
    api.put("/entries/b", "1");
    var back = listen("?after=" + last);
    var start = back.next();
    assertEquals("start", start.type());
    assertNotEquals(last.split("-", 2)[0], start.id().split("-", 2)[0]);
    assertEquals("gap", back.next().type());
  }

  @Test
  void idsThatCannotBeAreAGap() {
    for (var id : new String[] {"nonsense", "x-1", "", "-", "abc-99999999999999999999"}) {
      var stream = listen("", "Last-Event-ID", id);
      assertEquals("start", stream.next().type());
      assertEquals("gap", stream.next().type());
    }
    var epoch = listen("").next().id().split("-", 2)[0];
    var future = listen("", "Last-Event-ID", epoch + "-1000");
    future.next();
    assertEquals("gap", future.next().type());
  }

  @Test
  void whoAsksForValuesThatWereNotKeptGetsAGap() {
    var plain = listen("");
    var last = plain.next().id();
    api.put("/entries/a", "1");
    plain.next();
    var back = listen("?values=true", "Last-Event-ID", last);
    assertEquals("start", back.next().type());
    var gap = back.next();
    assertEquals("gap", gap.type());
    assertEquals(1, gap.data().get("first").asLong());
    assertEquals(2, gap.data().get("next").asLong());
  }

  /** Forbidden: an event is neither sent nor covered by a gap. */
  @Test
  void whoReadsSlowlyGetsAGapAndNothingIsLostWithoutOne() {
    var slow = listen("?values=true");
    assertEquals("start", slow.next().type());
    var value = "x".repeat(100_000);
    var writes = 600;
    for (var i = 0; i < writes; i++) {
      api.put("/entries/k" + i % 7, value);
    }
    var next = 1L;
    var gaps = 0;
    while (next <= writes) {
      var event = slow.next();
      if (event.type().equals("gap")) {
        gaps++;
        assertEquals(next, event.data().get("first").asLong(), "lost without a gap");
        next = event.data().get("next").asLong();
      } else {
        assertEquals(next, event.data().get("sequence").asLong(), "lost without a gap");
        next++;
      }
    }
    assertTrue(gaps > 0, "60 MB were kept for one who does not read");
  }

  /** Forbidden: of two events of one key the one with the smaller version comes later. */
  @Test
  void eventsOfAKeyComeInTheOrderOfVersions() {
    var stream = listen("");
    stream.next();
    for (var wave = 0; wave < 4; wave++) {
      var writers = new ArrayList<CompletableFuture<?>>();
      for (var i = 0; i < 50; i++) {
        writers.add(api.later(api.to("/entries/k" + i % 3).PUT(BodyPublishers.ofString("" + i))));
      }
      CompletableFuture.allOf(writers.toArray(CompletableFuture[]::new)).join();
    }
    var versions = new HashMap<String, Long>();
    for (var i = 0; i < 200; i++) {
      var data = stream.next().data();
      var version = data.get("version").asLong();
      var before = versions.put(data.get("key").asString(), version);
      assertTrue(before == null || before < version, "the order of versions was broken");
    }
  }

  @Test
  void silenceIsBrokenByABeat() {
    var stream = listen("?prefix=other");
    var start = stream.next();
    api.put("/entries/a", "1");
    api.advance(Feed.BEAT);
    var beat = stream.next();
    assertEquals("", beat.type());
    assertEquals(start.id().replaceAll("-0$", "-1"), beat.id());
  }

  @Test
  void aCacheThatIsDestroyedEndsItsStreams() {
    api.send(api.at("/v1/caches/other").PUT(BodyPublishers.noBody()));
    var stream = new EventStream(api.stream(api.at("/v1/caches/other/events")));
    open.add(stream);
    stream.next();
    assertEquals(204, api.send(api.at("/v1/caches/other").DELETE()).statusCode());
    assertTrue(stream.ended());
  }

  @Test
  void overTheOldProtocolTooAndWhoHangsUpIsForgotten() throws Exception {
    var client =
        new okhttp3.OkHttpClient.Builder()
            .protocols(List.of(okhttp3.Protocol.HTTP_1_1))
            .readTimeout(Duration.ofSeconds(20))
            .build();
    var url = api.server().url("/v1/caches/default/events");
    var call = client.newCall(new okhttp3.Request.Builder().url(url).build());
    try (var response = call.execute()) {
      assertEquals("text/event-stream", response.header("Content-Type"));
      var stream = new EventStream(response.body().byteStream());
      assertEquals("start", stream.next().type());
      api.put("/entries/a", "1");
      assertEquals("created", stream.next().type());
      call.cancel();
    }
    // A client may end its side and read on, so that only what it does not take tells it has gone.
    Await.until(
        () -> {
          api.advance(Feed.BEAT);
          return api.desk().feed().size() == 0;
        });
    client.dispatcher().executorService().shutdown();
  }

  /** Forbidden: one that came as the server ended is waited for, by a timer that is no more. */
  @Test
  void whoComesAsTheServerEndsLeavesNothing() {
    var feed = api.desk().feed();
    var gate = api.database().gate();
    var stamp = gate.enter();
    var late = api.later(api.to("/events").GET());
    Await.until(feed::watching);
    api.desks().close();
    gate.leave(stamp);
    assertEquals("no-cache", problem(late.join()));
    Await.until(() -> !feed.watching());
    assertEquals(0, api.pending());
  }

  /** Forbidden: what nobody will end is begun. */
  @Test
  void nothingIsBegunOnceTheServerHasEndedIt() {
    api.desks().close();
    for (var path : List.of("/leases/a", "/batch")) {
      var answer = api.post(path, "{\"operations\":[]}");
      assertEquals(503, answer.statusCode());
      assertEquals("busy", problem(answer));
    }
    assertEquals(503, api.get("/events").statusCode());
    assertEquals(0, api.pending());
  }

  @Test
  void nobodyListensToAnUnknownCache() {
    var answer = api.send(api.at("/v1/caches/none/events"));
    assertEquals("no-cache", problem(answer));
    assertEquals(400, api.get("/events?values=maybe").statusCode());
  }

  @Test
  void largeValuesAreLeftOutAndTheLogStaysBounded() {
    var log = new EventLog("e", 100, 1_000, () -> {});
    log.keep(true, false);
    var contents = api.database().contents();
    for (var i = 0; i < 50; i++) {
      log.changed(
          key("a"), new dev.larder.spi.Change<>(null, contents.raw(new byte[100]), i, null), 0);
    }
    assertEquals(51, log.next());
    assertEquals(51 - 4, log.first(), "4 of 221 bytes fit 1,000");
    assertEquals(List.of(), log.from(46, 10));
    assertEquals(4, log.from(47, 10).size());
    var large = contents.raw(new byte[EventLog.LARGEST + 1]);
    log.changed(key("a"), new dev.larder.spi.Change<>(null, large, 51, null), 0);
    var last = log.from(51, 1).get(0);
    assertTrue(last.omitted());
    assertEquals(null, last.after());
  }
}
