package dev.larder.config;

import dev.larder.spi.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Lays system properties or overrides into a draft, by key path. */
final class PropertyLayer {
  /** The property that names the file. */
  static final String FILE = "config";

  /** Properties of the project's own build and tests; no configuration has such words. */
  private static final List<String> TOOLS =
      List.of("bench.", "build.", "demo.", "docs.", "root", "soak", "tck.", "test.");

  private final Schema schema;
  private final Draft draft;
  private final Layer layer;

  PropertyLayer(Schema schema, Draft draft, Layer layer) {
    this.schema = schema;
    this.draft = draft;
    this.layer = layer;
  }

  /** The key paths of the table that are none of one cache's. */
  static Stream<String> tablePaths() {
    var top = Stream.concat(Keys.TOP.stream(), PlaceKeys.ALL.stream()).map(Key::name);
    var defaults =
        Keys.CACHE.stream()
            .map(Key::name)
            .filter(name -> !name.equals(Keys.TOPOLOGY))
            .map(name -> Spot.defaults(name).path());
    return Stream.concat(top, defaults);
  }

  /** Where a key path belongs that is none of one cache's. */
  static Spot plainSpot(String path) {
    var prefix = Area.DEFAULTS.prefix();
    return path.startsWith(prefix)
        ? Spot.defaults(path.substring(prefix.length()))
        : Spot.top(path);
  }

  /** Reads the properties of the process that have the prefix. */
  void readPrefixed(Map<String, String> properties) {
    var paths = new TreeMap<String, String>();
    properties.forEach(
        (name, value) -> {
          if (name.startsWith(Surroundings.PROPERTY_PREFIX)) {
            var path = name.substring(Surroundings.PROPERTY_PREFIX.length());
            if (!path.equals(FILE) && TOOLS.stream().noneMatch(path::startsWith)) {
              paths.put(path, value);
            }
          }
        });
    read(Surroundings.PROPERTY_PREFIX, paths);
  }

  /** Reads settings by key path; messages call them by prefix and path. */
  void read(String prefix, Map<String, String> settings) {
    new TreeMap<>(settings).forEach((path, value) -> one(path, value, layer.place(prefix + path)));
  }

  private void one(String path, String value, Place place) {
    var spot = path.startsWith(Area.CACHE.prefix()) ? cacheSpot(path) : plainSpot(path);
    schema
        .find(spot.area(), spot.key())
        .ifPresentOrElse(key -> draft.put(spot, key, value, place), () -> unknown(path, place));
  }

  /**
   * A name may have dots, so it ends where what follows is a key: first where a section of the file
   * ends, longest name first, then before an option of a place, then at the last dot.
   */
  private Spot cacheSpot(String path) {
    var rest = path.substring(Area.CACHE.prefix().length());
    return splits(rest).stream()
        .filter(spot -> draft.caches().containsKey(spot.cache()))
        .filter(this::known)
        .findFirst()
        .or(() -> splits(rest).stream().filter(this::option).findFirst())
        .or(() -> splits(rest).stream().filter(this::known).findFirst())
        .orElse(Spot.cache("", rest));
  }

  /** So that {@code users.memory.maximum-entries} is about users, not about a cache of memory. */
  private boolean option(Spot spot) {
    return known(spot) && PlaceKeys.contains(spot.key());
  }

  private boolean known(Spot spot) {
    return !spot.cache().isBlank() && schema.find(Area.CACHE, spot.key()).isPresent();
  }

  /** Every way to end the name at a dot, the longest name first. */
  private static List<Spot> splits(String rest) {
    var splits = new ArrayList<Spot>();
    for (var dot = rest.lastIndexOf('.'); dot > 0; dot = rest.lastIndexOf('.', dot - 1)) {
      splits.add(Spot.cache(rest.substring(0, dot), rest.substring(dot + 1)));
    }
    return splits;
  }

  private void unknown(String path, Place place) {
    if (path.startsWith(Area.CACHE.prefix())) {
      var parts = List.of(path.split("\\.", -1));
      var word = parts.get(parts.size() - 1);
      var before = parts.get(parts.size() - 2);
      var group = PlaceKeys.CLOSED.contains(before) ? before : "";
      var words = schema.words(Area.CACHE, group);
      draft
          .mistakes()
          .add(
              place,
              message(path) + Suggestions.ask(word, words),
              "caches.<name>."
                  + (group.isEmpty() ? "" : group + ".")
                  + " before one of "
                  + String.join(", ", words));
    } else {
      var paths = Stream.concat(tablePaths(), Stream.of(FILE)).sorted().toList();
      draft
          .mistakes()
          .add(place, message(path) + Suggestions.ask(path, paths), String.join(", ", paths));
    }
  }

  private static String message(String path) {
    return "unknown key path " + Settings.quote(path);
  }
}
