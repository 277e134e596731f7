package dev.larder.server.http;

import dev.larder.server.core.Contents;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import java.util.Arrays;
import java.util.Base64;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Values and keys inside JSON, as docs/values.md says: JSON as it is, text as a string, other bytes
 * as {@code {"base64": "..."}}.
 */
final class Values {
  private static final String BASE64 = "base64";

  private Values() {}

  /** Writes a value. */
  static void write(Payload value, JsonText to) {
    var type = value.meta().contentType();
    var bytes = value.array();
    if (type.equals(Contents.JSON)) {
      to.add(bytes);
    } else if (Utf8.valid(bytes)) {
      to.string(bytes);
    } else {
      to.base64(bytes);
    }
  }

  /** Writes a key. */
  static void write(Bytes key, JsonText to) {
    if (Utf8.valid(key.array())) {
      to.string(key.array());
    } else {
      to.base64(key.array());
    }
  }

  /**
   * Reads a value where the parser stands, at its first token, and leaves the parser at its last.
   *
   * @param text what the parser reads
   */
  static Payload read(JsonParser parser, byte[] text, Contents contents) {
    var start = (int) parser.currentTokenLocation().getByteOffset();
    if (parser.currentToken() == JsonToken.START_OBJECT) {
      if (parser.nextToken() == JsonToken.PROPERTY_NAME && parser.currentName().equals(BASE64)) {
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
          var encoded = parser.getString();
          if (parser.nextToken() == JsonToken.END_OBJECT) {
            return contents.raw(decoded(encoded));
          }
        }
      }
      leaveObject(parser);
    } else {
      parser.skipChildren();
      parser.finishToken();
    }
    var end = (int) parser.currentLocation().getByteOffset();
    return contents.of(Arrays.copyOfRange(text, start, end), Contents.JSON);
  }

  /** From somewhere in an object, not in another one, to its end. */
  private static void leaveObject(JsonParser parser) throws JacksonException {
    while (parser.currentToken() != JsonToken.END_OBJECT) {
      parser.skipChildren();
      if (parser.nextToken() == null) {
        return;
      }
    }
  }

  private static byte[] decoded(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new ProblemException(
          400, "invalid-base64", "the member 'base64' of a value must be valid base64");
    }
  }
}
