package dev.larder.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EntryRoutesTest {
  private final HttpTestServer server = HttpTestServer.start();
  private final OkHttpClient client = new OkHttpClient();

  @AfterEach
  void close() {
    client.connectionPool().evictAll();
    client.dispatcher().executorService().shutdown();
    server.close();
  }

  private Response call(String method, String path, String type, byte[] body) throws Exception {
    var sent =
        body == null ? null : RequestBody.create(body, type == null ? null : MediaType.get(type));
    return client
        .newCall(new Request.Builder().url(server.url(path)).method(method, sent).build())
        .execute();
  }

  private Response put(String path, String type, String body) throws Exception {
    return call("PUT", path, type, body.getBytes(UTF_8));
  }

  private Response get(String path) throws Exception {
    return call("GET", path, null, null);
  }

  @Test
  void whatIsPutComesBackWithItsContentType() throws Exception {
    try (var created = put("/cache/k", "application/json; charset=utf-8", "{\"a\": 1}")) {
      assertEquals(201, created.code());
    }
    try (var found = get("/cache/k")) {
      assertEquals(200, found.code());
      assertEquals("application/json", found.header("content-type"));
      assertEquals("{\"a\": 1}", found.body().string());
    }
    try (var updated = put("/cache/k", "text/plain", "text")) {
      assertEquals(204, updated.code());
    }
    try (var found = get("/cache/k")) {
      assertEquals("text/plain", found.header("content-type"));
      assertEquals("text", found.body().string());
    }
  }

  @Test
  void keysAreBytes() throws Exception {
    var key = new byte[] {'a', '/', (byte) 0xff, 0, '%'};
    put("/cache/a%2F%ff%00%25", "text/plain", "v").close();

    var found = server.databases().first().get(new dev.larder.spi.Bytes(key));

    assertArrayEquals("v".getBytes(UTF_8), found.value().array());
  }

  @Test
  void anEntryLivesAsLongAsItWasAsked() throws Exception {
    put("/cache/k?ttl=60", "text/plain", "v").close();
    server.clock().advance(Duration.ofSeconds(61));

    try (var gone = get("/cache/k")) {
      assertEquals(404, gone.code());
      assertEquals("application/problem+json", gone.header("content-type"));
      assertTrue(gone.body().string().contains("/problems/no-such-key"));
    }
  }
}
