package dev.larder.server.http.v1;

import static dev.larder.server.http.v1.ApiServer.json;
import static dev.larder.server.http.v1.ApiServer.key;
import static dev.larder.server.http.v1.ApiServer.problem;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.core.Limits;
import dev.larder.spi.Touch;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Longer than the house likes because each operation of a batch is shown, in both formats. */
class BatchRoutesTest {
  private static final ObjectMapper CBOR = new CBORMapper();
  private static final String BATCH = "/v1/caches/default/batch";

  private final ApiServer api = new ApiServer();

  @AfterEach
  void close() {
    assertEquals(List.of(), api.server().failures());
    api.close();
  }

  /** The results of operations written in JSON with single quotes. */
  private JsonNode run(String... operations) {
    return runIn("default", operations);
  }

  private JsonNode runIn(String cache, String... operations) {
    var answer = send("/v1/caches/" + cache + "/batch", operations);
    assertEquals(200, answer.statusCode(), answer.body());
    return json(answer).get("results");
  }

  private java.net.http.HttpResponse<String> send(String path, String... operations) {
    var body = "{\"operations\":[" + String.join(",", operations).replace('\'', '"') + "]}";
    var request = api.at(path).POST(BodyPublishers.ofString(body));
    return api.send(request.header("Content-Type", "application/json"));
  }

  private static int status(JsonNode results, int index) {
    return results.get(index).get("status").asInt();
  }

  private String value(String key) {
    var found = api.database().snapshot(key(key), Touch.PEEK);
    return found == null ? null : new String(found.value().array(), StandardCharsets.UTF_8);
  }

  @Test
  void operationsAreDoneInOrderAndOneThatFailsStopsNone() {
    var results =
        run(
            "{'op':'put','key':'a','value':{'x':[1,2]}}",
            "{'op':'get','key':'a'}",
            "{'op':'put','key':'a','value':2,'ifAbsent':true}",
            "{'op':'increment','key':'a'}",
            "{'op':'get','key':'b'}",
            "{'op':'put','key':'b','value64':'AP8=','type':'image/png'}",
            "{'op':'get','key':'b'}");
    assertEquals(201, status(results, 0));
    assertEquals(200, status(results, 1));
    assertEquals("{\"x\":[1,2]}", results.get(1).get("value").toString());
    assertEquals(results.get(0).get("version"), results.get(1).get("version"));
    assertEquals(412, status(results, 2));
    assertEquals(results.get(0).get("version"), results.get(2).get("version"));
    assertEquals(422, status(results, 3));
    assertEquals(404, status(results, 4));
    assertTrue(results.get(4).has("missing"));
    assertEquals(201, status(results, 5));
    assertEquals("AP8=", results.get(6).get("value64").asString());
    assertEquals("image/png", results.get(6).get("type").asString());
  }

  @Test
  void everyVerbOfTheStoreHasItsOperation() {
    var results =
        run(
            "{'op':'put-with','key':'a','value':1,'ttl':5000}",
            "{'op':'get-and-put','key':'a','value':2}",
            "{'op':'put-if-absent','key':'a','value':3}",
            "{'op':'put-if-absent','key':'n','value':3}",
            "{'op':'replace','key':'a','value':4}",
            "{'op':'replace','key':'none','value':4}",
            "{'op':'touch','key':'a'}",
            "{'op':'touch','key':'none'}",
            "{'op':'touch-until','key':'a','ttl':70}",
            "{'op':'get','key':'a'}",
            "{'op':'remove','key':'a'}",
            "{'op':'remove','key':'a'}",
            "{'op':'delete','key':'n'}",
            "{'op':'put-back','key':'p','value':7,'ttl':900,'own':true}",
            "{'op':'put-back','key':'p','value':8,'ttl':900}",
            "{'op':'get','key':'p'}");
    var expected =
        new int[] {201, 200, 412, 201, 200, 412, 200, 404, 200, 200, 200, 404, 200, 201, 412, 200};
    for (var i = 0; i < expected.length; i++) {
      assertEquals(expected[i], status(results, i), "operation " + i + ": " + results.get(i));
    }
    assertEquals(1, results.get(1).get("previous").get("value").asInt());
    assertEquals(5000, results.get(1).get("previous").get("ttl").asInt());
    assertEquals(2, results.get(2).get("previous").get("value").asInt());
    assertEquals(2, results.get(4).get("previous").get("value").asInt());
    assertEquals(0, results.get(5).get("version").asInt());
    assertEquals(70, results.get(9).get("ttl").asInt());
    assertEquals(4, results.get(10).get("previous").get("value").asInt());
    assertFalse(results.get(11).has("previous"));
    assertEquals(900, results.get(15).get("ttl").asInt());
    assertEquals(7, results.get(15).get("value").asInt());
  }

