package dev.larder.server.http.v1;

import dev.larder.server.core.Database;
import dev.larder.server.core.Limits;
import dev.larder.server.http.HttpTestServer;
import dev.larder.spi.Bytes;
import dev.larder.testkit.VirtualScheduler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The versioned API on a port, with a client, and a clock that stands still. */
final class ApiServer implements AutoCloseable {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpTestServer server;
  private final HttpClient client = HttpClient.newHttpClient();
  private VirtualScheduler scheduler;
  private Desks desks;

  ApiServer() {
    this(Limits.DEFAULT);
  }

  ApiServer(Limits limits) {
    this.server = HttpTestServer.with().limits(limits).routes(made -> routes(made, limits)).start();
  }

  private V1Routes routes(HttpTestServer made, Limits limits) {
    scheduler = new VirtualScheduler(made.clock());
    desks = new Desks(made.databases(), scheduler, made.work());
    return new V1Routes(desks, limits);
  }

  HttpTestServer server() {
    return server;
  }

  Database database() {
    return server.databases().first();
  }

  Desk desk() {
    return desk("default");
  }

  Desk desk(String cache) {
    return desks.of(server.databases().find(cache).orElseThrow());
  }

  Desks desks() {
    return desks;
  }

  /** How many timers of leases, loads and events run. */
  int pending() {
    return scheduler.pending();
  }

  /** Lets time pass. */
  void advance(Duration time) {
    scheduler.advance(time);
  }

  /** A request to the default cache. */
  HttpRequest.Builder to(String path) {
    return at("/v1/caches/default" + path);
  }

  /** A request to any path. */
  HttpRequest.Builder at(String path) {
    return HttpRequest.newBuilder(URI.create(server.url(path))).timeout(PATIENCE);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  byte[] bytes(HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofByteArray()).body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  CompletableFuture<HttpResponse<String>> later(HttpRequest.Builder request) {
    return client.sendAsync(request.build(), BodyHandlers.ofString());
  }

  InputStream stream(HttpRequest.Builder request) {
    try {
      var response = client.send(request.build(), BodyHandlers.ofInputStream());
      if (response.statusCode() != 200) {
        throw new AssertionError(
            response.statusCode()
                + " "
                + new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  HttpResponse<String> get(String path) {
    return send(to(path).GET());
  }

  HttpResponse<String> put(String path, String body, String... headers) {
    var request = to(path).PUT(BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    var request = to(path).POST(BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  HttpResponse<String> delete(String path, String... headers) {
    var request = to(path).DELETE();
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  /** A body as JSON. */
  static JsonNode json(HttpResponse<String> response) {
    return JSON.readTree(response.body());
  }

  /** The word of a problem. */
  static String problem(HttpResponse<String> response) {
    var type = json(response).get("type").asString();
    return type.substring(type.lastIndexOf('/') + 1);
  }

  static String tag(HttpResponse<?> response) {
    return response.headers().firstValue("ETag").orElseThrow();
  }

  static Bytes key(String text) {
    return new Bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    desks.close();
    server.close();
  }
}
