package dev.larder.config;

import java.util.Collection;
import java.util.EnumMap;
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
  private final Map<Area, Map<String, Key<?>>> keys = new EnumMap<>(Area.class);
  private final Set<String> open = new TreeSet<>(PlaceKeys.OPEN);

  /** Of class paths with stores of these topologies; each has a group of options of its own. */
  Schema(Collection<String> topologies) {
    keys.put(Area.TOP, byName(Keys.TOP, PlaceKeys.ALL));
    keys.put(Area.CACHE, byName(Keys.CACHE, PlaceKeys.ALL));
    var defaults = byName(Keys.CACHE, List.of());
    defaults.remove(Keys.TOPOLOGY);
    keys.put(Area.DEFAULTS, defaults);
    open.addAll(topologies);
    open.removeAll(PlaceKeys.CLOSED);
  }

  private static Map<String, Key<?>> byName(List<Key<?>> some, List<Key<?>> others) {
    return Stream.of(some, others)
        .flatMap(List::stream)
        .collect(Collectors.toMap(Key::name, key -> key, (one, two) -> one, TreeMap::new));
  }

  private Map<String, Key<?>> of(Area area) {
    return keys.getOrDefault(area, Map.of());
  }

  /** The row of a key path within an area, if there may be such a key. */
  Optional<Key<?>> find(Area area, String path) {
    var key = of(area).get(path);
    if (key != null) {
      return Optional.of(key);
    }
    return area != Area.DEFAULTS && isUnlisted(path)
        ? Optional.of(Key.option(path))
        : Optional.empty();
  }

  /** Whether the key path is an option of a place. */
  boolean isOption(String path) {
    return PlaceKeys.contains(path) || isUnlisted(path);
  }

  /** Whether the key path is one that only a store knows. */
  private boolean isUnlisted(String path) {
    var dot = path.indexOf('.');
    return dot > 0
        && open.contains(path.substring(0, dot))
        && Stream.of(path.split("\\.", -1)).noneMatch(String::isBlank);
  }

  /** Whether key paths go on below this one. */
  boolean leadsOn(Area area, String path) {
    return children(area, path).findAny().isPresent()
        || (area != Area.DEFAULTS
            && !of(area).containsKey(path)
            && (open.contains(path) || isUnlisted(path)));
  }

  /** The words that may follow a path; empty for the whole area. */
  List<String> words(Area area, String path) {
    if (open.contains(PlaceKeys.group(path))) {
      return List.of();
    }
    var words = children(area, path).collect(Collectors.toCollection(TreeSet::new));
    if (path.isEmpty() && area != Area.DEFAULTS) {
      words.addAll(open);
    }
    if (path.isEmpty() && area == Area.TOP) {
      words.addAll(List.of("caches", "defaults"));
    }
    return List.copyOf(words);
  }

  private Stream<String> children(Area area, String path) {
    var prefix = path.isEmpty() ? "" : path + ".";
    return of(area).keySet().stream()
        .filter(name -> name.startsWith(prefix))
        .map(name -> PlaceKeys.group(name.substring(prefix.length())));
  }

  /** The groups whose stores know keys that the table does not. */
  Set<String> openGroups() {
    return open;
  }
}