  @Test
  void atChangesOneVersionOnly() {
    var version = run("{'op':'put','key':'a','value':1}").get(0).get("version").asLong();
    var results =
        run(
            "{'op':'at','key':'a','ifVersion':" + (version + 1) + ",'action':'remove'}",
            "{'op':'at','key':'a','ifVersion':" + version + ",'action':'touch','ttl':50}",
            "{'op':'at','key':'a','ifVersion':" + version + ",'action':'write','value':2}",
            "{'op':'at','key':'a','ifVersion':" + version + ",'action':'remove'}");
    assertEquals(412, status(results, 0));
    assertEquals(version, results.get(0).get("version").asLong());
    assertEquals(200, status(results, 1));
    assertEquals(200, status(results, 2));
    assertEquals(412, status(results, 3));
    assertEquals("2", value("a"));
  }

  @Test
  void incrementsKeepTypeAndLife() {
    api.put("/entries/n?ttl=10s", "41", "Content-Type", "text/plain");
    var results =
        run(
            "{'op':'increment','key':'n'}",
            "{'op':'get','key':'n'}",
            "{'op':'increment','key':'m','by':-5,'initial':100}",
            "{'op':'increment','key':'m','by':9223372036854775807}",
            "{'op':'increment','key':'m','by':9223372036854775807}");
    assertEquals(42, results.get(0).get("number").asInt());
    assertEquals("text/plain", results.get(1).get("type").asString());
    assertEquals(10_000, results.get(1).get("ttl").asInt());
    assertEquals(201, status(results, 2));
    assertEquals(95, results.get(2).get("number").asInt());
    assertEquals(422, status(results, 3));
    assertEquals(422, status(results, 4));
    assertEquals("95", value("m"));
  }

  @Test
  void aFillWithAnOutdatedTokenStoresNothing() {
    var token = run("{'op':'get','key':'a','touch':'fill'}").get(0).get("token").asLong();
    run("{'op':'put','key':'a','value':1}", "{'op':'delete','key':'a'}");
    var late = run("{'op':'fill','key':'a','token':" + token + ",'value':9}");
    assertEquals(409, status(late, 0));
    assertNull(value("a"));
  }

  @Test
  void aTokenOfADestroyedCacheFillsNothingInTheNextOfItsName() {
    var look = "{'op':'get','key':'a','touch':'fill'}";
    var cache = api.at("/v1/caches/again");
    assertEquals(201, api.send(cache.copy().PUT(BodyPublishers.noBody())).statusCode());
    var old = runIn("again", look).get(0).get("token").asLong();
    assertEquals(204, api.send(cache.copy().DELETE()).statusCode());
    assertEquals(201, api.send(cache.copy().PUT(BodyPublishers.noBody())).statusCode());
    var next = runIn("again", look).get(0).get("token").asLong();
    var fills =
        runIn(
            "again",
            "{'op':'fill','key':'a','token':" + old + ",'value':8}",
            "{'op':'fill','key':'a','token':" + next + ",'value':9}");
    assertEquals(409, status(fills, 0));
    assertEquals(201, status(fills, 1));
  }

  @Test
  void aFillWithItsTokenStoresAndWithoutValueOnlyGivesTheTokenBack() {
    var looks =
        run(
            "{'op':'get','key':'a','touch':'fill'}",
            "{'op':'get','key':'b','touch':'fill'}",
            "{'op':'get','key':'b','touch':'peek'}");
    var a = looks.get(0).get("token").asLong();
    var b = looks.get(1).get("token").asLong();
    assertFalse(looks.get(2).has("token"));
    var fills =
        run(
            "{'op':'fill','key':'a','token':" + a + ",'value':9}",
            "{'op':'fill','key':'b','token':" + b + "}",
            "{'op':'fill','key':'b','token':" + b + ",'value':1}",
            "{'op':'get','key':'a','touch':'fill'}",
            "{'op':'get','key':'a','touch':'refresh'}");
    assertEquals(201, status(fills, 0));
    assertEquals(204, status(fills, 1));
    assertEquals(409, status(fills, 2));
    assertFalse(fills.get(3).has("token"));
    assertTrue(fills.get(4).get("token").asLong() > 0);
    assertEquals(9, fills.get(4).get("value").asInt());
  }

