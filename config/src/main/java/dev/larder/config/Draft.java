package dev.larder.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the layers have said so far, each over the one before. Not for use by several threads.
 *
 * @param top by key path
 * @param defaults by key
 * @param caches by name or pattern, then by key
 */
record Draft(
    Map<String, Given> top,
    Map<String, Given> defaults,
    Map<String, Map<String, Given>> caches,
    Mistakes mistakes) {

  Draft(Mistakes mistakes) {
    this(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), mistakes);
  }

  /** The settings of a part; a cache has one from now on. */
  Map<String, Given> settings(Area area, String cache) {
    return switch (area) {
      case TOP -> top;
      case DEFAULTS -> defaults;
      case CACHE -> caches.computeIfAbsent(cache, name -> new TreeMap<>());
    };
  }

  /** Reads a text and puts it in, over what an earlier layer said; notes a mistake. */
  <T> void put(Spot spot, Key<T> key, String text, Place place) {
    T value;
    try {
      value = key.kind().read(text);
    } catch (IllegalArgumentException wrong) {
      mistakes.add(place, spot.key() + ": " + wrong.getMessage(), key.kind().allowed());
      return;
    }
    settings(spot.area(), spot.cache()).put(spot.key(), new Given(key, value, place));
  }

  /** Every key path that was set. */
  Set<String> paths() {
    var paths = new TreeSet<>(top.keySet());
    defaults.keySet().forEach(key -> paths.add(Spot.defaults(key).path()));
    return paths;
  }

  /** The sections in which the keys of a cache stand. */
  List<Map<String, Given>> sections() {
    var sections = new ArrayList<Map<String, Given>>(caches.values());
    sections.add(defaults);
    return sections;
  }
}
