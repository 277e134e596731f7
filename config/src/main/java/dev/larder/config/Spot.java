package dev.larder.config;

/**
 * Where a key belongs.
 *
 * @param cache the name or pattern in {@link Area#CACHE}, else empty
 * @param key the key path within the area
 */
record Spot(Area area, String cache, String key) {

  static Spot top(String key) {
    return new Spot(Area.TOP, "", key);
  }

  static Spot defaults(String key) {
    return new Spot(Area.DEFAULTS, "", key);
  }

  static Spot cache(String name, String key) {
    return new Spot(Area.CACHE, name, key);
  }

  /** The key path in the whole configuration. */
  String path() {
    return area.prefix() + (area == Area.CACHE ? cache + "." : "") + key;
  }
}
