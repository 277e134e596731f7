package dev.larder.server.http;

import dev.larder.server.core.Limits;
import dev.larder.spi.Bytes;
import java.util.LinkedHashSet;
import java.util.Set;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The body of a batch that reads: {@code {"keys": ["key", ...]}}. */
final class BatchKeys {
  private final Limits limits;
  private final Set<Bytes> keys = new LinkedHashSet<>();
  private boolean complete;

  private BatchKeys(Limits limits) {
    this.limits = limits;
  }

  /** Reads a body, each key once; a {@link ProblemException} says what is wrong with it. */
  static Set<Bytes> read(byte[] text, Limits limits) {
    var read = new BatchKeys(limits);
    Json.read(text, read::member);
    if (!read.complete) {
      throw new ProblemException(400, "invalid-batch", "the member 'keys' is missing");
    }
    return read.keys;
  }

  private void member(String name, JsonParser parser) {
    if (!name.equals("keys")) {
      throw Json.unknown(name, "keys");
    }
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      throw wrong();
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.VALUE_STRING) {
        throw wrong();
      }
      if (keys.size() == limits.batch()) {
        throw Requests.tooMany(limits);
      }
      keys.add(Requests.key(Utf8.bytes(parser.getString(), "a key"), limits));
    }
    complete = true;
  }

  private static ProblemException wrong() {
    return new ProblemException(400, "invalid-batch", "'keys' must be an array of strings");
  }
}
