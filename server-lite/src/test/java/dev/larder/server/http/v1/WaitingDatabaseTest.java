package dev.larder.server.http.v1;

import static dev.larder.server.http.v1.ApiServer.json;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.core.Databases;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same contract over a store that waits for a disk. */
class WaitingDatabaseTest {
  private final ApiServer api = new ApiServer();

  @BeforeEach
  void open(@TempDir Path directory) {
    var spec =
        Databases.spec("d")
            .topology("disk")
            .option("disk.path", directory.resolve("d.db").toString())
            .build();
    assertTrue(api.server().databases().create(spec).waits());
  }

  @AfterEach
  void close() {
    assertEquals(List.of(), api.server().failures());
    api.close();
  }

  private HttpRequest.Builder to(String path) {
    return api.at("/v1/caches/d" + path);
  }

  private HttpResponse<String> put(String path, String body, String... headers) {
    var request = to(path).PUT(BodyPublishers.ofString(body));
    return api.send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpResponse<String> post(String path, String body) {
    return api.send(to(path).POST(BodyPublishers.ofString(body)));
  }

  /** Forbidden: a value is a miss for who wrote it, since the disk expects another schema. */
  @Test
  void whatValuesCarryIsKept() {
    put("/entries/a", "1", "Larder-Schema", "3", "Larder-Weight", "50");
    put("/entries/b", "1");
    put("/entries/c", "1", "Larder-Schema", "4");
    var read = api.send(to("/entries/a"));
    assertEquals("3", read.headers().firstValue("Larder-Schema").orElseThrow());
    assertEquals("50", read.headers().firstValue("Larder-Weight").orElseThrow());
    assertEquals(3, json(api.send(to("/entries"))).get("entries").size());
    assertEquals(204, put("/entries/a", "2", "If-Match", ApiServer.tag(read)).statusCode());
    assertTrue(api.send(to("/entries/a")).headers().firstValue("Larder-Schema").isEmpty());
  }

  @Test
  void oneLoadsAndTheOthersWait() {
    var get =
        "{\"operations\":[{\"op\":\"get\",\"key\":\"a\",\"touch\":\"fill\",\"single\":9000}]}";
    var token = json(post("/batch", get)).at("/results/0/token").asLong();
    assertTrue(token != 0);
    assertEquals(9_000, json(post("/batch", get)).at("/results/0/loading").asInt());
    var waiting = api.later(to("/loads/a?wait=60").GET());
    Await.until(() -> api.desk("d").loads().waiting() == 1);
    var fill =
        "{\"operations\":[{\"op\":\"fill\",\"key\":\"a\",\"value\":1,\"token\":" + token + "}]}";
    assertEquals(201, json(post("/batch", fill)).at("/results/0/status").asInt());
    assertEquals(204, waiting.join().statusCode());
    assertEquals(1, json(post("/batch", get)).at("/results/0/value").asInt());
  }

  @Test
  void marksComeAfterWhatWasChanged() {
    try (var stream = new EventStream(api.stream(to("/events").GET()))) {
      var listener = stream.next().data().get("listener").asString();
      for (var number = 1; number <= 20; number++) {
        put("/entries/a", "1");
        assertEquals(204, post("/events/" + listener + "/mark?number=" + number, "").statusCode());
        assertTrue(stream.next().type().endsWith("ated"));
        var mark = stream.next();
        assertEquals(number, mark.data().get("number").asInt());
      }
    }
  }

  @Test
  void versionsConditionsAndLivesHold() {
    var created = put("/entries/a?ttl=10s", "1", "If-None-Match", "*");
    assertEquals(201, created.statusCode());
    var tag = ApiServer.tag(created);
    var read = api.send(to("/entries/a"));
    assertEquals(tag, ApiServer.tag(read));
    assertEquals("10000", read.headers().firstValue("Larder-Ttl").orElseThrow());
    var updated = put("/entries/a", "2", "If-Match", tag);
    assertEquals(204, updated.statusCode());
    assertNotEquals(tag, ApiServer.tag(updated));
    var late = put("/entries/a", "3", "If-Match", tag);
    assertEquals(412, late.statusCode());
    assertEquals(ApiServer.tag(updated), ApiServer.tag(late));
    assertEquals("2", api.send(to("/entries/a")).body());
    assertEquals(204, api.send(to("/entries/a").DELETE()).statusCode());
    assertEquals(404, api.send(to("/entries/a").DELETE()).statusCode());
  }

  @Test
  void batchesDoAllVerbs() {
    var body =
        "{'operations':[{'op':'put','key':'a','value':1,'ttl':500},{'op':'get','key':'a'},"
            + "{'op':'increment','key':'a'},{'op':'touch-until','key':'a','ttl':900},"
            + "{'op':'get','key':'a'},{'op':'get','key':'b','touch':'fill'},"
            + "{'op':'put-back','key':'p','value':1,'ttl':5},{'op':'remove','key':'a'}]}";
    var results = json(post("/batch", body.replace('\'', '"'))).get("results");
    assertEquals(201, results.get(0).get("status").asInt());
    assertEquals(results.get(0).get("version"), results.get(1).get("version"));
    assertEquals(500, results.get(1).get("ttl").asInt());
    assertEquals(2, results.get(2).get("number").asInt());
    assertEquals(900, results.get(4).get("ttl").asInt());
    assertEquals(2, results.get(4).get("value").asInt());
    assertTrue(results.get(5).get("token").asLong() > 0, results.toString());
    assertEquals(201, results.get(6).get("status").asInt());
    assertEquals(2, results.get(7).get("previous").get("value").asInt());
    var token = results.get(5).get("token").asLong();
    var fill =
        "{\"operations\":[{\"op\":\"fill\",\"key\":\"b\",\"value\":7,\"token\":" + token + "}]}";
    assertEquals(201, json(post("/batch", fill)).get("results").get(0).get("status").asInt());
    assertEquals(409, json(post("/batch", fill)).get("results").get(0).get("status").asInt());
  }

  @Test
  void eventsAndLeasesAndScansWork() {
    try (var stream = new EventStream(api.stream(to("/events?old=true")))) {
      assertEquals("start", stream.next().type());
      var lease = json(post("/leases/a", "")).get("lease").asString();
      var write = api.later(to("/entries/a").PUT(BodyPublishers.ofString("w")));
      Await.until(() -> api.desk("d").leases().waiting() == 1);
      assertEquals(200, put("/leases/a/" + lease + "?do=write", "1").statusCode());
      assertEquals(204, write.join().statusCode());
      assertEquals("created", stream.next().type());
      var updated = stream.next();
      assertEquals("updated", updated.type());
      assertEquals("MQ==", updated.data().get("old64").asString());
      var entries = json(api.send(to("/entries?values=true"))).get("entries");
      assertEquals(1, entries.size());
      assertEquals(updated.data().get("version"), entries.get(0).get("version"));
      assertEquals(204, post("/clear", "").statusCode());
      assertEquals("cleared", stream.next().type());
    }
  }

  @Test
  void aLeaseIsLostToOneWhoKnowsNone() {
    put("/entries/a", "0");
    var first = json(post("/leases/a", "")).get("lease").asString();
    var database = api.server().databases().find("d").orElseThrow();
    database.update(
        ApiServer.key("a"), dev.larder.spi.Verbs.put(), database.contents().raw(new byte[] {'r'}));
    assertEquals(409, put("/leases/a/" + first + "?do=write", "1").statusCode());
    var second = json(post("/leases/a?atMost=1s", "")).get("lease").asString();
    api.advance(Duration.ofSeconds(1));
    assertEquals(409, put("/leases/a/" + second + "?do=write", "1").statusCode());
    assertEquals("r", api.send(to("/entries/a")).body());
  }
}
