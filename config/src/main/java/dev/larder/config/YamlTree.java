package dev.larder.config;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.dataformat.yaml.YAMLFactory;
import tools.jackson.dataformat.yaml.YAMLParser;

/**
 * Reads YAML into {@link Node}s. It works on the parser's events, so an alias is never expanded and
 * nothing grows beyond the text. Aliases and tags are mistakes: a configuration has one obvious
 * reading.
 */
final class YamlTree {
  private static final YAMLFactory YAML = new YAMLFactory();
  private static final String CORE_TAGS = "tag:yaml.org,2002:";

  /** Deeper than any configuration; the parser's own limit is far above. */
  private static final int DEEPEST = 16;

  private final String file;
  private final YAMLParser parser;
  private final Mistakes mistakes;

  private YamlTree(String file, YAMLParser parser, Mistakes mistakes) {
    this.file = file;
    this.parser = parser;
    this.mistakes = mistakes;
  }

  /** The one document of a text; empty when there is none, or when it is not YAML at all. */
  static Optional<Node> read(String file, String text, Mistakes mistakes) {
    try (var parser =
        (YAMLParser) YAML.createParser(ObjectReadContext.empty(), new StringReader(text))) {
      return new YamlTree(file, parser, mistakes).document();
    } catch (RuntimeException wrong) {
      // Jackson's exceptions are unchecked, and its scanner throws others on some malformed input.
      mistakes.add(place(file, wrong), "not YAML: " + problem(wrong), "");
      mistakes.because(wrong);
      return Optional.empty();
    }
  }

  private Optional<Node> document() {
    var first = parser.nextToken();
    if (first == null) {
      return Optional.empty();
    }
    var root = node(first, 0);
    var next = parser.nextToken();
    if (next != null) {
      mistakes.add(here(), "a second document", "one document in a file");
    }
    return Optional.of(root);
  }

  private Node node(JsonToken token, int depth) {
    var place = here();
    if (parser.isCurrentAlias()) {
      return wrong(place, "the alias *" + parser.getString(), "values without aliases");
    }
    var tag = parser.getTypeId();
    if (tag != null && !tag.toString().startsWith(CORE_TAGS)) {
      parser.skipChildren();
      return wrong(place, "the tag !" + tag, "values without tags");
    }
    if (token.isStructStart() && depth == DEEPEST) {
      parser.skipChildren();
      return wrong(place, "nested too deep", "at most " + DEEPEST + " levels");
    }
    return switch (token) {
      case START_OBJECT -> mapping(place, depth);
      case START_ARRAY -> sequence(place, depth);
      case VALUE_NULL -> new Node.Nothing(place);
      default -> new Node.Scalar(parser.getString(), place);
    };
  }

  private Node mapping(Place place, int depth) {
    var pairs = new ArrayList<Node.Pair>();
    var seen = new HashMap<String, Place>();
    for (var token = parser.nextToken(); inside(token); token = parser.nextToken()) {
      var key = parser.getString();
      var at = here();
      var value = node(parser.nextToken(), depth + 1);
      var before = seen.putIfAbsent(key, at);
      if (before == null) {
        pairs.add(new Node.Pair(key, at, value));
      } else {
        mistakes.twice(key, before, at);
      }
    }
    return new Node.Mapping(List.copyOf(pairs), place);
  }

  private Node sequence(Place place, int depth) {
    var parts = new ArrayList<Node>();
    for (var token = parser.nextToken(); inside(token); token = parser.nextToken()) {
      parts.add(node(token, depth + 1));
    }
    return new Node.Sequence(List.copyOf(parts), place);
  }

  private static boolean inside(@Nullable JsonToken token) {
    return token != null && !token.isStructEnd();
  }

  private Node wrong(Place place, String message, String allowed) {
    mistakes.add(place, message + " is not allowed", allowed);
    return new Node.Wrong(place);
  }

  private Place here() {
    return place(file, parser.currentTokenLocation());
  }

  private static Place place(String file, @Nullable TokenStreamLocation location) {
    return location == null
        ? Place.inFile(file, 1, 1)
        : Place.inFile(
            file, Math.max(1, location.getLineNr()), Math.max(1, location.getColumnNr()));
  }

  /** The mark of the scanner is where the problem is; Jackson's location is the token before. */
  private static Place place(String file, RuntimeException wrong) {
    if (wrong.getCause() instanceof MarkedYamlEngineException marked) {
      var mark = marked.getProblemMark();
      if (mark.isPresent()) {
        return Place.inFile(file, mark.get().getLine() + 1, mark.get().getColumn() + 1);
      }
    }
    return place(file, wrong instanceof JacksonException jackson ? jackson.getLocation() : null);
  }

  private static String problem(RuntimeException wrong) {
    if (wrong.getCause() instanceof MarkedYamlEngineException marked) {
      return marked.getProblem() == null ? "malformed" : firstLine(marked.getProblem());
    }
    return wrong instanceof JacksonException jackson
        ? firstLine(String.valueOf(jackson.getOriginalMessage()))
        : "malformed";
  }

  private static String firstLine(String text) {
    return text.lines().findFirst().orElse("malformed").strip();
  }
}
