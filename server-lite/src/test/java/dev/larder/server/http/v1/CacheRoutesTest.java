package dev.larder.server.http.v1;

import static dev.larder.server.http.v1.ApiServer.json;
import static dev.larder.server.http.v1.ApiServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CacheRoutesTest {
  private final ApiServer api = new ApiServer();

  @AfterEach
  void close() {
    assertEquals(List.of(), api.server().failures());
    api.close();
  }

  private HttpResponse<String> open(String name, String settings) {
    return api.send(
        api.at("/v1/caches/" + name).PUT(BodyPublishers.ofString(settings.replace('\'', '"'))));
  }

  private HttpResponse<String> patch(String name, String settings) {
    return api.send(
        api.at("/v1/caches/" + name)
            .method("PATCH", BodyPublishers.ofString(settings.replace('\'', '"'))));
  }

  @Test
  void aCacheIsCreatedOnceThenAttachedTo() {
    var settings =
        "{'maximumEntries':5,'maximumBytes':100000,'timeToLive':'10s','policy':'lru',"
            + "'jitter':0.1,'statistics':false,'schemaVersion':3,'cleanupInterval':'0s'}";
    assertEquals(201, open("c", settings).statusCode());
    assertEquals(200, open("c", settings).statusCode());
    assertEquals(200, open("c", "{}").statusCode());
    assertEquals(200, open("c", "").statusCode());
    assertEquals(200, open("c", "{'maximumEntries':5}").statusCode());
    var told = json(api.send(api.at("/v1/caches/c"))).get("settings");
    assertEquals(5, told.get("maximumEntries").asInt());
    assertEquals(10_000, told.get("life").get("onCreate").asInt());
    assertEquals("lru", told.get("policy").asString());
    assertEquals(3, told.get("schemaVersion").asInt());
  }

  @Test
  void otherSettingsAreAConflictThatNamesThem() {
    open("c", "{'maximumEntries':5,'policy':'lru'}");
    var answer = open("c", "{'maximumEntries':6,'policy':'lru','timeToLive':'1s'}");
    assertEquals(409, answer.statusCode());
    assertEquals("different", problem(answer));
    var detail = json(answer).get("detail").asString();
    assertTrue(detail.contains("other settings: maximumEntries is 5, timeToLive is"), detail);
    var different = json(answer).get("different");
    assertEquals(5, different.get("maximumEntries").asInt());
    assertEquals("forever", different.get("timeToLive").get("onCreate").asString());
    assertFalse(different.has("policy"));
  }

  @Test
  void whatHoldsWhenCreatedIsNotComparedLater() {
    var settings = "{'policy':'lru','whenCreated':{'maximumEntries':7,'statistics':false}}";
    assertEquals(201, open("new", settings).statusCode());
    var told = json(api.send(api.at("/v1/caches/new"))).get("settings");
    assertEquals(7, told.get("maximumEntries").asInt());
    assertFalse(told.get("statistics").asBoolean());
    open("there", "{'maximumEntries':5,'policy':'lru'}");
    var attached = open("there", settings);
    assertEquals(200, attached.statusCode());
    assertEquals(5, json(attached).get("settings").get("maximumEntries").asInt());
    assertEquals(409, open("there", settings.replace("lru", "fifo")).statusCode());
  }

  @Test
  void aLifeWithoutEndAttachesWhereNobodyChoseOne() {
    var eternal = "{'life':{}}";
    open("open", "{}");
    assertEquals(200, open("open", eternal).statusCode());
    open("renewed", "{'life':{'onUpdate':'forever'}}");
    assertEquals(409, open("renewed", eternal).statusCode());
    open("short", "{'timeToLive':'5s'}");
    assertEquals(409, open("short", eternal).statusCode());
  }

  @Test
  void whatIsGivenWinsOverWhatHoldsWhenCreated() {
    open("c", "{'maximumEntries':5,'whenCreated':{'maximumEntries':7}}");
    var told = json(api.send(api.at("/v1/caches/c"))).get("settings");
    assertEquals(5, told.get("maximumEntries").asInt());
  }

  @Test
  void lifeComesAsDataToo() {
    var life =
        "{'life':{'onCreate':5000,'onUpdate':-1,'onAccess':7000,'limit':'forever','staleFor':10}}";
    assertEquals(201, open("c", life).statusCode());
    assertEquals(200, open("c", life).statusCode());
    var told = json(api.send(api.at("/v1/caches/c"))).get("settings").get("life");
    assertEquals(7_000, told.get("onAccess").asInt());
    assertEquals(-1, told.get("onUpdate").asInt());
    assertEquals("forever", told.get("limit").asString());
    var path = "/v1/caches/c/entries/a";
    api.send(api.at(path).PUT(BodyPublishers.ofString("1")));
    api.advance(Duration.ofSeconds(1));
    api.send(api.at(path));
    assertEquals("7000", api.send(api.at(path)).headers().firstValue("Larder-Ttl").orElseThrow());
  }

  /** Forbidden: who asks for what is there is told that it differs, or the other way round. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'maximumEntries':5 | 'maximumEntries':6 | maximumEntries",
        "'maximumEntries':5 | 'maximumEntries':'none' | maximumEntries",
        "'maximumEntries':'none' | 'maximumEntries':5 | maximumEntries",
        "'maximumBytes':100000 | 'maximumBytes':100001 | maximumBytes",
        "'maximumBytes':'none' | 'maximumBytes':1 | maximumBytes",
        "'maximumWeight':7 | 'maximumWeight':8 | maximumWeight",
        "'maximumWeight':7 | 'maximumWeight':'none' | maximumWeight",
        "'maximumWeight':'none' | 'maximumWeight':7 | maximumWeight",
        "'timeToLive':'10s' | 'timeToLive':'11s' | timeToLive",
        "'timeToIdle':'10s' | 'timeToLive':'10s' | timeToLive",
        "'life':{} | 'life':{'onUpdate':'forever'} | life",
        "'life':{'onCreate':'forever','onUpdate':-1,'onAccess':-1,'limit':'forever'} | 'life':{'onUpdate':5} | life",
        "'life':{'onCreate':'forever','onUpdate':'forever'} | 'life':{} | life",
        "'life':{'onCreate':9223372036854775807} | 'life':{'onCreate':9223372036854775806} | life",
        "'life':{'onCreate':0} | 'life':{'onCreate':1} | life",
        "'life':{'onCreate':9,'staleFor':1} | 'life':{'onCreate':9,'staleFor':2} | life",
        "'life':{'onCreate':9,'onAccess':9,'limit':10} | 'life':{'onCreate':9,'onAccess':9} | life",
        "'jitter':0.1 | 'jitter':0.2 | jitter",
        "'jitter':0 | 'jitter':1 | jitter",
        "'policy':'lru' | 'policy':'sieve' | policy",
        "'schemaVersion':2 | 'schemaVersion':3 | schemaVersion",
        "'statistics':true | 'statistics':false | statistics",
        "'cleanupInterval':'60s' | 'cleanupInterval':'0s' | cleanupInterval",
        "'topology':'memory' | 'topology':'disk' | topology",
      })
  void equalAndDifferentAreToldApartForEachSetting(String there, String other, String names) {
    assertEquals(201, open("c", "{" + there + "}").statusCode());
    assertEquals(200, open("c", "{" + there + "}").statusCode());
    assertEquals(200, open("c", "").statusCode());
    var answer = open("c", "{" + other + "}");
    assertEquals(409, answer.statusCode(), answer.body());
    assertEquals("different", problem(answer));
    assertEquals(List.of(names), List.copyOf(json(answer).get("different").propertyNames()));
    assertEquals(200, open("c", "{" + there + "}").statusCode(), "asking changed something");
  }

  /** What a client that describes a cache in full says of it. */
  @Test
  void aDescriptionInFullIsMetExactly() {
    var all =
        "{'maximumEntries':'none','maximumBytes':'none','maximumWeight':'none','jitter':0.0,"
            + "'life':{'onCreate':'forever','onUpdate':-1,'onAccess':-1,'limit':'forever',"
            + "'staleFor':0},'policy':'adaptive','statistics':true,'schemaVersion':0,"
            + "'cleanupInterval':'60s'}";
    var told = json(open("c", all)).get("settings");
    for (var bound : List.of("maximumEntries", "maximumBytes", "maximumWeight")) {
      assertEquals("none", told.get(bound).asString());
    }
    assertEquals(-1, told.get("life").get("onUpdate").asInt());
    assertEquals(200, open("c", all).statusCode());
  }

  @Test
  void aBoundByWeightChangesWhileItRunsWhereThereIsOne() {
    open("c", "{'maximumWeight':10}");
    for (var i = 0; i < 10; i++) {
      api.send(api.at("/v1/caches/c/entries/" + i).PUT(BodyPublishers.ofString("1")));
    }
    var answer = patch("c", "{'maximumWeight':4}");
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals(4, json(answer).get("settings").get("maximumWeight").asInt());
    assertTrue(json(answer).get("size").asInt() <= 4);
    assertEquals(
        "none",
        json(patch("c", "{'maximumEntries':'none'}")).at("/settings/maximumEntries").asString());
    open("d", "");
    var refused = patch("d", "{'maximumWeight':4}");
    assertEquals("bad-setting", problem(refused));
    assertTrue(refused.body().contains("weight"), refused.body());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "c | {'maximumEntries':-1} | bad-setting",
        "c | {'maximumEntries':1.5} | bad-setting",
        "c | {'maximumEntries':'many'} | bad-setting",
        "c | {'maximumWeight':-1} | bad-setting",
        "c | {'maximumWeight':'some'} | bad-setting",
        "c | {'color':'red'} | bad-setting",
        "c | {'policy':'none-such'} | bad-setting",
        "c | {'topology':'none-such'} | bad-setting",
        "c | {'timeToLive':'0s'} | bad-setting",
        "c | {'timeToLive':5} | bad-setting",
        "c | {'jitter':2} | bad-setting",
        "c | {'life':{'onCreate':-5}} | bad-setting",
        "c | {'life':{'never':1}} | bad-setting",
        "c | {'statistics':'yes'} | bad-setting",
        "c | {'topology':'disk','options':{'disk.path':'/etc/x.db'}} | bad-setting",
        "c | {'options':{'remote.hosts':'example.com'}} | bad-setting",
        "c | {'options':['a']} | bad-setting",
        "c | {'whenCreated':5} | bad-setting",
        "c | {'whenCreated':{'color':'red'}} | bad-setting",
        "c | {'whenCreated':{'whenCreated':{}}} | bad-setting",
        "c | [] | malformed",
        "c | {'maximumEntries':1 | malformed",
        ".hidden | {} | bad-setting",
        "..%2f..%2fetc | {} | bad-setting",
      })
  void badSettingsAreRefusedAndCreateNothing(String name, String settings, String word) {
    var answer = open(name, settings);
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals(word, problem(answer));
    assertEquals(1, api.server().databases().all().size());
  }

  /** Names with the namespace of a client, of classes, of methods. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "shop%2Fusers|shop/users",
        "org.example.Outer$Inner|org.example.Outer$Inner",
        "a.B.c(int%2CString)|a.B.c(int,String)",
        "_x:y@z+1|_x:y@z+1"
      })
  void namesMayHaveParts(String path, String name) {
    assertEquals(201, open(path, "").statusCode());
    assertEquals(200, open(path, "").statusCode());
    var entry = "/v1/caches/" + path + "/entries/a";
    assertEquals(201, api.send(api.at(entry).PUT(BodyPublishers.ofString("1"))).statusCode());
    assertEquals(200, api.send(api.at(entry)).statusCode());
    var caches = json(api.send(api.at("/v1/caches"))).get("caches");
    assertTrue(caches.valueStream().anyMatch(each -> each.get("name").asString().equals(name)));
    assertEquals(204, api.send(api.at("/v1/caches/" + path).DELETE()).statusCode());
  }

  @ParameterizedTest
  @CsvSource({
    "a%2F..%2Fb",
    "%2Fa",
    "a%2F",
    "a%2F%2Fb",
    "a%2F.b",
    "a%20b",
    "%C3%A4",
    "a%5Cb",
    "a%00"
  })
  void namesThatCouldBeOtherThingsAreRefused(String path) {
    var answer = open(path, "");
    assertEquals(400, answer.statusCode(), answer.body());
    assertEquals(1, api.server().databases().all().size());
  }

  @Test
  void theListShowsThemAll() {
    open("zebra", "");
    var caches = json(api.send(api.at("/v1/caches"))).get("caches");
    assertEquals(2, caches.size());
    assertEquals("default", caches.get(0).get("name").asString());
    assertEquals(0, caches.get(0).get("number").asInt());
    assertEquals("zebra", caches.get(1).get("name").asString());
    assertEquals("HEALTHY", caches.get(1).get("status").asString());
    assertFalse(caches.get(1).has("number"));
  }

  /** Forbidden: somebody changes an entry that they never saw, because its version fits. */
  @Test
  void noVersionOfADestroyedCacheFitsTheNextOfItsName() {
    var path = "/v1/caches/c/entries/a";
    open("c", "{}");
    var seen = api.send(api.at(path).PUT(BodyPublishers.ofString("1")));
    api.send(api.at("/v1/caches/c").DELETE());
    open("c", "{}");
    api.send(api.at(path).PUT(BodyPublishers.ofString("2")));
    var tag = seen.headers().firstValue("ETag").orElseThrow();
    var late = api.send(api.at(path).header("If-Match", tag).PUT(BodyPublishers.ofString("3")));
    assertEquals(412, late.statusCode());
    assertEquals("2", api.send(api.at(path)).body());
  }

  @Test
  void destroyedIsGoneAndTheDefaultStays() {
    open("c", "");
    assertEquals(204, api.send(api.at("/v1/caches/c").DELETE()).statusCode());
    assertEquals(404, api.send(api.at("/v1/caches/c")).statusCode());
    assertEquals(404, api.send(api.at("/v1/caches/c").DELETE()).statusCode());
    var refused = api.send(api.at("/v1/caches/default").DELETE());
    assertEquals(409, refused.statusCode());
    assertEquals("always-there", problem(refused));
    assertEquals(201, open("c", "{'maximumEntries':1}").statusCode());
  }

  @Test
  void boundsAndCountingChangeWhileItRuns() {
    open("c", "{'maximumEntries':10}");
    for (var i = 0; i < 10; i++) {
      api.send(api.at("/v1/caches/c/entries/" + i).PUT(BodyPublishers.ofString("1")));
    }
    var answer = patch("c", "{'maximumEntries':4,'statistics':false}");
    assertEquals(200, answer.statusCode(), answer.body());
    assertEquals(4, json(answer).get("settings").get("maximumEntries").asInt());
    assertTrue(json(answer).get("size").asInt() <= 4);
    assertEquals(400, patch("c", "{'policy':'lru'}").statusCode());
    assertEquals(400, patch("c", "{'maximumEntries':-4}").statusCode());
  }

  @Test
  void clearPurgeEvictAndExplain() {
    api.put("/entries/a?ttl=1", "1");
    api.put("/entries/b", "1");
    api.put("/entries/c", "1");
    assertTrue(json(api.get("/explain/a")).get("present").asBoolean());
    api.advance(Duration.ofSeconds(2));
    assertEquals(1, json(api.post("/purge", "")).get("removed").asInt());
    assertEquals("EXPIRED", json(api.get("/explain/a")).get("missing").asString());
    assertEquals(1, json(api.post("/evict?entries=1", "")).get("removed").asInt());
    assertEquals(204, api.post("/clear", "").statusCode());
    assertEquals(0, api.database().size());
    assertEquals(400, api.post("/evict?entries=-1", "").statusCode());
  }

  @Test
  void aScanGivesEveryEntryThatStaysExactlyOnce() {
    for (var i = 0; i < 2_000; i++) {
      api.put("/entries/key" + i, "" + i);
    }
    api.put("/entries/other?ttl=5s", "[1]", "Content-Type", "application/json");
    var seen = new HashSet<String>();
    var query = "/entries?limit=70&pattern=key*&values=true";
    var pages = 0;
    for (var cursor = ""; cursor != null; pages++) {
      var page = json(api.get(query + (cursor.isEmpty() ? "" : "&cursor=" + cursor)));
      for (var entry : page.get("entries")) {
        assertTrue(seen.add(entry.get("key").asString()), "an entry came twice");
        assertTrue(entry.has("value64"));
      }
      cursor = page.has("cursor") ? page.get("cursor").asString() : null;
    }
    assertEquals(2_000, seen.size());
    assertTrue(pages > 10);
    var other = json(api.get("/entries?pattern=other&values=true&limit=10000")).get("entries");
    assertEquals("[1]", other.get(0).get("value").toString());
    assertEquals(5_000, other.get(0).get("ttl").asInt());
    var keys = json(api.get("/entries?pattern=oth%3Fr&limit=10000")).get("entries");
    assertFalse(keys.get(0).has("value"));
  }

  @ParameterizedTest
  @CsvSource({
    "cursor=!",
    "cursor=zzzzzzzzzzzzzzz",
    "cursor=zz",
    "cursor=zz-1",
    "limit=0",
    "limit=10001",
    "values=2"
  })
  void scansOutOfRangeAreRefused(String query) {
    var answer = api.get("/entries?" + query);
    assertEquals(400, answer.statusCode());
    assertEquals("bad-parameter", problem(answer));
  }

  @Test
  void figuresOfTheStoreAreTold() {
    api.put("/entries/a", "1");
    api.get("/entries/a");
    var whole = json(api.send(api.at("/v1/caches/default")));
    assertEquals(1, whole.get("stats").get("hits").asInt());
    assertEquals(1, whole.get("store").get("size").asInt());
    assertEquals("HEALTHY", whole.get("health").get("status").asString());
    var kinds = new HashMap<String, Boolean>();
    whole.get("settings").properties().forEach(p -> kinds.put(p.getKey(), true));
    assertTrue(kinds.containsKey("topology"));
  }
}
