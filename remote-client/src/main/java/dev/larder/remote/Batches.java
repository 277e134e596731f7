package dev.larder.remote;

import dev.larder.Life;
import dev.larder.MissCause;
import dev.larder.StoreException;
import dev.larder.spi.Meta;
import dev.larder.spi.Payload;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * Batches in CBOR (RFC 8949), as docs/wire-protocol.md describes them. Members of answers that are
 * not known here are passed over, so that a server may say more.
 */
final class Batches {
  private static final CBORFactory CBOR =
      CBORFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(50)
                  .maxStringLength(Integer.MAX_VALUE)
                  .build())
          .build();

  private Batches() {}

  /** The body of a request. */
  static byte[] encode(List<? extends Op> ops) {
    var out = new ByteArrayOutputStream(32 + ops.stream().mapToInt(Op::size).sum());
    try (var generator = CBOR.createGenerator(ObjectWriteContext.empty(), out)) {
      generator.writeStartObject();
      generator.writeName("operations");
      generator.writeStartArray();
      ops.forEach(op -> op.write(generator));
      generator.writeEndArray();
      generator.writeEndObject();
    }
    return out.toByteArray();
  }

  /**
   * The answers in a body, one for each operation, in order.
   *
   * @throws StoreException when it is none, or has another number of answers
   */
  static List<Answer> decode(byte[] body, int wanted, long sentAt) {
    try (var parser = CBOR.createParser(ObjectReadContext.empty(), body)) {
      var answers = answers(parser, sentAt);
      if (answers.size() != wanted) {
        throw new StoreException(
            "the server gave " + answers.size() + " answers to " + wanted + " operations", null);
      }
      return answers;
    } catch (JacksonException e) {
      throw new StoreException("the server's answer to a batch is not CBOR as expected", e);
    }
  }

  /**
   * The one answer in a body.
   *
   * @throws StoreException when it is none
   */
  static Answer one(byte[] body, long sentAt) {
    try (var parser = CBOR.createParser(ObjectReadContext.empty(), body)) {
      expect(parser, JsonToken.START_OBJECT);
      return answer(parser, sentAt);
    } catch (JacksonException e) {
      throw new StoreException("the server's answer is not CBOR as expected", e);
    }
  }

  private static List<Answer> answers(JsonParser parser, long sentAt) {
    var answers = new ArrayList<Answer>();
    expect(parser, JsonToken.START_OBJECT);
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (!name.equals("results")) {
        parser.skipChildren();
        continue;
      }
      if (parser.currentToken() != JsonToken.START_ARRAY) {
        throw malformed();
      }
      while (parser.nextToken() == JsonToken.START_OBJECT) {
        answers.add(answer(parser, sentAt));
      }
    }
    return answers;
  }

  private static void expect(JsonParser parser, JsonToken token) {
    if (parser.nextToken() != token) {
      throw malformed();
    }
  }

  private static StoreException malformed() {
    return new StoreException(
        "the server's answer to a batch has another shape than expected", null);
  }

  private static Answer answer(JsonParser parser, long sentAt) {
    var draft = new Draft();
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      switch (name) {
        case "status" -> draft.status = parser.getIntValue();
        case "version" -> draft.version = parser.getLongValue();
        case "ttl" -> draft.ttl = life(parser);
        case "value" -> draft.value = parser.getBinaryValue();
        case "type" -> draft.type = parser.getString();
        case "schema" -> draft.schema = parser.getIntValue();
        case "weight" -> draft.weight = parser.getIntValue();
        case "token" -> draft.token = parser.getLongValue();
        case "left", "loading" -> draft.left = parser.getLongValue();
        case "missing" -> draft.missing = cause(parser.getString());
        case "error" -> draft.error = parser.getString();
        case "unknown" -> draft.unknown = parser.getBooleanValue();
        case "previous" -> draft.previous = answer(parser, sentAt).value();
        default -> parser.skipChildren();
      }
    }
    return draft.answer(sentAt);
  }

  private static long life(JsonParser parser) {
    return parser.currentToken() == JsonToken.VALUE_STRING ? Life.FOREVER : parser.getLongValue();
  }

  /** A word of a newer server says no more than that nothing is known. */
  static MissCause cause(String word) {
    for (var known : MissCause.values()) {
      if (known.name().equals(word)) {
        return known;
      }
    }
    return MissCause.UNKNOWN;
  }

  private static final class Draft {
    int status;
    long version;
    long ttl = Life.FOREVER;
    byte @Nullable [] value;
    String type = "application/octet-stream";
    int schema;
    int weight = 1;
    @Nullable Payload previous;
    long token;
    long left;
    @Nullable MissCause missing;
    @Nullable String error;
    boolean unknown;

    Answer answer(long sentAt) {
      return new Answer(
          status,
          version,
          ttl,
          value == null ? null : new Payload(value, new Meta(type, schema, weight, Set.of())),
          previous,
          token,
          missing,
          left,
          error,
          unknown,
          sentAt);
    }
  }
}
