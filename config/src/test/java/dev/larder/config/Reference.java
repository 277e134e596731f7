package dev.larder.config;

import java.util.List;
import java.util.stream.Collectors;

/** Writes the generated parts of docs/configuration.md from the table of keys. */
final class Reference {
  private Reference() {}

  /** The document with its generated parts as the code has them now. */
  static String update(String document) {
    var cache = replace(document, "keys of a cache", cacheKeys());
    var places = replace(cache, "options of places", withVariables(PlaceKeys.ALL));
    var other = replace(places, "other keys", withVariables(Keys.TOP));
    return replace(other, "short names", shortNames());
  }

  private static String replace(String document, String part, String text) {
    var begin = "<!-- " + part + ": generated from the code -->\n";
    var start = document.indexOf(begin);
    if (start < 0) {
      throw new AssertionError("docs/configuration.md has lost its marker " + begin);
    }
    var from = start + begin.length();
    var to = document.indexOf("<!-- end -->", from);
    return document.substring(0, from) + text + document.substring(to);
  }

  private static String cacheKeys() {
    var rows =
        Keys.CACHE.stream()
            .map(
                key ->
                    row(
                        code(key.name()),
                        key.kind().allowed(),
                        code(key.fallback()),
                        key.meaning()))
            .toList();
    return table(List.of("key", "value", "built-in default", "meaning"), rows);
  }

  private static String withVariables(List<Key<?>> keys) {
    var rows =
        keys.stream()
            .map(
                key ->
                    row(
                        code(key.name()),
                        key.kind().allowed(),
                        code(key.fallback()),
                        code(EnvironmentLayer.variable(key.name())),
                        key.meaning()))
            .toList();
    return table(List.of("key", "value", "built-in default", "variable", "meaning"), rows);
  }

  private static String shortNames() {
    var rows =
        EnvironmentLayer.ALIASES.stream()
            .map(alias -> row(code(alias.variable()), code(alias.path()), code(alias.unit())))
            .toList();
    return table(List.of("variable", "key", "unit of a bare number"), rows);
  }

  private static String table(List<String> titles, List<String> rows) {
    var line = titles.stream().map(title -> "---").collect(Collectors.joining("|", "|", "|\n"));
    return "\n" + row(titles.toArray(new String[0])) + line + String.join("", rows) + "\n";
  }

  private static String row(String... cells) {
    return "| " + String.join(" | ", cells) + " |\n";
  }

  private static String code(String text) {
    return text.isEmpty() ? "" : "`" + text + "`";
  }
}
