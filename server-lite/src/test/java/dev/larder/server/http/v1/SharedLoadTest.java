package dev.larder.server.http.v1;

import static dev.larder.server.http.v1.ApiServer.json;
import static dev.larder.server.http.v1.ApiServer.key;
import static dev.larder.server.http.v1.ApiServer.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.server.http.ProblemException;
import dev.larder.server.http.v1.SharedLoad.Waiting;
import dev.larder.spi.Verbs;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Several clients that miss the same key, of which one loads. */
class SharedLoadTest {
  private static final Executor THREADS = task -> new Thread(task).start();
  private static final String GET = "{'op':'get','key':'a','touch':'fill','single':30000}";

  private final ApiServer api = new ApiServer();

  @AfterEach
  void close() {
    assertEquals(List.of(), api.server().failures());
    api.close();
  }

  private HttpResponse<String> send(String operation) {
    return api.post("/batch", ("{'operations':[" + operation + "]}").replace('\'', '"'));
  }

  private JsonNode run(String operation) {
    var answer = send(operation);
    assertEquals(200, answer.statusCode(), answer.body());
    return json(answer).get("results").get(0);
  }

  private long token() {
    var result = run(GET);
    assertTrue(result.has("token"), result::toString);
    return result.get("token").asLong();
  }

  private JsonNode fill(long token) {
    return run("{'op':'fill','key':'a','token':" + token + ",'value':1}");
  }

  private CompletableFuture<HttpResponse<String>> waiting() {
    var before = api.desk().loads().waiting();
    var answer = api.later(api.to("/loads/a?wait=60").GET());
    Await.until(() -> api.desk().loads().waiting() > before || answer.isDone());
    return answer;
  }

  @Test
  void oneLoadsAndTheOthersLearnForHowLong() {
    var token = token();
    api.advance(Duration.ofSeconds(10));
    var other = run(GET);
    assertEquals(404, other.get("status").asInt());
    assertEquals(20_000, other.get("loading").asInt());
    assertTrue(other.has("missing"));
    assertFalse(other.has("token"));
    assertEquals(201, fill(token).get("status").asInt());
    assertEquals(1, run(GET).get("value").asInt());
    assertEquals(0, api.desk().loads().size());
  }

  @Test
  void keysHaveLoadsOfTheirOwn() {
    token();
    assertTrue(run(GET.replace("'a'", "'b'")).has("token"));
    assertEquals(2, api.desk().loads().size());
  }

  @Test
  void whoDoesNotShareIsNotHeldUp() {
    var first = token();
    var other = run("{'op':'get','key':'a','touch':'fill'}").get("token").asLong();
    assertNotEquals(first, other);
    assertEquals(409, fill(first).get("status").asInt(), "the newest token of a key is the one");
    assertEquals(0, api.desk().loads().size());
    assertEquals(201, fill(other).get("status").asInt());
  }

  @Test
  void readsAreCountedOnce() {
    var stats = api.database().control();
    token();
    run(GET);
    assertEquals(2, stats.stats().misses());
    run("{'op':'put','key':'a','value':1}");
    run(GET);
    assertEquals(1, stats.stats().hits());
    assertEquals(2, stats.stats().misses());
  }

