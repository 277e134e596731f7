package dev.larder.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class VersionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private final HttpTestServer server = HttpTestServer.start();

  @AfterEach
  void close() {
    server.close();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(server.url(path))).timeout(PATIENCE);
  }

  /** Its client asks for an upgrade with its first request. */
  @Test
  void anUpgradeMakesItHttp2() throws Exception {
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    var put =
        client.send(
            to("/cache/k").PUT(BodyPublishers.ofString("v")).build(), BodyHandlers.ofString());
    assertEquals(201, put.statusCode());
    var got = client.send(to("/cache/k").build(), BodyHandlers.ofString());
    assertEquals(HttpClient.Version.HTTP_2, got.version());
    assertEquals("v", got.body());
    var missing = client.send(to("/cache/none").build(), BodyHandlers.ofString());
    assertEquals(404, missing.statusCode());
    assertEquals(
        "application/problem+json", missing.headers().firstValue("content-type").orElseThrow());
    var head =
        client.send(
            to("/cache/k").method("HEAD", BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
    assertEquals("1", head.headers().firstValue("content-length").orElseThrow());
  }

  @Test
  void manyRequestsOfOneConnectionGoSideBySide() throws Exception {
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    client.send(to("/health/live").build(), BodyHandlers.ofString());
    var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
    for (int each = 0; each < 50; each++) {
      var put = to("/cache/k" + each).PUT(BodyPublishers.ofString("v" + each)).build();
      var get = to("/cache/k" + each).build();
      answers.add(
          client
              .sendAsync(put, BodyHandlers.ofString())
              .thenCompose(done -> client.sendAsync(get, BodyHandlers.ofString())));
    }
    for (int each = 0; each < 50; each++) {
      assertEquals("v" + each, answers.get(each).get().body());
    }
    assertEquals(1, server.connections());
  }

  @Test
  void whoKnowsTheServerBeginsWithHttp2() throws Exception {
    var client = new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();
    var value = new byte[3 << 20];
    new Random(11).nextBytes(value);
    var put = new Request.Builder().url(server.url("/cache/k")).put(RequestBody.create(value));
    try (var created = client.newCall(put.build()).execute()) {
      assertEquals(201, created.code());
      assertEquals(Protocol.H2_PRIOR_KNOWLEDGE, created.protocol());
    }
    var get = new Request.Builder().url(server.url("/cache/k")).build();
    try (var found = client.newCall(get).execute()) {
      assertArrayEquals(value, found.body().bytes());
    }
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }

  @Test
  void aBodyThatIsTooLongIsRefusedOverHttp2AndTheConnectionGoesOn() throws Exception {
    var client = new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();
    var type = okhttp3.MediaType.get("application/json");
    var wrong = RequestBody.create("{".getBytes(UTF_8), type);
    var put = new Request.Builder().url(server.url("/cache/k")).put(wrong).build();
    try (var refused = client.newCall(put).execute()) {
      assertEquals(400, refused.code());
      assertTrue(refused.body().string().contains("/problems/invalid-json"));
    }
    var post = new Request.Builder().url(server.url("/nowhere")).post(wrong).build();
    try (var refused = client.newCall(post).execute()) {
      assertEquals(404, refused.code());
    }
    var get = new Request.Builder().url(server.url("/health/live")).build();
    try (var live = client.newCall(get).execute()) {
      assertEquals(200, live.code());
    }
    assertEquals(1, server.connections());
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
  }

  @Test
  void aConnectionOfHttp2EndsWithTheServer() throws Exception {
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
    client.send(to("/health/live").build(), BodyHandlers.ofString());
    assertEquals(1, server.connections());
    server.drain();
    server.awaitNoConnections();
  }
}
