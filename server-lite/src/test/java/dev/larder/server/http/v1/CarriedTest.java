package dev.larder.server.http.v1;

import static dev.larder.server.http.v1.ApiServer.json;
import static dev.larder.server.http.v1.ApiServer.key;
import static dev.larder.server.http.v1.ApiServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.spi.Touch;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** The schema version and the weight that values carry, on every way in and out. */
class CarriedTest {
  private final ApiServer api = new ApiServer();

  @AfterEach
  void close() {
    assertEquals(List.of(), api.server().failures());
    api.close();
  }

  private HttpResponse<String> send(String cache, String... operations) {
    var body = "{'operations':[" + String.join(",", operations) + "]}";
    return api.send(
        api.at("/v1/caches/" + cache + "/batch")
            .POST(BodyPublishers.ofString(body.replace('\'', '"'))));
  }

  private JsonNode run(String... operations) {
    var answer = send("default", operations);
    assertEquals(200, answer.statusCode(), answer.body());
    return json(answer).get("results");
  }

  private HttpResponse<String> open(String name, String settings) {
    return api.send(
        api.at("/v1/caches/" + name).PUT(BodyPublishers.ofString(settings.replace('\'', '"'))));
  }

  private static void carries(int schema, int weight, JsonNode value) {
    assertEquals(schema, value.path("schema").asInt(0), value::toString);
    assertEquals(weight, value.path("weight").asInt(1), value::toString);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'op':'put','key':'a','value':1,'schema':3,'weight':50}",
        "{'op':'put-with','key':'a','value':1,'ttl':1000,'schema':3,'weight':50}",
        "{'op':'get-and-put','key':'a','value':1,'schema':3,'weight':50}",
        "{'op':'put-if-absent','key':'a','value':1,'schema':3,'weight':50}",
        "{'op':'put','key':'a','value64':'AP8=','type':'a/b','schema':3,'weight':50}",
        "{'op':'put-back','key':'a','value':1,'ttl':1000,'schema':3,'weight':50}",
        "{'op':'increment','key':'a','schema':3,'weight':50}",
      })
  void everyOperationThatWritesTakesThem(String operation) {
    var results = run(operation, "{'op':'get','key':'a'}", "{'op':'remove','key':'a'}");
    carries(3, 50, results.get(1));
    carries(3, 50, results.get(2).get("previous"));
  }

  @Test
  void thoseThatNeedAnEntryOrATokenTakeThemToo() {
    var first =
        run(
            "{'op':'put','key':'a','value':1,'schema':1}",
            "{'op':'replace','key':'a','value':2,'schema':2,'weight':0}",
            "{'op':'get','key':'a'}",
            "{'op':'get','key':'f','touch':'fill'}");
    carries(1, 1, first.get(1).get("previous"));
    carries(2, 0, first.get(2));
    var version = first.get(1).get("version").asLong();
    var token = first.get(3).get("token").asLong();
    var then =
        run(
            "{'op':'at','key':'a','ifVersion':"
                + version
                + ",'action':'write','value':3,'schema':2147483647,'weight':2147483647}",
            "{'op':'get','key':'a'}",
            "{'op':'fill','key':'f','token':" + token + ",'value':1,'schema':7,'weight':9}",
            "{'op':'get','key':'f'}",
            "{'op':'put','key':'a','value':4,'ifAbsent':true,'previous':true}");
    carries(Integer.MAX_VALUE, Integer.MAX_VALUE, then.get(1));
    carries(7, 9, then.get(3));
    carries(Integer.MAX_VALUE, Integer.MAX_VALUE, then.get(4).get("previous"));
  }

  @Test
  void theUsualIsLeftOut() {
    var results =
        run("{'op':'put','key':'a','value':1,'schema':0,'weight':1}", "{'op':'get','key':'a'}");
    assertFalse(results.get(1).has("schema"));
    assertFalse(results.get(1).has("weight"));
    var headers = api.get("/entries/a").headers();
    assertTrue(headers.firstValue("Larder-Schema").isEmpty());
    assertTrue(headers.firstValue("Larder-Weight").isEmpty());
    carries(0, 1, run("{'op':'increment','key':'a'}", "{'op':'get','key':'a'}").get(1));
  }

  @Test
  void aNumberKeepsWhatItCarries() {
    var results =
        run(
            "{'op':'put','key':'n','value':1,'schema':3,'weight':50}",
            "{'op':'increment','key':'n','schema':4}",
            "{'op':'get','key':'n'}");
    carries(3, 50, results.get(2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "2147483648", "9223372036854775808", "1.5", "'1'", "null", "true"})
  void whatIsNoSuchNumberIsRefusedAndNothingIsDone(String given) {
    for (var name : List.of("schema", "weight")) {
      var answer =
          send(
              "default",
              "{'op':'put','key':'b','value':1}",
              "{'op':'put','key':'a','value':1,'" + name + "':" + given + "}");
      assertEquals(400, answer.statusCode(), answer.body());
      assertEquals("malformed", problem(answer));
      assertTrue(answer.body().contains("operation 1"), answer.body());
      assertTrue(answer.body().contains(name), answer.body());
      assertTrue(answer.body().contains("from 0 to 2147483647"), answer.body());
      assertEquals(0, api.database().size());
    }
  }

  @Test
  void theyAreMembersInCborToo() throws Exception {
    var cbor = new CBORMapper();
    run("{'op':'put','key':'a','value':1,'schema':3,'weight':50}");
    var asked = cbor.createObjectNode();
    var get = asked.putArray("operations").addObject();
    get.put("op", "get").put("key", "a");
    var put = asked.withArray("operations").addObject();
    put.put("op", "put").put("key", "b").put("schema", 5).put("weight", 6);
    put.put("value", new byte[] {1});
    var told =
        cbor.readTree(
            api.bytes(
                api.to("/batch")
                    .header("Content-Type", "application/cbor")
                    .POST(BodyPublishers.ofByteArray(cbor.writeValueAsBytes(asked)))));
    carries(3, 50, told.get("results").get(0));
    var meta = api.database().snapshot(key("b"), Touch.PEEK).value().meta();
    assertEquals(5, meta.schema());
    assertEquals(6, meta.weight());
  }

  @Test
  void singleEntriesHaveHeadersForThem() {
    api.put("/entries/a", "x", "Larder-Schema", "3", "Larder-Weight", "50");
    for (var request :
        List.of(
            api.to("/entries/a").GET(),
            api.to("/entries/a").method("HEAD", BodyPublishers.noBody()))) {
      var headers = api.send(request).headers();
      assertEquals("3", headers.firstValue("Larder-Schema").orElseThrow());
      assertEquals("50", headers.firstValue("Larder-Weight").orElseThrow());
    }
    for (var header : List.of("Larder-Schema", "Larder-Weight")) {
      for (var bad : List.of("-1", "x", "2147483648", "")) {
        var answer = api.put("/entries/b", "x", header, bad);
        assertEquals(400, answer.statusCode());
        assertEquals("bad-header", problem(answer));
        assertTrue(answer.body().contains(header), answer.body());
        assertTrue(answer.body().contains("0 to 2147483647"), answer.body());
      }
    }
    assertEquals(404, api.get("/entries/b").statusCode());
  }

  @Test
  void scansShowThemWithValues() {
    run("{'op':'put','key':'a','value':1,'schema':3,'weight':50}");
    carries(3, 50, json(api.get("/entries?values=true")).get("entries").get(0));
    carries(0, 1, json(api.get("/entries")).get("entries").get(0));
  }

  @Test
  void leasesShowThemAndTheirHoldersWriteThem() {
    run("{'op':'put','key':'a','value':1,'schema':3,'weight':50}");
    var lease = json(api.post("/leases/a", ""));
    carries(3, 50, lease.get("entry"));
    var path = "/leases/a/" + lease.get("lease").asString() + "?do=write";
    for (var bad : List.of("&schema=-1", "&weight=x", "&weight=2147483648")) {
      assertEquals("bad-parameter", problem(api.put(path + bad, "2")));
    }
    assertEquals(200, api.put(path + "&schema=4&weight=60", "2").statusCode());
    carries(4, 60, run("{'op':'get','key':'a'}").get(0));
  }

  @Test
  void eventsTellThemBesideTheirValues() {
    try (var stream = new EventStream(api.stream(api.to("/events?values=true&old=true").GET()));
        var bare = new EventStream(api.stream(api.to("/events").GET()))) {
      stream.next();
      bare.next();
      run(
          "{'op':'put','key':'a','value':1,'schema':3,'weight':50}",
          "{'op':'put','key':'a','value':1,'schema':4}");
      var created = stream.next().data();
      carries(3, 50, created);
      assertFalse(created.has("oldSchema"));
      var updated = stream.next().data();
      carries(4, 1, updated);
      assertEquals(3, updated.get("oldSchema").asInt());
      assertEquals(50, updated.get("oldWeight").asInt());
      carries(0, 1, bare.next().data());
      assertFalse(bare.next().data().has("oldSchema"));
    }
  }

  @Test
  void valuesWhoseWriterSaidNothingAreOfTheSchemaOfTheCache() {
    assertEquals(201, open("c", "{'schemaVersion':3}").statusCode());
    var results =
        json(send(
                "c",
                "{'op':'put','key':'a','value':1}",
                "{'op':'get','key':'a'}",
                "{'op':'put','key':'b','value':1,'schema':0}",
                "{'op':'get','key':'b'}"))
            .get("results");
    carries(3, 1, results.get(1));
    carries(0, 1, results.get(3));
  }

  @Test
  void weightsCountAgainstTheBoundByWeight() {
    assertEquals(201, open("c", "{'maximumWeight':100,'policy':'lru'}").statusCode());
    for (var key : List.of("a", "b", "d")) {
      send("c", "{'op':'put','key':'" + key + "','value':1,'weight':40}");
    }
    var whole = json(api.send(api.at("/v1/caches/c")));
    assertEquals(100, whole.get("settings").get("maximumWeight").asInt());
    assertEquals(2, whole.get("size").asInt());
    assertEquals(80, whole.get("store").get("weight").asInt());
    assertEquals(80, whole.get("stats").get("weight").asInt());
    carries(0, 40, json(send("c", "{'op':'get','key':'d'}")).get("results").get(0));
  }
}
