package dev.larder.config;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Writes what is generated from the table of keys: docs/reference.md and what editors show. */
final class Reference {
  private static final Pattern DESCRIBED =
      Pattern.compile(
          "\"name\": \"larder\\.([a-z.-]+)\",\\s+\"type\": \"[^\"]+\",\\s+\"description\":"
              + " \"((?:[^\"\\\\]|\\\\.)*)\"");
  private static final Pattern SPRING =
      Pattern.compile(
          "\"name\": \"(larder\\.spring\\.[a-z.-]+)\",\\s+\"type\": \"([^\"]+)\",\\s+"
              + "\"description\": \"([^\"]*)\"(?:,\\s+\"defaultValue\": ([a-z0-9]+))?");

  private static final String DEFAULTS = Area.DEFAULTS.prefix();
  private static final String SERVER = "server.";

  private Reference() {}

  /** The document with its generated parts as the code, and the properties of Spring, are now. */
  static String update(String document, String metadata) {
    var parts =
        Map.of(
            "keys of a cache", keys(Keys.CACHE),
            "options of places", keys(PlaceKeys.ALL),
            "keys for all caches", keys(Keys.GENERAL),
            "keys of the server", keys(ServerKeys.ALL),
            "short names", shortNames(),
            "properties of Spring", springProperties(metadata));
    var updated = document;
    for (var part : parts.entrySet()) {
      updated = replace(updated, part.getKey(), part.getValue());
    }
    return updated;
  }

  /** The properties that editors know, with the sentences of the table. */
  static String describe(String metadata) {
    var sentences = new java.util.TreeMap<String, String>();
    for (var key : Keys.CACHE) {
      sentences.put(DEFAULTS + key.name(), sentence(key));
    }
    PlaceKeys.ALL.forEach(key -> sentences.put(key.name(), sentence(key)));
    Keys.GENERAL.stream()
        .filter(key -> !key.name().equals(Keys.TOPOLOGY))
        .forEach(key -> sentences.put(key.name(), sentence(key)));
    return DESCRIBED
        .matcher(metadata)
        .replaceAll(
            found -> {
              var sentence = sentences.getOrDefault(found.group(1), found.group(2));
              return Matcher.quoteReplacement(
                  found.group().replace('"' + found.group(2) + '"', '"' + sentence + '"'));
            });
  }

  private static String sentence(Key<?> key) {
    return key.meaning() + " Value: " + key.kind().allowed() + ".";
  }

  private static String replace(String document, String part, String text) {
    var begin = "<!-- " + part + ": generated from the code -->\n";
    var start = document.indexOf(begin);
    if (start < 0) {
      throw new AssertionError("docs/reference.md has lost its marker " + begin);
    }
    var from = start + begin.length();
    var to = document.indexOf("<!-- end -->", from);
    return document.substring(0, from) + "\n" + text + "\n" + document.substring(to);
  }

  private static String keys(List<Key<?>> keys) {
    return keys.stream().map(Reference::index).collect(Collectors.joining(" · ", "", "\n\n"))
        + keys.stream().map(Reference::block).collect(Collectors.joining("\n"));
  }

  /** A link to a heading; GitHub drops the dots from its name. */
  private static String index(Key<?> key) {
    return "[" + code(key.name()) + "](#" + key.name().replace(".", "") + ")";
  }

  private static String block(Key<?> key) {
    var kind = key.kind();
    var unit = kind.unit().isEmpty() ? "" : ", in " + kind.unit();
    return "### "
        + code(key.name())
        + "\n\n"
        + key.meaning()
        + "\n\n* type: "
        + kind.noun().replaceFirst("^(a|an|one) ", "").replace("of its words", "word")
        + unit
        + "; allowed: "
        + kind.allowed()
        + "\n* default: "
        + code(key.fallback())
        + "\n* "
        + place(key)
        + "\n* example: "
        + code(key.name() + ": " + quoted(kind.sample()))
        + "\n";
  }

  private static String place(Key<?> key) {
    if (key.name().startsWith(SERVER)) {
      var option = key.name().substring(SERVER.length()).replace('.', '-');
      return "option: " + code("--" + option) + "; " + variables(key.name());
    }
    var path = Keys.CACHE.contains(key) ? DEFAULTS + key.name() : key.name();
    var variables = path.equals(DEFAULTS + Keys.TOPOLOGY) ? "" : "\n* " + variables(path);
    return "topologies: " + key.places() + variables;
  }

  private static String variables(String path) {
    return "variable: "
        + code(EnvironmentLayer.variable(path))
        + EnvironmentLayer.ALIASES.stream()
            .filter(alias -> alias.path().equals(path))
            .map(alias -> " or " + code(alias.variable()))
            .collect(Collectors.joining());
  }

  /** As it stands in YAML: what has commas is one text, and what begins with a star too. */
  private static String quoted(String sample) {
    return sample.matches("[\\w./%:+-]*") && !sample.contains(":") ? sample : '"' + sample + '"';
  }

  private static String shortNames() {
    Function<EnvironmentLayer.Alias, String> row =
        alias -> row(code(alias.variable()), code(alias.path()), code(alias.unit()));
    return row("variable", "key", "unit of a bare number")
        + "|---|---|---|\n"
        + EnvironmentLayer.ALIASES.stream().map(row).collect(Collectors.joining());
  }

  private static String springProperties(String metadata) {
    return row("property", "type", "default", "meaning")
        + "|---|---|---|---|\n"
        + SPRING
            .matcher(metadata)
            .results()
            .map(
                found ->
                    row(
                        code(found.group(1)),
                        found.group(2).contains("List") ? "list" : "true or false",
                        found.group(4) == null ? "" : code(found.group(4)),
                        found.group(3)))
            .collect(Collectors.joining());
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }
}
