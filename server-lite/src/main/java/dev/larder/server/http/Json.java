package dev.larder.server.http;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** JSON (RFC 8259) as the server reads and writes it. */
final class Json {
  /** Reads strictly: one value, and no member twice. */
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(tools.jackson.databind.DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(tools.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

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
      // The parser decodes strings only when they are asked for, so UTF-8 is checked by itself.
      parser.finishToken();
      if (parser.nextToken() != null) {
        throw new ProblemException(400, "invalid-json", "there is more after the JSON value");
      }
    } catch (JacksonException e) {
      throw invalid(e);
    }
    Percent.utf8(body, "JSON");
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
