package dev.larder.server.http.v1;

import static dev.larder.server.http.v1.ApiServer.json;
import static dev.larder.server.http.v1.ApiServer.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.spi.Touch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.Connection;
import okhttp3.EventListener;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Clients that go while their request waits. Time stands still, so that whoever is given what
 * nobody uses keeps all others waiting until the test fails.
 */
class HangingUpTest {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int MANY = 300;
  private static final String LEASES = "/v1/caches/default/leases/a";

  private final ApiServer api = new ApiServer();
  private final List<Socket> sockets = new ArrayList<>();
  private final Set<Socket> shared = ConcurrentHashMap.newKeySet();
  private final OkHttpClient two =
      new OkHttpClient.Builder()
          .protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE))
          .eventListener(new Remembering(shared))
          .retryOnConnectionFailure(false)
          .build();

  @AfterEach
  void close() throws IOException {
    for (var socket : sockets) {
      socket.close();
    }
    two.dispatcher().executorService().shutdown();
    two.connectionPool().evictAll();
    assertEquals(List.of(), api.server().failures());
    api.close();
  }

  private Socket sent(String method, String path, String body) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), api.server().port());
    sockets.add(socket);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return send(socket, method, path, body);
  }

  private static Socket send(Socket socket, String method, String path, String body)
      throws IOException {
    var head = method + " " + path + " HTTP/1.1\r\nHost: l\r\nContent-Type: application/json\r\n";
    var length = "Content-Length: " + body.length() + "\r\n\r\n";
    socket.getOutputStream().write((head + length + body).getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  /** Sends what has to wait, and sees it wait. */
  private Socket waiting(String method, String path, String body) throws IOException {
    var before = waiting();
    var socket = sent(method, path, body);
    awaitWaiting(before + 1);
    return socket;
  }

  private int waiting() {
    return api.desk().leases().waiting();
  }

  private void awaitWaiting(int number) {
    Await.until(() -> waiting() == number);
  }

  private JsonNode lease() {
    var answer = api.post("/leases/a?atMost=60s&wait=60s", "");
    assertEquals(201, answer.statusCode(), answer.body());
    return json(answer);
  }

  private CompletableFuture<HttpResponse<String>> third() {
    var before = waiting();
    var answer = api.later(api.to("/leases/a?wait=60s").POST(BodyPublishers.noBody()));
    awaitWaiting(before + 1);
    return answer;
  }

  private void release(JsonNode lease) {
    api.delete("/leases/a/" + lease.get("lease").asString());
  }

  private String value(String key) {
    var found = api.database().snapshot(key(key), Touch.PEEK);
    return found == null ? null : new String(found.value().array(), StandardCharsets.UTF_8);
  }

  /** Forbidden: the lease is given to a client that has gone. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoHangsUpWhileItWaitsIsGivenNoLease(boolean reset) throws Exception {
    var first = lease();
    var second = waiting("POST", LEASES + "?wait=60s", "");
    var third = third();
    if (reset) {
      second.setSoLinger(true, 0);
    }
    second.close();
    awaitWaiting(1);
    release(first);
    assertEquals(201, third.join().statusCode());
  }

  @Test
  void aHolderThatDiesWithItsWaitersCostsTheOthersOneLeaseTime() throws Exception {
    var holder = sent("POST", LEASES + "?atMost=10s", "");
    assertTrue(line(holder).endsWith("201 Created"));
    var waiter = waiting("POST", LEASES + "?atMost=10s&wait=60s", "");
    var third = third();
    holder.close();
    waiter.close();
    awaitWaiting(1);
    api.advance(Duration.ofMillis(9_999));
    assertFalse(third.isDone());
    api.advance(Duration.ofMillis(1));
    assertEquals(201, third.join().statusCode());
  }

  private static String line(Socket socket) throws IOException {
    var line = new StringBuilder();
    for (var letter = socket.getInputStream().read(); letter != '\r'; ) {
      if (letter < 0) {
        throw new IOException("the server closed after '" + line + "'");
      }
      line.append((char) letter);
      letter = socket.getInputStream().read();
    }
    return line.toString();
  }

  /** Forbidden: a client that ends its side has its request forgotten, or waits on. */
  @Test
  void whoSendsNothingMoreIsAnsweredAtOnce() throws Exception {
    lease();
    var second = waiting("POST", LEASES + "?wait=60s", "");
    second.shutdownOutput();
    assertTrue(line(second).contains(" 423 "));
    assertEquals(0, waiting());
  }

  @Test
  void whatComesBehindARequestThatWaitsIsAnsweredAfterIt() throws Exception {
    var first = lease();
    var socket = waiting("POST", LEASES + "?wait=60s", "");
    for (var i = 0; i < MANY; i++) {
      send(socket, "PUT", "/v1/caches/default/entries/k" + i, "1");
    }
    release(first);
    assertTrue(line(socket).contains(" 201 "));
    Await.until(() -> value("k" + (MANY - 1)) != null);
  }

  @Test
  void manyWhoHangUpAtOnceLeaveNothing() throws Exception {
    var first = lease();
    var many = new ArrayList<Socket>();
    for (var i = 0; i < MANY; i++) {
      many.add(sent("POST", LEASES + "?wait=60s", ""));
    }
    awaitWaiting(MANY);
    for (var one : many) {
      one.close();
    }
    awaitWaiting(0);
    release(first);
    assertFalse(api.desk().leases().leased(key("a")));
  }

  /** Forbidden: a value that nobody waits for is written after what came later. */
  @Test
  void aWriteWhoseClientHasGoneIsNotMade() throws Exception {
    var first = lease();
    var write = waiting("PUT", "/v1/caches/default/entries/a?wait=60s", "1");
    write.close();
    awaitWaiting(0);
    release(first);
    lease();
    assertNull(value("a"));
  }

  @Test
  void aBatchWhoseClientHasGoneWritesNothingMore() throws Exception {
    var first = lease();
    var other = json(api.post("/leases/b", ""));
    var body =
        "{'operations':[{'op':'put','key':'a','value':1},{'op':'put','key':'b','value':1},"
            + "{'op':'put','key':'c','value':1}]}";
    var batch = sent("POST", "/v1/caches/default/batch?wait=60s", body.replace('\'', '"'));
    awaitWaiting(2);
    batch.close();
    awaitWaiting(0);
    release(first);
    api.delete("/leases/b/" + other.get("lease").asString());
    lease();
    assertNull(value("a"));
    assertNull(value("b"));
    assertEquals("1", value("c"));
  }

  @Test
  void whoWaitsForALoadAndHangsUpWaitsNoLonger() throws Exception {
    var get =
        "{'operations':[{'op':'get','key':'a','touch':'fill','single':60000}]}".replace('\'', '"');
    api.post("/batch", get);
    var waiter = sent("GET", "/v1/caches/default/loads/a?wait=60s", "");
    Await.until(() -> api.desk().loads().waiting() == 1);
    waiter.close();
    Await.until(() -> api.desk().loads().waiting() == 0);
  }

  /** Forbidden: a lease lasts whose holder went before it had read that it has it. */
  @Test
  void aLeaseWhoseAnswerCannotBeWrittenEnds() throws Exception {
    api.put("/entries/a", "x".repeat(32 << 20), "Content-Type", "text/plain");
    var first = lease();
    var second = waiting("POST", LEASES + "?atMost=60s&wait=60s", "");
    var third = third();
    release(first);
    assertTrue(line(second).contains(" 201 "));
    assertEquals(1, waiting());
    second.close();
    assertEquals(201, third.join().statusCode());
  }

  private CompletableFuture<Integer> ask(Call call) {
    var status = new CompletableFuture<Integer>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException e) {
            status.completeExceptionally(e);
          }

          @Override
          public void onResponse(Call answered, Response response) {
            status.complete(response.code());
            response.close();
          }
        });
    return status;
  }

  private Call waitingStream(String key) {
    return two.newCall(
        new Request.Builder()
            .url(api.server().url("/v1/caches/default/leases/" + key + "?wait=60s"))
            .post(RequestBody.create(new byte[0]))
            .build());
  }

  /** Forbidden: one stream that is reset takes others of its connection with it, or stays. */
  @Test
  void aStreamThatIsResetLeavesTheLineAndNoOther() {
    var first = lease();
    var cancelled = waitingStream("a");
    var lost = ask(cancelled);
    awaitWaiting(1);
    var staying = ask(waitingStream("a"));
    awaitWaiting(2);
    cancelled.cancel();
    awaitWaiting(1);
    assertTrue(lost.handle((status, failure) -> failure != null).join());
    release(first);
    assertEquals(201, staying.join());
    assertEquals(1, shared.size(), "one connection");
  }

  @Test
  void aConnectionOfHttp2ThatClosesTakesAllItsWaitersAlong() throws Exception {
    var first = lease();
    for (var i = 1; i <= 5; i++) {
      var unused = ask(waitingStream("a"));
      awaitWaiting(i);
    }
    assertEquals(1, shared.size(), "one connection");
    shared.iterator().next().close();
    awaitWaiting(0);
    release(first);
    assertFalse(api.desk().leases().leased(key("a")));
  }

  /** Keeps the sockets of a client, to be closed without a word. */
  private static final class Remembering extends EventListener {
    private final Set<Socket> used;

    Remembering(Set<Socket> used) {
      this.used = used;
    }

    @Override
    public void connectionAcquired(Call call, Connection connection) {
      used.add(connection.socket());
    }
  }
}
