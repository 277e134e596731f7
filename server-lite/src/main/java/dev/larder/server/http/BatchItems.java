package dev.larder.server.http;

import dev.larder.Life;
import dev.larder.server.core.Contents;
import dev.larder.server.core.Limits;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The body of a batch that writes: {@code {"items": {"key": value, ...}, "ttl": seconds}}. */
final class BatchItems {
  private final byte[] text;
  private final Contents contents;
  private final Limits limits;
  private final Map<Bytes, Payload> values = new LinkedHashMap<>();
  private long life = Life.UNCHANGED;
  private boolean complete;

  private BatchItems(byte[] text, Contents contents, Limits limits) {
    this.text = text;
    this.contents = contents;
    this.limits = limits;
  }

  /** Reads a body; a {@link ProblemException} says what is wrong with it. */
  static BatchItems read(byte[] text, Contents contents, Limits limits) {
    var items = new BatchItems(text, contents, limits);
    Json.read(text, items::member);
    if (!items.complete) {
      throw new ProblemException(400, "invalid-batch", "the member 'items' is missing");
    }
    return items;
  }

  /** The values by key; of a key that comes twice the last. */
  Map<Bytes, Payload> values() {
    return values;
  }

  /** Their life, {@link Life#UNCHANGED} for that of the cache's rule. */
  long life() {
    return life;
  }

  private void member(String name, JsonParser parser) throws JacksonException {
    switch (name) {
      case "items" -> items(parser);
      case "ttl" -> life = ttl(parser);
      default -> throw Json.unknown(name, "items and ttl");
    }
  }

  private static long ttl(JsonParser parser) {
    return switch (parser.currentToken()) {
      case VALUE_NULL -> Life.UNCHANGED;
      case VALUE_NUMBER_INT -> Requests.life(number(parser));
      default -> throw Requests.invalidLife();
    };
  }

  private static long number(JsonParser parser) {
    return switch (parser.getNumberType()) {
      case INT, LONG -> parser.getLongValue();
      default -> throw Requests.invalidLife();
    };
  }

  private void items(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new ProblemException(
          400, "invalid-batch", "'items' must be an object of values by key");
    }
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      if (values.size() == limits.batch()) {
        throw Requests.tooMany(limits);
      }
      var key = Requests.key(Utf8.bytes(parser.currentName(), "a key"), limits);
      parser.nextToken();
      values.put(key, Requests.fitting(Values.read(parser, text, contents), limits));
    }
    complete = true;
  }
}
