package dev.larder.server.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The OpenAPI 3.1 document of the server: a frame, and the parts that come with the routes. A test
 * compares it with the routes and with what the running server answers.
 */
final class OpenApi {
  private static final String FRAME = "openapi.yaml";

  private OpenApi() {}

  /** Puts it together as JSON. Reads resources and takes its time: for the first who asks. */
  static byte[] document(Collection<? extends Routes> parts, String version) {
    var yaml = new YAMLMapper();
    var document = (ObjectNode) resource(yaml, OpenApi.class, FRAME);
    ((ObjectNode) document.get("info")).put("version", version);
    for (var part : parts) {
      merge(document, (ObjectNode) resource(yaml, part.getClass(), part.document()));
    }
    return Json.bytes(document);
  }

  private static JsonNode resource(YAMLMapper yaml, Class<?> beside, String name) {
    try (var in = beside.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing beside " + beside.getName());
      }
      return yaml.readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Objects become one, arrays one after the other; nothing else may be said twice. */
  private static void merge(ObjectNode into, ObjectNode from) {
    for (var member : from.properties()) {
      var there = into.get(member.getKey());
      var more = member.getValue();
      if (there == null) {
        into.set(member.getKey(), more);
      } else if (there instanceof ObjectNode object && more instanceof ObjectNode moreMembers) {
        merge(object, moreMembers);
      } else if (there instanceof ArrayNode array && more instanceof ArrayNode elements) {
        array.addAll(elements);
      } else {
        throw new IllegalStateException("'" + member.getKey() + "' is said twice");
      }
    }
  }
}
