package dev.larder.remote;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * What a server says of a request that it did not do (RFC 9457).
 *
 * @param word for programs: the end of its type, empty where there is none
 * @param detail for people, empty where there is none
 */
record Problem(String word, String detail) {
  static final String TYPE = "application/problem+json";
  private static final Problem NONE = new Problem("", "");
  private static final JsonFactory JSON = new JsonFactory();

  /** Whether a server that says so has certainly changed nothing. */
  boolean nothingDone() {
    return word.equals("busy") || word.equals("memory") || word.equals("store-failed");
  }

  /** That of a reply; an empty one where the body is none. */
  static Problem of(Reply reply) {
    var type = reply.headers().getOrDefault("content-type", "");
    if (!type.startsWith(TYPE)) {
      return NONE;
    }
    var word = "";
    var detail = "";
    try (var parser = JSON.createParser(ObjectReadContext.empty(), reply.body().array())) {
      parser.nextToken();
      for (var name = parser.nextName(); name != null; name = parser.nextName()) {
        var text = parser.nextToken() == JsonToken.VALUE_STRING ? parser.getString() : "";
        parser.skipChildren();
        word = name.equals("type") ? text.substring(text.lastIndexOf('/') + 1) : word;
        detail = name.equals("detail") ? text : detail;
      }
    } catch (JacksonException e) {
      return NONE;
    }
    return new Problem(word, detail);
  }
}