  @Test
  void tokensThatNobodyGivesBackAreTakenBack() {
    var register = new FillRegister(api.database(), api.desk().loads());
    var first = api.database().look(key("k0"), Touch.FILL).fillToken();
    register.issued(key("k0"), first);
    for (var i = 1; i <= FillRegister.MOST; i++) {
      register.issued(key("k" + i), api.database().look(key("k" + i), Touch.FILL).fillToken());
    }
    assertEquals(FillRegister.MOST, register.size());
    assertEquals(409, status(run("{'op':'fill','key':'k0','token':" + first + ",'value':1}"), 0));
    api.advance(FillRegister.LONGEST.plusMillis(1));
    register.issued(key("x"), api.database().look(key("x"), Touch.FILL).fillToken());
    assertEquals(1, register.size());
  }

  @Test
  void aVersionThatTheClientHasIsNotSentAgain() {
    var version = run("{'op':'put','key':'a','value':1}").get(0).get("version").asLong();
    var results =
        run(
            "{'op':'get','key':'a','ifNotVersion':" + version + "}",
            "{'op':'get','key':'a','ifNotVersion':" + (version - 1) + "}");
    assertEquals(304, status(results, 0));
    assertFalse(results.get(0).has("value"));
    assertEquals(200, status(results, 1));
  }

  @Test
  void jsonIsStoredByteForByte() {
    for (var text :
        new String[] {
          "{ \"a\" : [ 1.10 , \"\\u00e9\\n\" ] , \"b\" : {} }",
          "\"plain \\\" text\"",
          "1.50",
          "-0",
          "123456789012345678901234567890",
          "true",
          "null",
          "[]",
          "\"\u00e9\""
        }) {
      var body = "{\"operations\":[{\"op\":\"put\",\"value\": " + text + " ,\"key\":\"j\"}]}";
      var answer = api.post("/batch", body, "Content-Type", "application/json");
      assertEquals(200, answer.statusCode(), answer.body());
      assertEquals(text, value("j"));
      assertEquals("application/json", contentType("j"));
    }
    assertEquals("\"\u00e9\"", api.get("/entries/j").body());
  }

  private String contentType(String key) {
    return api.database().snapshot(key(key), Touch.PEEK).value().meta().contentType();
  }

  private byte[] cbor(Consumer<JsonGenerator> writer) {
    var out = new ByteArrayOutputStream();
    try (var generator = Formats.CBOR.generator(out)) {
      generator.writeStartObject();
      generator.writeName("operations");
      generator.writeStartArray();
      writer.accept(generator);
      generator.writeEndArray();
      generator.writeEndObject();
    }
    return out.toByteArray();
  }

  @Test
  void cborCarriesBytesAsTheyAre() {
    var key = new byte[] {0, -1};
    var value = new byte[300_000];
    value[5] = 7;
    var body =
        cbor(
            out -> {
              out.writeStartObject();
              out.writeStringProperty("op", "put");
              out.writeName("key");
              out.writeBinary(key);
              out.writeName("value");
              out.writeBinary(value);
              out.writeNumberProperty("ttl", 1_000);
              out.writeEndObject();
              out.writeStartObject();
              out.writeStringProperty("op", "get");
              out.writeName("key");
              out.writeBinary(key);
              out.writeEndObject();
            });
    var answer =
        CBOR.readTree(
            api.bytes(
                api.to("/batch")
                    .header("Content-Type", "application/cbor")
                    .POST(BodyPublishers.ofByteArray(body))));
    var got = answer.get("results").get(1);
    assertArrayEquals(value, got.get("value").binaryValue());
    assertEquals(1_000, got.get("ttl").asInt());
    assertFalse(got.has("type"));
  }

  @Test
  void acceptChoosesTheFormOfTheAnswer() {
    api.put("/entries/a", "[1]", "Content-Type", "application/json");
    var request =
        api.to("/batch")
            .headers("Content-Type", "application/json", "Accept", "application/cbor")
            .POST(BodyPublishers.ofString("{\"operations\":[{\"op\":\"get\",\"key\":\"a\"}]}"));
    var got = CBOR.readTree(api.bytes(request)).get("results").get(0);
    assertEquals("[1]", new String(got.get("value").binaryValue(), StandardCharsets.UTF_8));
    assertEquals("application/json", got.get("type").asString());
  }

