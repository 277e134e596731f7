package dev.larder.server.http.v1;

import dev.larder.Life;
import dev.larder.server.core.Contents;
import dev.larder.server.core.Limits;
import dev.larder.server.http.v1.Op.Name;
import dev.larder.spi.Bytes;
import dev.larder.spi.Settings;
import dev.larder.spi.Touch;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Reads the operations of a batch, as they come, into nothing but themselves. Not for use by
 * several threads.
 */
final class BatchReader {
  private final Formats format;
  private final byte[] body;
  private final Limits limits;
  private final OpDraft draft;

  private BatchReader(Formats format, byte[] body, Limits limits, Contents contents) {
    this.format = format;
    this.body = body;
    this.limits = limits;
    this.draft = new OpDraft(contents);
  }

  /**
   * The operations in a body.
   *
   * @throws ProblemException when it is malformed, or asks for too much
   */
  static List<Op> read(Formats format, byte[] body, Limits limits, Contents contents) {
    try (var parser = format.parser(body)) {
      return new BatchReader(format, body, limits, contents).operations(parser);
    } catch (JacksonException e) {
      throw Formats.malformed(e);
    }
  }

  private List<Op> operations(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw Refusals.malformed("a batch is an object with the member 'operations'");
    }
    List<Op> ops = null;
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      if (!name.equals("operations") || ops != null) {
        throw Refusals.malformed(
            "a batch has one member, 'operations', and not also " + Settings.quote(name));
      }
      ops = list(parser);
    }
    if (ops == null || parser.currentToken() != JsonToken.END_OBJECT) {
      throw Refusals.malformed("a batch has one member, 'operations', a list of operations");
    }
    if (parser.nextToken() != null) {
      throw Refusals.malformed("something follows the batch");
    }
    return ops;
  }

  private List<Op> list(JsonParser parser) {
    if (parser.nextToken() != JsonToken.START_ARRAY) {
      throw Refusals.malformed("'operations' is a list of operations");
    }
    var ops = new ArrayList<Op>();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; token = parser.nextToken()) {
      if (token != JsonToken.START_OBJECT) {
        throw Refusals.malformed("operation " + ops.size() + " is not an object");
      }
      if (ops.size() == limits.batch()) {
        throw Refusals.tooLarge("the number of operations", limits.batch());
      }
      ops.add(operation(parser, ops.size()));
    }
    return ops;
  }

  private Op operation(JsonParser parser, int index) {
    draft.clear();
    try {
      for (var name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        member(parser, name);
      }
      return draft.op();
    } catch (IllegalArgumentException e) {
      throw Refusals.malformed("operation " + index + ": " + e.getMessage());
    }
  }

  private void member(JsonParser parser, String name) {
    switch (name) {
      case "op" -> draft.name = op(text(parser, name));
      case "key" -> draft.key = key(parser);
      case "key64" -> draft.key = checked(binary(parser, name));
      case "value" -> value(parser);
      case "value64" -> value(binary(parser, name));
      case "type" -> draft.type = text(parser, name);
      case "schema" -> draft.schema = small(parser, name);
      case "weight" -> draft.weight = small(parser, name);
      case "ttl" -> draft.life = life(parser, name);
      case "ifVersion" -> draft.version = number(parser, name, 0);
      case "ifNotVersion" -> draft.notVersion = number(parser, name, 0);
      case "token" -> draft.token = number(parser, name, 0);
      case "operation" -> draft.operation = number(parser, name, 1);
      case "touch" -> draft.touch = touch(text(parser, name));
      default -> rareMember(parser, name);
    }
  }

  private void rareMember(JsonParser parser, String name) {
    switch (name) {
      case "ifAbsent" -> draft.absent = flag(parser, name);
      case "ifPresent" -> draft.present = flag(parser, name);
      case "previous" -> draft.previous = flag(parser, name);
      case "single" -> draft.single = single(parser, name);
      case "own" -> draft.own = flag(parser, name);
      case "hot" -> draft.hot = flag(parser, name);
      case "limit" -> draft.limit = life(parser, name);
      case "by" -> draft.by = number(parser, name, Long.MIN_VALUE);
      case "initial" -> draft.initial = number(parser, name, Long.MIN_VALUE);
      case "action" -> draft.action = text(parser, name);
      default ->
          throw new IllegalArgumentException(
              "the member " + Settings.quote(name) + " is not known");
    }
  }

  private static Name op(String word) {
    var known = Name.of(word);
    if (known == null) {
      throw new IllegalArgumentException(
          "'op' is "
              + Settings.quote(word)
              + "; allowed: "
              + Arrays.stream(Name.values()).map(Name::word).collect(Collectors.joining(", ")));
    }
    return known;
  }

  private static Touch touch(String word) {
    return switch (word) {
      case "read" -> Touch.READ;
      case "peek" -> Touch.PEEK;
      case "fill" -> Touch.FILL;
      case "refresh" -> Touch.REFRESH;
      default ->
          throw new IllegalArgumentException(
              "'touch' is " + Settings.quote(word) + "; allowed: read, peek, fill, refresh");
    };
  }

  private Bytes key(JsonParser parser) {
    if (format == Formats.CBOR && parser.currentToken() == JsonToken.VALUE_EMBEDDED_OBJECT) {
      return checked(bytes(parser, "key"));
    }
    return checked(utf8(text(parser, "key")));
  }

  /**
   * JSON can say halves of characters, which have no bytes; with others in their place keys meet.
   */
  private static byte[] utf8(String text) {
    for (int at = 0; at < text.length(); at++) {
      if (Character.isSurrogate(text.charAt(at))) {
        if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
          throw new IllegalArgumentException("the key has half a character");
        }
        break;
      }
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private Bytes checked(byte[] key) {
    if (key.length == 0 || key.length > limits.keyBytes()) {
      throw new IllegalArgumentException(
          "the key has " + key.length + " bytes; allowed: 1 to " + limits.keyBytes());
    }
    return new Bytes(key);
  }

  private void value(JsonParser parser) {
    if (format == Formats.JSON) {
      draft.valueType = Contents.JSON;
      draft.value = sized(asItStands(parser));
    } else {
      value(binary(parser, "value"));
    }
  }

  private void value(byte[] bytes) {
    draft.valueType = Contents.RAW;
    draft.value = sized(bytes);
  }

  private byte[] sized(byte[] bytes) {
    if (bytes.length > limits.valueBytes()) {
      throw Refusals.tooLarge("a value of " + bytes.length + " bytes", limits.valueBytes());
    }
    return bytes;
  }

  /** The text of a value in JSON, byte for byte. */
  private byte[] asItStands(JsonParser parser) {
    var from = (int) parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    parser.finishToken();
    var to = (int) parser.currentLocation().getByteOffset();
    return Arrays.copyOfRange(body, from, to);
  }

  private byte[] binary(JsonParser parser, String name) {
    var token = parser.currentToken();
    var fits =
        format == Formats.JSON
            ? token == JsonToken.VALUE_STRING
            : token == JsonToken.VALUE_EMBEDDED_OBJECT;
    if (!fits) {
      throw new IllegalArgumentException(
          Settings.quote(name)
              + (format == Formats.JSON ? " is not text in Base64" : " is not a byte string"));
    }
    return bytes(parser, name);
  }

  /** In CBOR what is undefined, and simple values, are embedded objects of no bytes. */
  private static byte[] bytes(JsonParser parser, String name) {
    var bytes = parser.getBinaryValue();
    if (bytes == null) {
      throw new IllegalArgumentException(Settings.quote(name) + " is not a byte string");
    }
    return bytes;
  }

  private static String text(JsonParser parser, String name) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException(Settings.quote(name) + " is not text");
    }
    return parser.getString();
  }

  private static boolean flag(JsonParser parser, String name) {
    return switch (parser.currentToken()) {
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> throw new IllegalArgumentException(Settings.quote(name) + " is not true or false");
    };
  }

  private static long number(JsonParser parser, String name, long least) {
    var fits =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    if (!fits || parser.getLongValue() < least) {
      throw new IllegalArgumentException(
          Settings.quote(name)
              + " is not a whole number"
              + (least == Long.MIN_VALUE ? " of 64 bits" : " from " + least + " to 2^63-1"));
    }
    return parser.getLongValue();
  }

  private static long single(JsonParser parser, String name) {
    var longest = LeaseRoutes.LONGEST.toMillis();
    var millis = small(parser, name);
    if (millis == 0 || millis > longest) {
      throw new IllegalArgumentException(
          Settings.quote(name) + " is not milliseconds from 1 to " + longest);
    }
    return millis;
  }

  private static int small(JsonParser parser, String name) {
    var fits =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() == JsonParser.NumberType.INT
            && parser.getIntValue() >= 0;
    if (!fits) {
      throw new IllegalArgumentException(
          Settings.quote(name) + " is not a whole number from 0 to " + Integer.MAX_VALUE);
    }
    return parser.getIntValue();
  }

  private static long life(JsonParser parser, String name) {
    if (parser.currentToken() == JsonToken.VALUE_STRING && parser.getString().equals("forever")) {
      return Life.FOREVER;
    }
    var millis = parser.currentToken() == JsonToken.VALUE_STRING ? -1 : number(parser, name, 0);
    if (millis < 0 || millis > Params.LONGEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "%s is not milliseconds up to %d, or \"forever\"",
              Settings.quote(name),
              Params.LONGEST));
    }
    return millis;
  }
}
