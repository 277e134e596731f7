package dev.larder.server.clients;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Callback;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

/** OkHttp over HTTP/1.1 and HTTP/2, unchanged. */
class OkHttpTest {
  private static final MediaType JSON = MediaType.get("application/json");
  private static final MediaType RAW = MediaType.get("application/octet-stream");

  private static RunningServer server;

  private final List<OkHttpClient> clients = new ArrayList<>();

  /** What a client speaks. */
  enum Version {
    HTTP_1(Protocol.HTTP_1_1),
    HTTP_2(Protocol.H2_PRIOR_KNOWLEDGE);

    private final Protocol protocol;

    Version(Protocol protocol) {
      this.protocol = protocol;
    }
  }

  @BeforeAll
  static void start() {
    server = RunningServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void closeClients() {
    for (var client : clients) {
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
    server.server().databases().first().clear();
  }

  private OkHttpClient client(Version version) {
    var client =
        new OkHttpClient.Builder()
            .protocols(List.of(version.protocol))
            .callTimeout(30, TimeUnit.SECONDS)
            .build();
    clients.add(client);
    return client;
  }

  private static Request.Builder to(String path) {
    return new Request.Builder().url(server.url(path));
  }

  private static int status(OkHttpClient client, Request.Builder request) throws IOException {
    try (var response = client.newCall(request.build()).execute()) {
      return response.code();
    }
  }

  private static String body(OkHttpClient client, Request.Builder request) throws IOException {
    try (var response = client.newCall(request.build()).execute()) {
      assertEquals(200, response.code());
      return response.body().string();
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void entriesAreWrittenReadAndRemoved(Version version) throws IOException {
    var client = client(version);
    var json = "{\"name\": \"larder\", \"list\": [1, 2.50, null]}";
    assertTrue(status(client, to("/cache/shop").put(RequestBody.create(json, JSON))) / 100 == 2);
    try (var response = client.newCall(to("/cache/shop").build()).execute()) {
      assertEquals(
          version == Version.HTTP_1 ? Protocol.HTTP_1_1 : Protocol.H2_PRIOR_KNOWLEDGE,
          response.protocol());
      assertEquals("application/json", response.header("Content-Type"));
      assertEquals(json, response.body().string());
    }
    assertEquals(2, status(client, to("/cache/shop").delete()) / 100);
    assertEquals(404, status(client, to("/cache/shop")));
    assertEquals(400, status(client, to("/cache").delete()));
    assertEquals(2, status(client, to("/cache?confirm=true").delete()) / 100);
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void bytesOfAnyKindAndLengthComeBackAsTheyWere(Version version) throws IOException {
    var client = client(version);
    for (var length : new int[] {0, 1, 1_000, 100_000, 5_000_000}) {
      var bytes = new byte[length];
      for (var at = 0; at < length; at++) {
        bytes[at] = (byte) (at * 31);
      }
      assertEquals(2, status(client, to("/cache/b").put(RequestBody.create(bytes, RAW))) / 100);
      try (var response = client.newCall(to("/cache/b").build()).execute()) {
        assertArrayEquals(bytes, response.body().bytes(), "of " + length);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aBodyOfUnknownLengthIsTaken(Version version) throws IOException {
    var client = client(version);
    var streamed =
        new RequestBody() {
          @Override
          public MediaType contentType() {
            return RAW;
          }

          @Override
          public void writeTo(BufferedSink sink) throws IOException {
            for (var part = 0; part < 100; part++) {
              sink.writeUtf8("0123456789");
              sink.flush();
            }
          }
        };
    assertEquals(2, status(client, to("/cache/streamed").put(streamed)) / 100);
    assertEquals("0123456789".repeat(100), body(client, to("/cache/streamed")));
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void anEntryHasTheLifeThatWasAskedFor(Version version) throws IOException {
    var client = client(version);
    var put = to("/cache/short?ttl=1").put(RequestBody.create("1", JSON));
    assertEquals(2, status(client, put) / 100);
    Await.until(
        "the entry expired",
        () -> {
          try {
            return status(client, to("/cache/short")) == 404;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void batchesAreWrittenAndRead(Version version) throws IOException {
    var client = client(version);
    var mapper = JsonMapper.shared();
    var set = "{\"items\": {\"a\": 1, \"b\": {\"deep\": [true]}, \"ü\": \"ß\"}, \"ttl\": 100}";
    body(client, to("/cache/batch/set").post(RequestBody.create(set, JSON)));
    var get = "{\"keys\": [\"a\", \"b\", \"ü\", \"absent\"]}";
    var answer =
        mapper.readTree(body(client, to("/cache/batch/get").post(RequestBody.create(get, JSON))));
    assertEquals(
        mapper.readTree("{\"a\": 1, \"b\": {\"deep\": [true]}, \"ü\": \"ß\"}"),
        answer.get("items"));
    assertEquals(mapper.readTree("[\"absent\"]"), answer.get("missing"));
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void manyCallsAtOnceEachGetTheirOwnAnswer(Version version) throws Exception {
    var client = client(version);
    client.dispatcher().setMaxRequests(64);
    client.dispatcher().setMaxRequestsPerHost(64);
    for (var at = 0; at < 200; at++) {
      status(client, to("/cache/k" + at).put(RequestBody.create("v" + at, RAW)));
    }
    var answers = new ArrayList<CompletableFuture<String>>();
    for (var at = 0; at < 2_000; at++) {
      answers.add(later(client.newCall(to("/cache/k" + at % 200).build())));
    }
    for (var at = 0; at < answers.size(); at++) {
      assertEquals("v" + at % 200, answers.get(at).get(30, TimeUnit.SECONDS));
    }
    if (version == Version.HTTP_2) {
      assertEquals(1, client.connectionPool().connectionCount());
    }
  }

  private static CompletableFuture<String> later(Call call) {
    var answer = new CompletableFuture<String>();
    call.enqueue(
        new Callback() {
          @Override
          public void onFailure(Call failed, IOException e) {
            answer.completeExceptionally(e);
          }

          @Override
          public void onResponse(Call done, Response response) {
            try (response) {
              answer.complete(response.body().string());
            } catch (IOException e) {
              answer.completeExceptionally(e);
            }
          }
        });
    return answer;
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void aCancelledCallDisturbsNoOther(Version version) throws Exception {
    var client = client(version);
    status(client, to("/cache/large").put(RequestBody.create(new byte[4_000_000], RAW)));
    for (var round = 0; round < 20; round++) {
      try (var response = client.newCall(to("/cache/large").build()).execute()) {
        assertNotNull(response.body().source());
        // Closed without reading the body.
      }
      assertEquals(200, status(client, to("/health")));
    }
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void theVersionedApiHasConditionsByTags(Version version) throws IOException {
    var client = client(version);
    var path = "/v1/caches/default/entries/tagged";
    String tag;
    var put = to(path).put(RequestBody.create("1", JSON)).header("If-None-Match", "*");
    try (var response = client.newCall(put.build()).execute()) {
      assertEquals(201, response.code());
      tag = response.header("ETag");
      assertNotNull(tag);
    }
    assertEquals(412, status(client, put));
    assertEquals(304, status(client, to(path).header("If-None-Match", tag)));
    var change = to(path).put(RequestBody.create("2", JSON)).header("If-Match", tag);
    assertEquals(2, status(client, change) / 100);
    assertEquals(412, status(client, change));
    assertEquals("2", body(client, to(path)));
  }

  @ParameterizedTest
  @EnumSource(Version.class)
  void everyPageOfTheServerIsThere(Version version) throws IOException {
    var client = client(version);
    for (var path : List.of("/", "/stats", "/health", "/metrics", "/docs", "/admin/keys?limit=1")) {
      assertEquals(200, status(client, to(path)), path);
    }
  }
}