  @Test
  void bytesThatClaimToBeJsonAreRefusedOrShownAsBytes() {
    var bad = send(BATCH, "{'op':'put','key':'a','value64':'e3s=','type':'application/json'}");
    assertEquals(400, bad.statusCode());
    var contents = api.database().contents();
    api.desk()
        .change(
            key("a"),
            Edit.write(
                contents.of(new byte[] {'{', '{'}, "application/json"),
                dev.larder.Life.UNCHANGED,
                Condition.NONE,
                false));
    var got = run("{'op':'get','key':'a'}").get(0);
    assertEquals("e3s=", got.get("value64").asString());
    assertEquals("application/json", got.get("type").asString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "{'operations':{}}",
        "{'operations':[1]}",
        "{'operations':[{}]}",
        "{'operations':[{'op':'get'}]}",
        "{'operations':[{'op':'get','key':''}]}",
        "{'operations':[{'op':'got','key':'a'}]}",
        "{'operations':[{'op':'put','key':'a'}]}",
        "{'operations':[{'op':'put','key':'a','value':1,'ifAbsent':true,'ifVersion':1}]}",
        "{'operations':[{'op':'put','key':'a','value':1,'ttl':-1}]}",
        "{'operations':[{'op':'put','key':'a','value':1,'ttl':1.5}]}",
        "{'operations':[{'op':'put','key':'a','value':1,'ttl':'1h'}]}",
        "{'operations':[{'op':'put','key':'a','value':1,'ttl':3153600000001}]}",
        "{'operations':[{'op':'put','key':'a','value':1,'color':'red'}]}",
        "{'operations':[{'op':'put','key':'a','value64':'%%%'}]}",
        "{'operations':[{'op':'put','key':'a','value64':1}]}",
        "{'operations':[{'op':'put','key':'a','value64':'AA==','type':'x'}]}",
        "{'operations':[{'op':'put','key':1,'value':1}]}",
        "{'operations':[{'op':'put','key':'\\ud800','value':1}]}",
        "{'operations':[{'op':'put','key':'x\\udc00\\ud800','value':1}]}",
        "{'operations':[{'op':'at','key':'a','action':'write','value':1}]}",
        "{'operations':[{'op':'at','key':'a','ifVersion':1}]}",
        "{'operations':[{'op':'touch-until','key':'a'}]}",
        "{'operations':[{'op':'increment','key':'a','by':9223372036854775808}]}",
        "{'operations':[],'more':1}",
        "{'operations':[]} x",
        "{'operations':[",
      })
  void malformedBatchesAreRefusedAndChangeNothing(String body) {
    var whole = body.replace('\'', '"');
    var valid = "{\"op\":\"put\",\"key\":\"a\",\"value\":1},";
    for (var sent : List.of(whole, whole.replace("[{", "[" + valid + "{"))) {
      var answer = api.post("/batch", sent, "Content-Type", "application/json");
      assertEquals(400, answer.statusCode(), sent);
      assertEquals("malformed", problem(answer));
    }
    assertNull(value("a"));
  }

  @Test
  void nestingIsBounded() {
    var deep = "[".repeat(1_000_000);
    assertEquals(400, send(BATCH, "{'op':'put','key':'a','value':" + deep).statusCode());
    var fine = "[".repeat(150) + "]".repeat(150);
    assertEquals(200, send(BATCH, "{'op':'put','key':'a','value':" + fine + "}").statusCode());
    assertEquals(201, api.put("/entries/b", "1").statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "a1, 400", // a map that ends
    "bf6a6f7065726174696f6e739fbf, 400", // endless maps that end
    "a16a6f7065726174696f6e739b7fffffffffffffff, 400", // a list that says it is endless
    "a16a6f7065726174696f6e7381a1636b65795b7fffffffffffffff, 400", // a key of 2^63 bytes
    "a16a6f7065726174696f6e7381a1636b65795a7fffffff, 400", // a key of 2 GiB
    "ff, 400",
    "f6, 400",
    "a16a6f7065726174696f6e7380, 200", // no operations
  })
  void hostileCborIsRefused(String hex, int status) {
    var answer =
        api.send(
            api.to("/batch")
                .headers("Content-Type", "application/cbor", "Accept", "application/json")
                .POST(BodyPublishers.ofByteArray(java.util.HexFormat.of().parseHex(hex))));
    assertEquals(status, answer.statusCode(), answer.body());
  }

  @Test
  void otherContentTypesAreRefused() {
    var answer = api.post("/batch", "operations: []", "Content-Type", "application/yaml");
    assertEquals(415, answer.statusCode());
    assertEquals("content-type", problem(answer));
  }

  @Test
  void whatCurlSaysWithoutBeingAskedIsTakenAsJson() {
    var form = "application/x-www-form-urlencoded";
    var answer = api.post("/batch", "{\"operations\":[]}", "Content-Type", form);
    assertEquals(200, answer.statusCode());
  }

