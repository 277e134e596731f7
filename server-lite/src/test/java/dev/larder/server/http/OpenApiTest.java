package dev.larder.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.larder.engine.SystemClock;
import dev.larder.server.load.LoadTest;
import dev.larder.server.load.Target;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OpenApiTest {
  private static final String[] JSON = {"content-type", "application/json"};

  private final HttpTestServer server = HttpTestServer.with().loads(loads()).start();

  @AfterEach
  void close() {
    server.close();
  }

  private static LoadTests loads() {
    var test = new LoadTest(true, SystemClock.instance());
    return new LoadTests() {
      @Override
      public boolean enabled() {
        return test.enabled();
      }

      @Override
      public CompletionStage<Map<String, Object>> start(
          SocketAddress itself, long operations, String type, String authorization) {
        var at = (InetSocketAddress) itself;
        var host = at.getAddress().getHostAddress();
        var target = new Target(Target.Protocol.HTTP, false, host, at.getPort(), null);
        return test.start(target, operations, type, authorization);
      }
    };
  }

  @Test
  void theDocumentNamesEveryRouteAndNoOther() throws Exception {
    var routes = new TreeSet<String>();
    for (var route : server.routes()) {
      routes.add(route.method() + " " + route.template() + " " + route.operation());
    }
    var documented = new TreeSet<String>();
    for (var path : new ApiContract(server).document().get("paths").properties()) {
      for (var method : path.getValue().properties()) {
        if (method.getValue().has("operationId")) {
          documented.add(
              method.getKey().toUpperCase(Locale.ROOT)
                  + " "
                  + path.getKey()
                  + " "
                  + method.getValue().get("operationId").asString());
        }
      }
    }
    assertEquals(routes, documented);
  }

  @Test
  void whatWantsNoPasswordIsDocumentedSo() throws Exception {
    var paths = new ApiContract(server).document().get("paths");
    for (var route : server.routes()) {
      var operation = paths.get(route.template()).get(route.method().toLowerCase(Locale.ROOT));
      assertEquals(route.open(), operation.has("security"), route::operation);
      assertEquals(!route.open(), operation.get("responses").has("401"), route::operation);
    }
  }

  @Test
  void everyOperationAnswersAsDocumented() throws Exception {
    var api = new ApiContract(server);
    entries(api);
    batches(api);
    state(api);
    pages(api);
    api.assertAllCalled(path -> !path.startsWith("/v1/"));
    assertEquals(List.of(), server.failures());
  }

  private static void entries(ApiContract api) throws Exception {
    api.call("putEntry", 201, "/cache/k?ttl=60", "{\"a\":1}", JSON);
    api.call("putEntry", 204, "/cache/k", "plain");
    api.call("putEntry", 400, "/cache/k?ttl=x", "plain");
    api.call("putEntry", 400, "/cache/k", "{", JSON);
    api.call("putEntry", 415, "/cache/k", "x", "content-type", "json");
    api.call("getEntry", 200, "/cache/k", "");
    api.call("getEntry", 404, "/cache/none", "");
    api.call("getEntry", 406, "/cache/k", "", "accept", "text/html");
    api.call("getEntry", 400, "/cache/%25" + "x".repeat(300_000), "");
    api.call("deleteEntry", 204, "/cache/k", "");
    api.call("deleteEntry", 404, "/cache/k", "");
    api.call("clearCache", 400, "/cache", "");
    api.call("clearCache", 204, "/cache?confirm=true", "");
  }

  private void batches(ApiContract api) throws Exception {
    var items = "{\"items\":{\"a\":1,\"b\":\"x\",\"c\":{\"base64\":\"/w==\"}},\"ttl\":5}";
    api.call("setBatch", 200, "/cache/batch/set", items, JSON);
    api.call("setBatch", 400, "/cache/batch/set", "{\"items\":1}", JSON);
    api.call("setBatch", 415, "/cache/batch/set", items);
    api.call(
        "setBatch",
        406,
        "/cache/batch/set",
        items,
        "content-type",
        "application/json",
        "accept",
        "text/csv");
    var found =
        api.call(
            "getBatch",
            200,
            "/cache/batch/get",
            "{\"keys\":[\"a\",\"b\",\"c\",\"d\",\"a\"]}",
            JSON);
    assertEquals(
        "{\"items\":{\"a\":1,\"b\":\"x\",\"c\":{\"base64\":\"/w==\"}},\"missing\":[\"d\"]}",
        new String(found.body(), StandardCharsets.UTF_8));
    api.call("getBatch", 400, "/cache/batch/get", "{\"keys\":[1]}", JSON);
    api.call("getBatch", 415, "/cache/batch/get", "{\"keys\":[]}");
    assertEquals(3, server.databases().first().size());
  }

  private static void state(ApiContract api) throws Exception {
    api.call("getStats", 200, "/stats", "");
    api.call("getHealth", 200, "/health", "");
    api.call("getLive", 200, "/health/live", "");
    api.call("getReady", 200, "/health/ready", "");
    api.call("getMetrics", 200, "/metrics", "");
    api.call("getMetrics", 200, "/metrics", "", "accept", "application/openmetrics-text");
    api.call("listKeys", 200, "/admin/keys?pattern=*&limit=2", "");
    api.call("listKeys", 400, "/admin/keys?limit=none", "");
    api.call("listKeys", 400, "/admin/keys?pattern=" + "x".repeat(1_025), "");
    api.call("testLoad", 200, "/test/load?num_operations=10&operation_type=get", "");
    api.call("testLoad", 400, "/test/load?num_operations=0", "");
    api.call("testLoad", 400, "/test/load?num_operations=many", "");
    api.call("testLoad", 400, "/test/load?operation_type=none", "");
  }

  private static void pages(ApiContract api) throws Exception {
    api.call("getStatePage", 200, "/", "");
    api.call("getDocs", 200, "/docs", "");
    api.call("getDocsFile", 404, "/docs/none.js", "");
    for (var file : new String[] {"swagger-ui.css", "swagger-ui-bundle.js", "docs.js"}) {
      var sent = api.call("getDocsFile", 200, "/docs/" + file, "");
      var tag = sent.headers().firstValue("etag").orElseThrow();
      assertTrue(sent.body().length > 0);
      api.call("getDocsFile", 304, "/docs/" + file, "", "if-none-match", tag);
    }
    var tag = api.call("getOpenApi", 200, "/openapi.json", "").headers().firstValue("etag");
    api.call("getOpenApi", 304, "/openapi.json", "", "if-none-match", tag.orElseThrow());
  }

  @Test
  void pagesLoadNothingFromElsewhere() throws Exception {
    var api = new ApiContract(server);
    for (var page : new String[] {"getStatePage /", "getDocs /docs"}) {
      var words = page.split(" ", -1);
      var sent = api.call(words[0], 200, words[1], "");
      var html = new String(sent.body(), StandardCharsets.UTF_8);
      var policy = sent.headers().firstValue("content-security-policy").orElseThrow();
      assertFalse(html.contains("://"), page);
      assertTrue(policy.startsWith("default-src 'none'"), policy);
    }
  }
}
