package dev.larder.remote;

import dev.larder.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;

/**
 * Answers that come seldom, as maps, lists, text, numbers, truths and byte arrays. In JSON or CBOR,
 * as the server says.
 */
final class Trees {
  private static final StreamReadConstraints CONSTRAINTS =
      StreamReadConstraints.builder()
          .maxNestingDepth(50)
          .maxStringLength(Integer.MAX_VALUE)
          .build();
  private static final JsonFactory JSON =
      JsonFactory.builder().streamReadConstraints(CONSTRAINTS).build();
  private static final CBORFactory CBOR =
      CBORFactory.builder().streamReadConstraints(CONSTRAINTS).build();

  private Trees() {}

  /**
   * The object in an answer.
   *
   * @throws StoreException when there is none
   */
  static Map<String, Object> of(Reply reply) {
    var tree = read(reply);
    if (tree == null) {
      throw new StoreException(
          "the server answered with status " + reply.status() + " and not as expected");
    }
    return tree;
  }

  /** The object in an answer, null when there is none. */
  static @Nullable Map<String, Object> read(Reply reply) {
    var type = reply.headers().getOrDefault("content-type", "");
    TokenStreamFactory factory = type.startsWith(Ask.CBOR) ? CBOR : JSON;
    try (var parser = factory.createParser(ObjectReadContext.empty(), reply.body().array())) {
      return parser.nextToken() == JsonToken.START_OBJECT ? object(parser) : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static Map<String, Object> object(JsonParser parser) {
    var members = new LinkedHashMap<String, Object>();
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      var value = value(parser);
      if (value != null) {
        members.put(name, value);
      }
    }
    return members;
  }

  private static List<Object> list(JsonParser parser) {
    var items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      var value = value(parser);
      if (value != null) {
        items.add(value);
      }
    }
    return items;
  }

  private static @Nullable Object value(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> list(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_EMBEDDED_OBJECT -> parser.getBinaryValue();
      default -> null;
    };
  }

  /** A member that is text, or empty. */
  static String text(Map<?, ?> tree, String name) {
    return tree.get(name) instanceof String text ? text : "";
  }

  /** A member that is a whole number, or another. */
  static long number(Map<?, ?> tree, String name, long otherwise) {
    return tree.get(name) instanceof Long number ? number : otherwise;
  }

  /** A member that is an object, or one without members. */
  static Map<?, ?> object(Map<?, ?> tree, String name) {
    return tree.get(name) instanceof Map<?, ?> object ? object : Map.of();
  }

  /** A member that is a list, or an empty one. */
  static List<?> list(Map<?, ?> tree, String name) {
    return tree.get(name) instanceof List<?> list ? list : List.of();
  }
}
