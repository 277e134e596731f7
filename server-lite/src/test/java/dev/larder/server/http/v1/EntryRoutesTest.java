package dev.larder.server.http.v1;

import static dev.larder.server.http.v1.ApiServer.json;
import static dev.larder.server.http.v1.ApiServer.key;
import static dev.larder.server.http.v1.ApiServer.problem;
import static dev.larder.server.http.v1.ApiServer.tag;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.core.Limits;
import dev.larder.spi.Touch;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EntryRoutesTest {
  private final ApiServer api = new ApiServer();

  @AfterEach
  void close() {
    assertEquals(java.util.List.of(), api.server().failures());
    api.close();
  }

  @Test
  void valueAndTypeComeBackAsTheyWent() throws Exception {
    var client = new OkHttpClient();
    var url = api.server().url("/v1/caches/default/entries/%00%ff%2F");
    var bytes = new byte[] {0, -1, 10, 13};
    var put =
        new Request.Builder()
            .url(url)
            .put(RequestBody.create(bytes, MediaType.get("image/png")))
            .build();
    try (var response = client.newCall(put).execute()) {
      assertEquals(201, response.code());
    }
    try (var response = client.newCall(new Request.Builder().url(url).build()).execute()) {
      assertEquals(200, response.code());
      assertEquals("image/png", response.header("Content-Type"));
      assertArrayEquals(bytes, response.body().bytes());
    }
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }

  @Test
  void everyWriteGivesTheEntryAnotherTag() {
    var created = api.put("/entries/a", "1");
    var updated = api.put("/entries/a", "2");
    assertEquals(201, created.statusCode());
    assertEquals(204, updated.statusCode());
    assertNotEquals(tag(created), tag(updated));
    assertEquals(tag(updated), tag(api.get("/entries/a")));
  }

  @Test
  void ifNoneMatchStarCreatesOnly() {
    assertEquals(201, api.put("/entries/a", "1", "If-None-Match", "*").statusCode());
    var second = api.put("/entries/a", "2", "If-None-Match", "*");
    assertEquals(412, second.statusCode());
    assertEquals("changed", problem(second));
    assertEquals(tag(api.get("/entries/a")), tag(second));
    assertEquals("1", api.get("/entries/a").body());
  }

  @Test
  void ifMatchChangesThatVersionOnly() {
    var first = tag(api.put("/entries/a", "1"));
    var second = tag(api.put("/entries/a", "2", "If-Match", first));
    var late = api.put("/entries/a", "3", "If-Match", first);
    assertEquals(412, late.statusCode());
    assertEquals(second, tag(late));
    assertEquals(412, api.delete("/entries/a", "If-Match", first).statusCode());
    assertEquals(204, api.delete("/entries/a", "If-Match", "\"0\", " + second).statusCode());
    assertEquals(412, api.put("/entries/a", "4", "If-Match", "*").statusCode());
    assertEquals(404, api.get("/entries/a").statusCode());
  }

  @Test
  void ofWritersWithOneIfMatchExactlyOneWrites() {
    var tag = tag(api.put("/entries/a", "0"));
    for (var round = 0; round < 30; round++) {
      var writers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      for (var writer = 0; writer < 4; writer++) {
        writers.add(
            api.later(
                api.to("/entries/a")
                    .header("If-Match", tag)
                    .PUT(BodyPublishers.ofString(round + "-" + writer))));
      }
      var won = writers.stream().map(CompletableFuture::join).filter(r -> r.statusCode() == 204);
      var winners = won.toList();
      assertEquals(1, winners.size(), "two writers of one version both wrote, or none did");
      tag = tag(winners.get(0));
    }
  }

  @Test
  void getWithTheVersionItHasIsNotModified() {
    var tag = tag(api.put("/entries/a", "1"));
    var same = api.send(api.to("/entries/a").header("If-None-Match", tag));
    assertEquals(304, same.statusCode());
    assertEquals(tag, tag(same));
    assertEquals("", same.body());
    api.put("/entries/a", "2");
    assertEquals("2", api.send(api.to("/entries/a").header("If-None-Match", tag)).body());
    assertEquals(412, api.send(api.to("/entries/a").header("If-Match", tag)).statusCode());
  }

  @Test
  void headTellsWithoutTheValueAndCountsNothing() {
    api.put("/entries/a?ttl=10s", "123");
    var head = api.send(api.to("/entries/a").method("HEAD", BodyPublishers.noBody()));
    assertEquals(200, head.statusCode());
    assertEquals("3", head.headers().firstValue("Content-Length").orElseThrow());
    assertEquals("10000", head.headers().firstValue("Larder-Ttl").orElseThrow());
    assertEquals(0, api.database().stats().hits());
    assertEquals(
        404, api.send(api.to("/entries/b").method("HEAD", BodyPublishers.noBody())).statusCode());
  }

  @Test
  void timeToLiveGoesInInSecondsUnitsOrHeaderAndComesOutInMilliseconds() {
    api.put("/entries/s?ttl=2", "1");
    api.put("/entries/u?ttl=1m30s", "1");
    api.put("/entries/h", "1", "Larder-Ttl", "250");
    api.put("/entries/f?ttl=forever", "1");
    api.advance(Duration.ofMillis(100));
    assertEquals("1900", ttl("s"));
    assertEquals("89900", ttl("u"));
    assertEquals("150", ttl("h"));
    assertNull(ttl("f"));
    api.advance(Duration.ofMillis(150));
    var gone = api.get("/entries/h");
    assertEquals(404, gone.statusCode());
    assertEquals("EXPIRED", json(gone).get("missing").asString());
  }

  private String ttl(String key) {
    return api.get("/entries/" + key).headers().firstValue("Larder-Ttl").orElse(null);
  }

  @Test
  void aLifeOfZeroKeepsNothing() {
    api.put("/entries/a", "1");
    assertEquals(204, api.put("/entries/a?ttl=0", "2").statusCode());
    assertEquals(404, api.get("/entries/a").statusCode());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"-1", "1.5", "abc", "99999999999999999999", "1y", "never", "3153600001", ""})
  void badTimesToLiveAreRefusedAndChangeNothing(String ttl) {
    var answer = api.put("/entries/a?ttl=" + ttl, "1");
    assertEquals(400, answer.statusCode());
    assertEquals("bad-parameter", problem(answer));
    assertEquals(404, api.get("/entries/a").statusCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"17", "\"x\"", "\"1\",", "W\"1\"", "\"-1\""})
  void badTagsAreRefused(String tag) {
    var answer = api.put("/entries/a", "1", "If-Match", tag);
    assertEquals(400, answer.statusCode());
    assertEquals("bad-header", problem(answer));
  }

  @Test
  void jsonIsCheckedAndKeptAsSent() {
    var text = " {\"a\" : 1.10,\n \"b\":[ ]} ";
    api.put("/entries/a", text, "Content-Type", "application/json");
    var back = api.get("/entries/a");
    assertEquals(text, back.body());
    assertEquals("application/json", back.headers().firstValue("Content-Type").orElseThrow());
    for (var bad : new String[] {"", "{", "{} {}", "{'a':1}", "nul", "[1,]", "\"\u0001\""}) {
      var refused = api.put("/entries/a", bad, "Content-Type", "application/json;charset=utf-8");
      assertEquals(400, refused.statusCode(), bad);
      assertEquals("malformed", problem(refused));
    }
    assertEquals(text, api.get("/entries/a").body());
  }

  @Test
  void contentTypesThatAreNoneAreRefused() {
    assertEquals(400, api.put("/entries/a", "1", "Content-Type", "nonsense").statusCode());
    assertEquals(
        400,
        api.put("/entries/a", "1", "Content-Type", "text/plain;" + "x".repeat(300)).statusCode());
  }

  @Test
  void anUnknownCacheIsNamed() {
    var answer = api.send(api.at("/v1/caches/other/entries/a"));
    assertEquals(404, answer.statusCode());
    assertEquals("no-cache", problem(answer));
    assertTrue(json(answer).get("detail").asString().contains("'other'"));
  }

  @Test
  void theOperationOfTheClientGoesToWatchers() {
    var log = new EventLog("e", 10, 1_000, () -> {});
    api.database().watch(log);
    api.put("/entries/a", "1", "Larder-Operation", "77");
    api.put("/entries/a", "2");
    var events = log.from(1, 10);
    assertEquals(77, events.get(0).operation());
    assertEquals(0, events.get(1).operation());
    assertEquals(400, api.put("/entries/a", "1", "Larder-Operation", "0").statusCode());
  }

  @Test
  void readsCountAndPeeksDoNot() {
    api.put("/entries/a", "1");
    api.get("/entries/a");
    api.get("/entries/b");
    api.get("/entries/a?touch=peek");
    var stats = api.database().stats();
    assertEquals(1, stats.hits());
    assertEquals(1, stats.misses());
    assertEquals(1, stats.puts());
    assertEquals(400, api.get("/entries/a?touch=fill").statusCode());
  }

  @Test
  void keysAndValuesBeyondTheLimitsAreRefused() {
    var small = Limits.DEFAULT;
    var limits =
        new Limits(
            8,
            16,
            small.connections(),
            small.requestBytes(),
            small.batch(),
            small.outputBytes(),
            small.idle(),
            small.handshake(),
            small.waiting());
    try (var tight = new ApiServer(limits)) {
      assertEquals(201, tight.put("/entries/12345678", "1234567890123456").statusCode());
      assertEquals("bad-key", problem(tight.put("/entries/123456789", "1")));
      assertEquals("too-large", problem(tight.put("/entries/a", "12345678901234567")));
      assertNull(tight.database().snapshot(key("a"), Touch.PEEK));
    }
  }
}
