package dev.larder.server.http.v1;

import static dev.larder.server.http.v1.ApiServer.json;
import static dev.larder.server.http.v1.ApiServer.key;
import static dev.larder.server.http.v1.ApiServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.spi.Touch;
import dev.larder.spi.Verbs;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LeaseRoutesTest {
  private final ApiServer api = new ApiServer();

  @AfterEach
  void close() {
    assertEquals(List.of(), api.server().failures());
    api.close();
  }

  private JsonNode lease(String query) {
    var answer = api.post("/leases/a" + query, "");
    assertEquals(201, answer.statusCode(), answer.body());
    return json(answer);
  }

  private HttpResponse<String> commit(JsonNode lease, String query, String body) {
    return api.put("/leases/a/" + lease.get("lease").asString() + query, body);
  }

  private String value() {
    var found = api.database().snapshot(key("a"), Touch.PEEK);
    return found == null ? null : new String(found.value().array(), StandardCharsets.UTF_8);
  }

  private CompletableFuture<HttpResponse<String>> waiting(
      int inLine, java.net.http.HttpRequest.Builder request) {
    var answer = api.later(request);
    Await.until(() -> api.desk().leases().waiting() == inLine);
    return answer;
  }

  @Test
  void aLeaseShowsTheEntryAndItsCommitWrites() {
    api.put("/entries/a?ttl=10s", "1", "Content-Type", "text/plain");
    var lease = lease("?atMost=7s");
    assertEquals(7_000, lease.get("left").asLong());
    assertEquals("MQ==", lease.get("entry").get("value64").asString());
    assertEquals("text/plain", lease.get("entry").get("type").asString());
    assertEquals(10_000, lease.get("entry").get("ttl").asLong());
    var done = commit(lease, "?do=write&ttl=20s", "2");
    assertEquals(200, done.statusCode(), done.body());
    assertEquals(200, json(done).get("status").asInt());
    var entry = api.get("/entries/a");
    assertEquals("2", entry.body());
    assertEquals("20000", entry.headers().firstValue("Larder-Ttl").orElseThrow());
    assertEquals('"' + json(done).get("version").asString() + '"', ApiServer.tag(entry));
  }

  @Test
  void anAbsentKeyCanBeLeasedTouchedRemovedAndKept() {
    var first = lease("");
    assertFalse(first.has("entry"));
    assertEquals(201, json(commit(first, "?do=write", "1")).get("status").asInt());
    assertEquals(200, json(commit(lease(""), "?do=touch&ttl=5s", "")).get("status").asInt());
    assertEquals("5000", api.get("/entries/a").headers().firstValue("Larder-Ttl").orElseThrow());
    assertEquals(200, json(commit(lease(""), "?do=keep", "")).get("status").asInt());
    assertEquals("1", value());
    assertEquals(200, json(commit(lease(""), "?do=remove", "")).get("status").asInt());
    assertNull(value());
    assertEquals(400, commit(lease(""), "?do=what", "").statusCode());
  }

  @Test
  void fencesGrow() {
    var fence = 0L;
    for (var i = 0; i < 5; i++) {
      var lease = lease("");
      assertTrue(lease.get("fence").asLong() > fence, "a later lease has a smaller fence");
      fence = lease.get("fence").asLong();
      api.delete("/leases/a/" + lease.get("lease").asString());
    }
    assertTrue(fence < 1L << 53, "JSON carries it exactly");
  }

  /** Forbidden: a commit after the end changes something. */
  @Test
  void aLeaseThatRanOutChangesNothing() {
    var lease = lease("?atMost=1s");
    api.advance(Duration.ofSeconds(1));
    var late = commit(lease, "?do=write", "late");
    assertEquals(409, late.statusCode());
    assertEquals("lease-lost", problem(late));
    assertNull(value());
  }

  /** Forbidden: the holder commits although its time is over, since no timer ran yet. */
  @Test
  void aLeaseIsOverByTheClockAlone() {
    var lease = lease("?atMost=1s");
    api.server().clock().advance(Duration.ofSeconds(1));
    assertEquals(409, commit(lease, "?do=write", "late").statusCode());
    assertNull(value());
  }

  /** Forbidden: two hold a lease on one key. */
  @Test
  void theSecondWaitsForTheFirst() {
    var first = lease("");
    var second = waiting(1, api.to("/leases/a?wait=60s").POST(BodyPublishers.noBody()));
    assertFalse(second.isDone());
    commit(first, "?do=write", "1");
    var granted = json(second.join());
    assertEquals("MQ==", granted.get("entry").get("value64").asString());
    assertTrue(granted.get("fence").asLong() > first.get("fence").asLong());
    assertEquals(409, commit(first, "?do=write", "2").statusCode());
    assertEquals("1", value());
  }

  @Test
  void whenALeaseRunsOutTheNextBegins() {
    lease("?atMost=1s");
    var second = waiting(1, api.to("/leases/a?wait=60s").POST(BodyPublishers.noBody()));
    api.advance(Duration.ofSeconds(1));
    assertEquals(201, second.join().statusCode());
  }

  @Test
  void whoWaitsInVainIsTold() {
    lease("?atMost=60s");
    var lease = waiting(1, api.to("/leases/a?wait=1s").POST(BodyPublishers.noBody()));
    var write = waiting(2, api.to("/entries/a?wait=1s").PUT(BodyPublishers.ofString("x")));
    api.advance(Duration.ofSeconds(1));
    assertEquals("leased", problem(lease.join()));
    assertEquals(59_000, json(write.join()).get("left").asLong());
    assertEquals(423, write.join().statusCode());
    assertNull(value());
  }

  @Test
  void writersOfALeasedKeyWaitAndReadersDoNot() {
    api.put("/entries/a", "0");
    var lease = lease("");
    var write = waiting(1, api.to("/entries/a").PUT(BodyPublishers.ofString("w")));
    var remove = waiting(2, api.to("/entries/a").DELETE());
    assertEquals("0", api.get("/entries/a").body());
    assertEquals(201, api.put("/entries/b", "1").statusCode());
    commit(lease, "?do=write", "1");
    assertEquals(204, write.join().statusCode());
    assertEquals(204, remove.join().statusCode());
    assertNull(value());
    assertEquals(0, api.desk().leases().waiting());
  }

  /** Forbidden: a lease begins while a writer that was let through before it still writes. */
  @Test
  void aWriterThatWaitedNeverCostsTheNextLease() {
    for (var round = 0; round < 20; round++) {
      var first = lease("");
      var write = waiting(1, api.to("/entries/a").PUT(BodyPublishers.ofString("w" + 0)));
      var second = waiting(2, api.to("/leases/a").POST(BodyPublishers.noBody()));
      commit(first, "?do=keep", "");
      assertTrue(write.join().statusCode() < 300);
      var done = commit(json(second.join()), "?do=remove", "");
      assertEquals(200, done.statusCode(), "the lease was lost to one who waited for it");
    }
  }

  /** Forbidden: what somebody who knows no leases wrote is overwritten by the holder. */
  @Test
  void aWriteByOneWhoKnowsNoLeasesGoesThroughAndTheLeaseIsLost() {
    api.put("/entries/a", "0");
    var lease = lease("");
    var contents = api.database().contents();
    api.database().update(key("a"), Verbs.put(), contents.raw(new byte[] {'r'}));
    var late = commit(lease, "?do=write", "1");
    assertEquals(409, late.statusCode());
    assertEquals("r", value());
    assertEquals(201, api.post("/leases/a", "").statusCode());
  }

  /** Forbidden: a removal that happened between look and commit is undone. */
  @Test
  void aRemovalOrClearByOneWhoKnowsNoLeasesLosesTheLeaseToo() {
    api.put("/entries/a", "0");
    var lease = lease("");
    api.database().update(key("a"), Verbs.delete(), Verbs.Nothing.NOTHING);
    assertEquals(409, commit(lease, "?do=write", "1").statusCode());
    assertNull(value());
    api.put("/entries/a", "0");
    var second = lease("");
    api.post("/clear", "");
    assertEquals(409, commit(second, "?do=write", "1").statusCode());
    assertNull(value());
  }

  @Test
  void anEntryThatExpiredOrWasEvictedMeanwhileCostsNoLease() {
    api.put("/entries/a?ttl=1s", "0");
    var first = lease("");
    api.advance(Duration.ofSeconds(2));
    api.get("/entries/a");
    assertEquals(201, json(commit(first, "?do=write", "1")).get("status").asInt());
    var second = lease("");
    api.post("/evict?entries=10", "");
    assertNull(value());
    assertEquals(200, commit(second, "?do=write", "2").statusCode());
    assertEquals("2", value());
  }

  /** Forbidden: an increment is lost, or made twice. */
  @Test
  void changesUnderLeasesAreOneAfterTheOther() {
    api.put("/entries/a", "0");
    var threads = new ArrayList<CompletableFuture<Void>>();
    for (var thread = 0; thread < 4; thread++) {
      threads.add(CompletableFuture.runAsync(this::increments));
    }
    threads.forEach(CompletableFuture::join);
    assertEquals("80", value());
  }

  private void increments() {
    for (var i = 0; i < 10; i++) {
      var lease = lease("?wait=60s");
      var text = lease.get("entry").get("value64").asString();
      var number =
          Integer.parseInt(
              new String(java.util.Base64.getDecoder().decode(text), StandardCharsets.UTF_8));
      assertEquals(200, commit(lease, "?do=write", "" + (number + 1)).statusCode());
      var batch =
          api.post("/batch?wait=60s", "{\"operations\":[{\"op\":\"increment\",\"key\":\"a\"}]}");
      assertEquals(200, json(batch).get("results").get(0).get("status").asInt());
    }
  }

  @Test
  void aFillTokenCanBeAskedForToo() {
    var token = api.database().look(key("a"), Touch.FILL).fillToken();
    var done = commit(lease(""), "?do=write&token=" + token, "1");
    assertEquals(201, json(done).get("status").asInt());
    var again = commit(lease(""), "?do=write&token=" + token, "2");
    assertEquals(409, json(again).get("status").asInt());
    assertEquals("1", value());
  }

  @Test
  void nothingIsNotedOnceThereAreNoLeases() {
    var lease = lease("");
    api.delete("/leases/a/" + lease.get("lease").asString());
    assertEquals(204, api.delete("/leases/a/unknown").statusCode());
    assertFalse(api.desk().leases().leased(key("a")));
    assertEquals(0, api.desk().leases().left(key("a")));
  }

  @Test
  void theLeasesOfADestroyedCacheEndAndWhoWaitsIsTold() {
    api.send(api.at("/v1/caches/other").PUT(BodyPublishers.noBody()));
    var path = "/v1/caches/other/leases/a";
    api.send(api.at(path).POST(BodyPublishers.noBody()));
    var second = api.later(api.at(path + "?wait=60s").POST(BodyPublishers.noBody()));
    var databases = api.server().databases();
    Await.until(() -> databases.find("other").isPresent() && waitingIn("other") == 1);
    api.send(api.at("/v1/caches/other").DELETE());
    assertEquals("no-cache", problem(second.join()));
  }

  private int waitingIn(String cache) {
    return api.desk(cache).leases().waiting();
  }

  @ParameterizedTest
  @ValueSource(strings = {"?atMost=0", "?atMost=301s", "?atMost=x", "?wait=61s", "?wait=-1"})
  void timesOutOfRangeAreRefused(String query) {
    var answer = api.post("/leases/a" + query, "");
    assertEquals(400, answer.statusCode());
    assertEquals("bad-parameter", problem(answer));
  }
}
