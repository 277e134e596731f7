package dev.larder.config;

import dev.larder.spi.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lays a file into a draft. */
final class FileLayer {
  private final Schema schema;
  private final Draft draft;
  private final Mistakes mistakes;

  FileLayer(Schema schema, Draft draft) {
    this.schema = schema;
    this.draft = draft;
    this.mistakes = draft.mistakes();
  }

  /** Reads a whole document. */
  void read(Node root) {
    for (var pair : section("the file", root)) {
      var key = pair.key();
      if (key.equals("caches")) {
        section("caches", pair.value()).forEach(this::cache);
      } else if (key.equals("defaults")) {
        section("defaults", pair.value()).forEach(each -> key(Area.DEFAULTS, "", "", each));
      } else if (key.startsWith(Area.DEFAULTS.prefix())) {
        var rest = key.substring(Area.DEFAULTS.prefix().length());
        key(Area.DEFAULTS, "", "", new Node.Pair(rest, pair.place(), pair.value()));
      } else {
        key(Area.TOP, "", "", pair);
      }
    }
  }

  private void cache(Node.Pair pair) {
    var name = pair.key();
    if (name.isBlank()) {
      mistakes.add(pair.place(), "the name of a cache is empty", "a name or a pattern");
      return;
    }
    draft.settings(Area.CACHE, name);
    section("cache " + Settings.quote(name), pair.value())
        .forEach(each -> key(Area.CACHE, name, "", each));
  }

  private List<Node.Pair> section(String what, Node node) {
    if (node instanceof Node.Mapping mapping) {
      return mapping.pairs();
    }
    if (!(node instanceof Node.Nothing) && !(node instanceof Node.Wrong)) {
      mistakes.add(node.place(), what + " must be a section but is " + node.noun(), "key: value");
    }
    return List.of();
  }

  private void key(Area area, String cache, String prefix, Node.Pair pair) {
    var path = prefix + pair.key();
    var spot = new Spot(area, cache, path);
    var found = schema.find(area, path);
    var leadsOn = schema.leadsOn(area, path);
    if (leadsOn && (found.isEmpty() || pair.value() instanceof Node.Mapping)) {
      section(path, pair.value()).forEach(each -> key(area, cache, path + ".", each));
    } else if (found.isPresent()) {
      value(spot, found.get(), pair);
    } else {
      unknown(spot, prefix, pair);
    }
  }

  private void value(Spot spot, Key<?> key, Node.Pair pair) {
    var before = draft.settings(spot.area(), spot.cache()).get(spot.key());
    if (before != null) {
      mistakes.twice(spot.key(), before.place(), pair.place());
      return;
    }
    text(spot, key, pair.value())
        .ifPresent(text -> draft.put(spot, key, text, pair.value().place()));
  }

  private Optional<String> text(Spot spot, Key<?> key, Node node) {
    if (node instanceof Node.Scalar scalar) {
      return Optional.of(scalar.text());
    }
    if (node instanceof Node.Sequence sequence && key.kind().list()) {
      return parts(spot, sequence.parts());
    }
    if (node instanceof Node.Nothing) {
      mistakes.add(node.place(), spot.key() + " has no value", key.kind().allowed());
    } else if (!(node instanceof Node.Wrong)) {
      mistakes.add(
          node.place(),
          spot.key() + " must be " + key.kind().noun() + " but is " + node.noun(),
          key.kind().allowed());
    }
    return Optional.empty();
  }

  private Optional<String> parts(Spot spot, List<Node> nodes) {
    var texts = new ArrayList<String>();
    for (var node : nodes) {
      if (node instanceof Node.Scalar scalar && scalar.text().indexOf(',') < 0) {
        texts.add(scalar.text());
      } else if (!(node instanceof Node.Wrong)) {
        mistakes.add(
            node.place(),
            "a part of the list " + spot.key() + " is not a plain text",
            "texts without commas");
        return Optional.empty();
      }
    }
    return Optional.of(String.join(",", texts));
  }

  private void unknown(Spot spot, String prefix, Node.Pair pair) {
    var level = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
    var words = schema.words(spot.area(), level);
    mistakes.add(pair.place(), message(spot, words, pair.key()), allowed(words));
  }

  private static String message(Spot spot, Collection<String> words, String word) {
    if (spot.area() == Area.DEFAULTS && spot.key().equals(Keys.TOPOLOGY)) {
      return "the topology of all caches stands at the top of the file, not under defaults";
    }
    var group = PlaceKeys.group(spot.key());
    if (spot.area() == Area.DEFAULTS
        && (PlaceKeys.CLOSED.contains(group) || PlaceKeys.OPEN.contains(group))) {
      return "options of a place stand at the top of the file, or in the section of one cache, not"
          + " under defaults";
    }
    return "unknown key " + Settings.quote(word) + Suggestions.ask(word, words);
  }

  private static String allowed(Collection<String> words) {
    return words.stream().sorted().collect(Collectors.joining(", "));
  }
}
