package dev.larder.config;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table as one configuration sees it: with the options of the stores on its class path. */
final class Schema {
  private final Map<String, Key<?>> top = byName(Keys.TOP);
  private final Map<String, Key<?>> cache = byName(Keys.CACHE);
  private final Set<String> groups = new TreeSet<>(Keys.GROUPS);

  /** Of class paths with stores of these topologies; each has a group of options of its own. */
  Schema(Collection<String> topologies) {
    groups.addAll(topologies);
    groups.removeAll(top.keySet());
    groups.remove("memory");
  }

  private static Map<String, Key<?>> byName(List<Key<?>> keys) {
    return keys.stream()
        .collect(Collectors.toMap(Key::name, key -> key, (one, two) -> one, TreeMap::new));
  }

  /** The row of a key path within an area, if there may be such a key. */
  Optional<Key<?>> find(Area area, String path) {
    Key<?> key = area == Area.TOP ? top.get(path) : cache.get(path);
    if (key != null) {
      var topologyOfDefaults = area == Area.DEFAULTS && path.equals(Keys.TOPOLOGY);
      return topologyOfDefaults ? Optional.empty() : Optional.of(key);
    }
    if (area == Area.CACHE && top.containsKey(path) && isOption(path)) {
      return Optional.ofNullable(top.get(path));
    }
    return area != Area.DEFAULTS && isOption(path)
        ? Optional.of(Key.option(path))
        : Optional.empty();
  }

  /** Whether the key path is one that a store knows. */
  boolean isOption(String path) {
    var dot = path.indexOf('.');
    return dot > 0
        && groups.contains(path.substring(0, dot))
        && Stream.of(path.split("\\.", -1)).noneMatch(String::isBlank);
  }

  /** Whether key paths go on below this one. */
  boolean leadsOn(Area area, String path) {
    return children(area, path).findAny().isPresent()
        || (area != Area.DEFAULTS
            && !top.containsKey(path)
            && (groups.contains(path) || isOption(path)));
  }

  /** The words that may follow a path; empty for the whole area. */
  List<String> words(Area area, String path) {
    if (groups.contains(path.split("\\.", 2)[0])) {
      return List.of();
    }
    var words = children(area, path).collect(Collectors.toCollection(TreeSet::new));
    if (path.isEmpty() && area != Area.DEFAULTS) {
      words.addAll(groups);
    }
    if (path.isEmpty() && area == Area.TOP) {
      words.addAll(List.of("caches", "defaults"));
    }
    return List.copyOf(words);
  }

  private Stream<String> children(Area area, String path) {
    var prefix = path.isEmpty() ? "" : path + ".";
    return (area == Area.TOP ? top : cache)
        .keySet().stream()
            .filter(name -> name.startsWith(prefix))
            .filter(name -> area != Area.DEFAULTS || !name.equals(Keys.TOPOLOGY))
            .map(name -> name.substring(prefix.length()).split("\\.", 2)[0]);
  }

  Set<String> groups() {
    return groups;
  }
}