  @Test
  void aVersionThatTheClientHasIsNotSentAgain() {
    var version = run("{'op':'put','key':'a','value':1}").get("version").asLong();
    var result =
        run("{'op':'get','key':'a','touch':'fill','single':1,'ifNotVersion':" + version + "}");
    assertEquals(304, result.get("status").asInt());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "-1", "300001", "1.5", "'x'", "true"})
  void timesAreFromOneMillisecondToFiveMinutes(String single) {
    var answer = send("{'op':'get','key':'a','touch':'fill','single':" + single + "}");
    assertEquals(400, answer.statusCode());
    assertEquals("malformed", problem(answer));
    assertTrue(answer.body().contains("single"), answer.body());
  }

  @ParameterizedTest
  @ValueSource(strings = {"read", "peek", "refresh"})
  void onlyFillsAreShared(String touch) {
    var answer = send("{'op':'get','key':'a','touch':'" + touch + "','single':5}");
    assertEquals(400, answer.statusCode());
    assertTrue(answer.body().contains("'fill'"), answer.body());
  }

  @Test
  void nobodyWaitsWhereNothingIsLoaded() {
    assertEquals(204, api.get("/loads/a?wait=60").statusCode());
    token();
    var told = api.get("/loads/a?wait=0");
    assertEquals(200, told.statusCode());
    assertEquals(30_000, json(told).get("left").asInt());
    assertEquals("bad-parameter", problem(api.get("/loads/a?wait=61")));
    assertEquals("no-cache", problem(api.send(api.at("/v1/caches/none/loads/a"))));
  }

  @Test
  void whoHasWaitedLongEnoughLearnsHowLongItGoesOn() {
    token();
    var waiting = api.later(api.to("/loads/a?wait=2").GET());
    Await.until(() -> api.desk().loads().waiting() == 1);
    api.advance(Duration.ofSeconds(2));
    var told = waiting.join();
    assertEquals(200, told.statusCode());
    assertEquals(28_000, json(told).get("left").asInt());
    assertEquals(0, api.desk().loads().waiting());
  }

  /** What ends a load. */
  enum End {
    FILLED,
    NOTHING,
    WRITTEN,
    WRITTEN_BESIDE,
    REMOVED_THOUGH_ABSENT,
    CLEARED,
    TIME_UP,
    COMMITTED,
    DESTROYED
  }

  private void end(End how, long token) {
    switch (how) {
      case FILLED -> fill(token);
      case NOTHING -> run("{'op':'fill','key':'a','token':" + token + "}");
      case WRITTEN -> api.put("/entries/a", "1");
      case WRITTEN_BESIDE -> {
        var database = api.database();
        database.update(key("a"), Verbs.put(), database.contents().raw(new byte[1]));
      }
      case REMOVED_THOUGH_ABSENT -> api.delete("/entries/a");
      case CLEARED -> api.post("/clear", "");
      case TIME_UP -> api.advance(Duration.ofSeconds(30));
      case COMMITTED -> {
        var lease = json(api.post("/leases/a", "")).get("lease").asString();
        api.put("/leases/a/" + lease + "?do=write&token=" + token, "1");
      }
      case DESTROYED -> api.desks().forget(api.database());
    }
  }

  /** Forbidden: a load ends, and somebody who waits for that is never told. */
  @ParameterizedTest
  @EnumSource
  void whateverEndsALoadReleasesAllWhoWait(End end) throws Exception {
    var token = token();
    var first = waiting();
    var second = waiting();
    end(end, token);
    assertEquals(204, first.get(20, TimeUnit.SECONDS).statusCode());
    assertEquals(204, second.get(20, TimeUnit.SECONDS).statusCode());
    assertEquals(0, api.desk().loads().waiting());
    assertEquals(0, api.desk().loads().size());
    assertFalse(api.database().watched(), "nothing is loaded, and yet changes are told");
  }

  @Test
  void afterItsTimeTheNextOneMayLoad() {
    var first = token();
    api.advance(Duration.ofSeconds(30));
    var second = token();
    assertEquals(409, fill(first).get("status").asInt(), "two tokens of a key held");
    assertTrue(run(GET).has("loading"), "the end of an older load ended the newer one");
    assertEquals(201, fill(second).get("status").asInt());
  }

  @Test
  void whoComesLateStoresWhatHeBringsIfNobodyElseDid() {
    var token = token();
    api.advance(Duration.ofSeconds(30));
    assertEquals(201, fill(token).get("status").asInt());
  }

  @Test
  void expiryOfTheOldEntryEndsNoLoad() {
    api.put("/entries/a?ttl=1", "1");
    api.advance(Duration.ofSeconds(2));
    var token = token();
    api.post("/purge", "");
    assertTrue(run(GET).has("loading"));
    assertEquals(201, fill(token).get("status").asInt());
  }

  /**
   * Forbidden: two clients have a token that holds for one key at the same time; somebody gets
   * neither value nor token, and is never told to look again.
   */
  @Test
  void ofManyWhoMissAtOnceOneLoads() throws Exception {
    var loading = new AtomicInteger();
    var loads = new AtomicInteger();
    for (var wave = 0; wave < 30; wave++) {
      var name = "k" + wave;
      var clients = new ArrayList<CompletableFuture<Integer>>();
      for (var client = 0; client < 6; client++) {
        clients.add(CompletableFuture.supplyAsync(() -> value(name, loading, loads), THREADS));
      }
      var value = clients.get(0).get(20, TimeUnit.SECONDS);
      for (var client : clients) {
        assertEquals(value, client.get(20, TimeUnit.SECONDS));
      }
      assertEquals(wave + 1, loads.get());
    }
  }

  private int value(String name, AtomicInteger loading, AtomicInteger loads) {
    var get = GET.replace("'a'", "'" + name + "'");
    while (true) {
      var result = run(get);
      if (result.has("value")) {
        return result.get("value").asInt();
      }
      if (result.has("token")) {
        assertEquals(1, loading.incrementAndGet(), "two clients load one key");
        var loaded = loads.incrementAndGet();
        loading.decrementAndGet();
        var token = result.get("token").asLong();
        var fill =
            "{'op':'fill','key':'" + name + "','token':" + token + ",'value':" + loaded + "}";
        assertEquals(201, run(fill).get("status").asInt());
        return loaded;
      }
      assertTrue(result.has("loading"), result::toString);
      api.get("/loads/" + name + "?wait=10");
    }
  }

  /** Forbidden: writers and loaders at once leave a load that nobody does any more. */
  @Test
  void withWritersBesideNoLoadIsLeftBehind() throws Exception {
    var clients = new ArrayList<CompletableFuture<?>>();
    for (var client = 0; client < 3; client++) {
      clients.add(CompletableFuture.runAsync(() -> times(60, any -> load()), THREADS));
    }
    clients.add(
        CompletableFuture.runAsync(
            () -> times(100, any -> run("{'op':'put','key':'a','value':2}")), THREADS));
    clients.add(
        CompletableFuture.runAsync(
            () -> times(100, any -> run("{'op':'delete','key':'a'}")), THREADS));
    for (var client : clients) {
      client.get(60, TimeUnit.SECONDS);
    }
    assertEquals(0, api.desk().loads().size());
    assertEquals(0, api.desk().loads().waiting());
  }

  private static void times(int times, Consumer<Integer> what) {
    for (var time = 0; time < times; time++) {
      what.accept(time);
    }
  }

  private void load() {
    var result = run(GET);
    if (result.has("token")) {
      fill(result.get("token").asLong());
    } else if (result.has("loading")) {
      assertTrue(api.get("/loads/a?wait=60").statusCode() < 300);
    }
  }

  @Test
  void whoComesWhenTooManyWaitIsRefused() {
    var table = api.desk().loads();
    token();
    for (var i = 0; i < LoadTable.MOST; i++) {
      table.await(key("a"), 1_000, nobody());
    }
    var why = assertThrows(ProblemException.class, () -> table.await(key("a"), 1_000, nobody()));
    assertEquals("too-many", why.code());
    assertEquals(LoadTable.MOST, why.members().get("limit"));
  }

  /** Forbidden: clients that die with their loads make the server remember more and more. */
  @Test
  void beyondTheMostLoadsAreNotShared() {
    var table = api.desk().loads();
    for (var i = 0; i < LoadTable.MOST; i++) {
      table.started(table.begin(key("k" + i), 1_000), i + 1);
    }
    token();
    token();
    assertEquals(LoadTable.MOST, table.size());
    api.advance(Duration.ofSeconds(1));
    assertEquals(0, table.size());
  }

  private static Waiting nobody() {
    return new Waiting() {
      @Override
      void over() {}

      @Override
      void still(long left) {}
    };
  }

  @Test
  void whatHappensWhileALoadBeginsMakesItsClientLookAgain() {
    var table = api.desk().loads();
    var load = table.begin(key("a"), 1_000);
    assertEquals(null, table.begin(key("a"), 1_000));
    table.outdated(key("a"));
    assertFalse(table.started(load, 1));
    assertTrue(table.started(load, 2));
    table.returned(key("a"), 1);
    assertEquals(1, table.size());
    table.returned(key("a"), 2);
    assertEquals(0, table.size());
    table.end(load);
  }

  @Test
  void aCacheThatIsNoMoreHasNoLoads() {
    api.send(api.at("/v1/caches/other").PUT(BodyPublishers.noBody()));
    var table = api.desk("other").loads();
    table.begin(key("a"), 1_000);
    assertEquals(204, api.send(api.at("/v1/caches/other").DELETE()).statusCode());
    assertEquals(0, table.size());
  }
}
