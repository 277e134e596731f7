package dev.larder.remote;

import dev.larder.RemovalCause;
import dev.larder.StoreException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the data of events. Members that are not known here are passed over, so that a server may
 * say more.
 */
final class FeedText {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String RAW = "application/octet-stream";
  private static final String JSON_TYPE = "application/json";

  private final String data;
  private final Value after = new Value();
  private final Value before = new Value();
  private String epoch = "";
  private String listener = "";
  private long sequence = -1;
  private long first;
  private long next = -1;
  private long number = -1;
  private long version;
  private @Nullable Bytes key;
  private @Nullable RemovalCause cause;
  private boolean omitted;

  private FeedText(String data) {
    this.data = data;
  }

  /**
   * The event of this name with this data.
   *
   * @throws StoreException when the data are not what such an event has
   */
  static FeedEvent read(String name, String data) {
    var text = new FeedText(data);
    try {
      return switch (name) {
        case "start", "gap", "mark", "cleared", "shortened", "created", "updated", "removed" ->
            text.parsed().event(name);
        default -> new FeedEvent.Other();
      };
    } catch (JacksonException | IllegalArgumentException e) {
      throw new StoreException("an event '" + name + "' cannot be read", e);
    }
  }

  private FeedEvent event(String name) {
    return switch (name) {
      case "start" -> new FeedEvent.Start(epoch, needed(next), listener);
      case "gap" -> new FeedEvent.Gap(first, needed(next));
      case "mark" -> new FeedEvent.Mark(needed(number), needed(next));
      case "cleared" -> new FeedEvent.Cleared(needed(sequence));
      case "shortened" -> new FeedEvent.Shortened(needed(sequence), key(), version);
      default -> changed(name.equals("removed"));
    };
  }

  private Bytes key() {
    var known = key;
    if (known == null) {
      throw new IllegalArgumentException("without a key");
    }
    return known;
  }

  private FeedEvent changed(boolean removed) {
    return new FeedEvent.Changed(
        needed(sequence),
        key(),
        version,
        removed,
        cause,
        after.payload(),
        before.payload(),
        omitted);
  }

  private static long needed(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("a number is missing");
    }
    return number;
  }

  private FeedText parsed() {
    try (var parser = JSON.createParser(ObjectReadContext.empty(), data)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("no object");
      }
      for (var name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        member(name, parser);
      }
    }
    return this;
  }

  private void member(String name, JsonParser parser) {
    switch (name) {
      case "sequence" -> sequence = parser.getLongValue();
      case "first" -> first = parser.getLongValue();
      case "next" -> next = parser.getLongValue();
      case "number" -> number = parser.getLongValue();
      case "version" -> version = parser.getLongValue();
      case "epoch" -> epoch = parser.getString();
      case "listener" -> listener = parser.getString();
      case "key" -> key = new Bytes(parser.getString().getBytes(StandardCharsets.UTF_8));
      case "key64" -> key = new Bytes(parser.getBinaryValue());
      case "cause" -> cause = cause(parser.getString());
      case "omitted" -> omitted = parser.getBooleanValue();
      case "value" -> after.text(json(parser));
      case "value64" -> after.bytes(parser.getBinaryValue());
      case "type" -> after.type = parser.getString();
      case "schema" -> after.schema = parser.getIntValue();
      case "weight" -> after.weight = parser.getIntValue();
      case "old" -> before.text(json(parser));
      case "old64" -> before.bytes(parser.getBinaryValue());
      case "oldType" -> before.type = parser.getString();
      case "oldSchema" -> before.schema = parser.getIntValue();
      default -> parser.skipChildren();
    }
  }

  /** A word of a newer server is some way to be gone. */
  private static RemovalCause cause(String word) {
    for (var known : RemovalCause.values()) {
      if (known.name().equals(word)) {
        return known;
      }
    }
    return RemovalCause.EXPLICIT;
  }

  /** The text of the value that begins here, as it stands in the data. */
  private byte[] json(JsonParser parser) {
    var from = (int) parser.currentTokenLocation().getCharOffset();
    parser.skipChildren();
    parser.finishToken();
    var to = (int) parser.currentLocation().getCharOffset();
    return data.substring(from, to).strip().getBytes(StandardCharsets.UTF_8);
  }

  private static final class Value {
    byte @Nullable [] bytes;
    String standard = RAW;
    String type = "";
    int schema;
    int weight = 1;

    void text(byte[] json) {
      bytes = json;
      standard = JSON_TYPE;
    }

    void bytes(byte[] given) {
      bytes = given;
    }

    @Nullable Payload payload() {
      return bytes == null
          ? null
          : new Payload(
              bytes, new Meta(type.isEmpty() ? standard : type, schema, weight, Set.of()));
    }
  }
}