  private static Limits limits(int batch, int outputBytes) {
    var usual = Limits.DEFAULT;
    return new Limits(
        usual.keyBytes(),
        usual.valueBytes(),
        usual.connections(),
        usual.requestBytes(),
        batch,
        outputBytes,
        usual.idle(),
        usual.handshake(),
        usual.waiting());
  }

  @Test
  void tooManyOperationsAndTooLargeAnswersAreRefused() {
    try (var tight = new ApiServer(limits(3, 1_000))) {
      var get = "{\"op\":\"get\",\"key\":\"a\"}";
      tight.put("/entries/a", "x".repeat(600));
      var body = "{\"operations\":[" + get + "," + get + "," + get + "]}";
      var results = json(tight.post("/batch", body)).get("results");
      assertEquals(200, status(results, 0));
      assertEquals(200, status(results, 1));
      assertEquals(413, status(results, 2));
      var more = body.replace("]}", "," + get + "]}");
      var refused = tight.post("/batch", more);
      assertEquals(413, refused.statusCode());
      assertEquals("too-large", problem(refused));
    }
  }

  @Test
  void longBatchesAreDoneInOrderToo() {
    var operations = new String[5_000];
    java.util.Arrays.fill(operations, "{'op':'increment','key':'n'}");
    var results = run(operations);
    for (var i = 0; i < operations.length; i++) {
      assertEquals(i + 1, results.get(i).get("number").asInt());
    }
  }

  @Test
  void eachOperationHasItsNameForTheEvents() {
    var log = new EventLog("e", 10, 1_000, () -> {});
    api.database().watch(log);
    var body =
        "{\"operations\":[{\"op\":\"put\",\"key\":\"a\",\"value\":1,\"operation\":5},"
            + "{\"op\":\"put\",\"key\":\"b\",\"value\":1}]}";
    api.post("/batch", body, "Content-Type", "application/json", "Larder-Operation", "9");
    assertEquals(List.of(5L, 9L), log.from(1, 9).stream().map(LogEvent::operation).toList());
  }

  @Test
  void whatTheRuleOfTheCacheGivesIsToldWithTheWrite() {
    api.send(api.at("/v1/caches/ruled").PUT(BodyPublishers.ofString("{\"timeToLive\":\"10s\"}")));
    var answer =
        api.send(
            api.at("/v1/caches/ruled/batch")
                .POST(
                    BodyPublishers.ofString(
                        "{\"operations\":[{\"op\":\"put\",\"key\":\"a\",\"value\":1}]}")));
    assertEquals(10_000, json(answer).get("results").get(0).get("ttl").asInt());
  }

  @Test
  void aLeasedKeyIsSaidAndTheOthersAreDone() {
    var lease = json(api.post("/leases/a", "")).get("lease").asString();
    var results =
        run(
            "{'op':'put','key':'a','value':1}",
            "{'op':'put','key':'b','value':1}",
            "{'op':'get','key':'a'}");
    assertEquals(423, status(results, 0));
    assertEquals(30_000, results.get(0).get("left").asInt());
    assertEquals(201, status(results, 1));
    assertEquals(404, status(results, 2));
    api.delete("/leases/a/" + lease);
    assertEquals(201, status(run("{'op':'put','key':'a','value':1}"), 0));
  }

  @Test
  void aBatchThatWaitsIsDoneWhenTheLeaseEnds() {
    var lease = json(api.post("/leases/a", "")).get("lease").asString();
    var batch =
        api.later(
            api.to("/batch?wait=20s")
                .POST(
                    BodyPublishers.ofString(
                        "{\"operations\":[{\"op\":\"put\",\"key\":\"a\",\"value\":1},"
                            + "{\"op\":\"put\",\"key\":\"b\",\"value\":1}]}")));
    Await.until(() -> value("b") != null);
    assertFalse(batch.isDone());
    api.delete("/leases/a/" + lease);
    var results = json(batch.join()).get("results");
    assertEquals(201, status(results, 0));
    assertEquals("1", value("a"));
  }

  @Test
  void aBatchThatWaitedInVainSaysSo() {
    api.post("/leases/a?atMost=60s", "");
    var batch =
        api.later(
            api.to("/batch?wait=1s")
                .POST(
                    BodyPublishers.ofString(
                        "{\"operations\":[{\"op\":\"put\",\"key\":\"a\",\"value\":1}]}")));
    Await.until(() -> api.desk().leases().waiting() == 1);
    api.advance(Duration.ofSeconds(1));
    assertEquals(423, status(json(batch.join()).get("results"), 0));
    assertNull(value("a"));
  }
}
