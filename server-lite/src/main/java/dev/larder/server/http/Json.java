package dev.larder.server.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON (RFC 8259) as the server reads and writes it. */
final class Json {
  /** Reads one value and nothing after it. */
  static final JsonMapper MAPPER =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private Json() {}

  /** The UTF-8 text of an object. */
  static byte[] bytes(@Nullable Object value) {
    return MAPPER.writeValueAsBytes(value);
  }

  /** A body as a tree; a {@link ProblemException} when it is no JSON. */
  static JsonNode tree(byte[] body) {
    try {
      return MAPPER.readTree(body);
    } catch (JacksonException e) {
      throw invalid(e);
    }
  }

  /** Checks that bytes are one JSON value; a {@link ProblemException} when they are not. */
  static void check(byte[] body) {
    try (var parser = MAPPER.createParser(body)) {
      if (parser.nextToken() == null) {
        throw new ProblemException(
            400, "invalid-json", "the body is empty; it must be a JSON value");
      }
      parser.skipChildren();
      parser.finishToken();
      if (parser.nextToken() != null) {
        throw new ProblemException(400, "invalid-json", "there is more after the JSON value");
      }
    } catch (JacksonException e) {
      throw invalid(e);
    }
  }

  /** The parser decodes strings only when they are asked for, so UTF-8 is checked by itself. */
  private static void wantUtf8(byte[] body) {
    if (!Utf8.valid(body)) {
      throw new ProblemException(400, "invalid-utf8", "JSON must be UTF-8");
    }
  }

  /** Reads a member of an object: the parser stands at its value, and is left at its end. */
  @FunctionalInterface
  interface Member {
    void read(String name, JsonParser parser);
  }

  /** Reads a body that is one object; a {@link ProblemException} when it is none. */
  static void read(byte[] body, Member member) {
    wantUtf8(body);
    try (var parser = MAPPER.createParser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new ProblemException(400, "invalid-json", "the body must be a JSON object");
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = parser.currentName();
        parser.nextToken();
        member.read(name, parser);
      }
      if (parser.nextToken() != null) {
        throw new ProblemException(400, "invalid-json", "there is more after the JSON value");
      }
    } catch (JacksonException e) {
      throw invalid(e);
    }
  }

  /** The refusal of a member that means nothing here. */
  static ProblemException unknown(String name, String known) {
    return new ProblemException(
        400, "unknown-member", "there is no member '" + name + "'; known are " + known);
  }

  /** The refusal of text that is no JSON: where, and why; not what, which may be secret. */
  static ProblemException invalid(JacksonException e) {
    var place = e.getLocation();
    var where =
        place == null
            ? ""
            : " (line " + place.getLineNr() + ", column " + place.getColumnNr() + ")";
    return new ProblemException(400, "invalid-json", "the body is not valid JSON" + where);
  }
}
