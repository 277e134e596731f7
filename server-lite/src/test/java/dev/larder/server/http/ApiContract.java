package dev.larder.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls a running server, and compares every answer with what its OpenAPI document says: the
 * status, the content type, and the body by its schema.
 */
public final class ApiContract {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final HttpTestServer server;
  private final HttpClient client;
  private final JsonNode document;
  private final SchemaRegistry schemas =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
  private final Set<String> succeeded = new TreeSet<>();
  private final Set<String> refused = new TreeSet<>();

  /** Of a server, whose document is asked of itself. */
  public ApiContract(HttpTestServer server) throws IOException, InterruptedException {
    this.server = server;
    this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    this.document = JSON.readTree(send("GET", "/openapi.json", new byte[0]).body());
  }

  /** The document. */
  public JsonNode document() {
    return document;
  }

  private HttpResponse<byte[]> send(String method, String path, byte[] body, String... headers)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.url(path)))
            .timeout(PATIENCE)
            .method(
                method,
                body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return client.send(request.build(), BodyHandlers.ofByteArray());
  }

  /**
   * Calls an operation; the answer must have that status, and be as the document says.
   *
   * @param headers name, value, name, value
   */
  public HttpResponse<byte[]> call(
      String operation, int status, String path, String body, String... headers)
      throws IOException, InterruptedException {
    var place = place(operation);
    var answer = send(place.method(), path, body.getBytes(StandardCharsets.UTF_8), headers);
    var text = new String(answer.body(), StandardCharsets.UTF_8);
    assertEquals(status, answer.statusCode(), () -> operation + " " + path + ": " + text);
    assertTrue(
        matches(place.template(), answer.uri().getRawPath()),
        () -> path + " is not a path of " + operation);
    check(operation, place.node(), answer);
    (status < 400 ? succeeded : refused).add(operation);
    return answer;
  }

  private static boolean matches(String template, String path) {
    return path.matches(template.replaceAll("\\{[^}]*}", "[^/]*"));
  }

  private record Place(String template, String method, JsonNode node) {}

  private Place place(String operation) {
    for (var path : document.get("paths").properties()) {
      for (var method : path.getValue().properties()) {
        if (method.getValue().path("operationId").asString("").equals(operation)) {
          return new Place(
              path.getKey(), method.getKey().toUpperCase(java.util.Locale.ROOT), method.getValue());
        }
      }
    }
    throw new AssertionError("the document has no operation " + operation);
  }

  private void check(String operation, JsonNode node, HttpResponse<byte[]> answer) {
    var status = String.valueOf(answer.statusCode());
    var response = resolved(node.get("responses").get(status));
    assertNotNull(response, () -> operation + " has no answer " + status + " in the document");
    var content = response.get("content");
    var type = answer.headers().firstValue("content-type").orElse("");
    if (content == null) {
      assertEquals(0, answer.body().length, () -> operation + " " + status + " has no body");
      return;
    }
    var essence = type.contains(";") ? type.substring(0, type.indexOf(';')) : type;
    var media = content.has(essence) ? content.get(essence) : content.get("*/*");
    assertNotNull(media, () -> operation + " " + status + " is not sent as " + type);
    if (essence.endsWith("json") && media.has("schema")) {
      validate(operation + " " + status, media.get("schema"), answer.body());
    }
  }

  private JsonNode resolved(JsonNode node) {
    return node != null && node.has("$ref")
        ? document.at(node.get("$ref").asString().substring(1))
        : node;
  }

  private void validate(String what, JsonNode schema, byte[] body) {
    var whole = ((ObjectNode) schema.deepCopy()).set("components", document.get("components"));
    var errors = schemas.getSchema(whole).validate(JSON.readTree(body));
    assertTrue(
        errors.isEmpty(),
        () -> what + ": " + errors + " in " + new String(body, StandardCharsets.UTF_8));
  }

  /**
   * Every operation whose path is chosen was called so that it succeeded, and, where a client can
   * get something wrong there, so that it was refused.
   */
  public void assertAllCalled(Predicate<String> paths) {
    for (var path : document.get("paths").properties()) {
      for (var method : path.getValue().properties()) {
        if (paths.test(path.getKey()) && method.getValue().has("operationId")) {
          var operation = method.getValue().get("operationId").asString();
          assertTrue(succeeded.contains(operation), () -> operation + " was not called");
          assertTrue(
              refused.contains(operation) || !refuses(method.getValue()),
              () -> operation + " was not called wrongly");
        }
      }
    }
  }

  private static boolean refuses(JsonNode operation) {
    return operation.get("responses").properties().stream()
        .anyMatch(answer -> answer.getKey().startsWith("4") && !answer.getKey().equals("401"));
  }
}
