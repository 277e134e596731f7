package dev.larder.config;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the process was given: the door through which tests bring in their own. */
record Surroundings(Map<String, String> environment, Map<String, String> properties) {
  static final String PROPERTY_PREFIX = "larder.";
  static final String VARIABLE_PREFIX = "LARDER_";

  /** Those of this process, now. */
  static Surroundings ofProcess() {
    var properties = new TreeMap<String, String>();
    var all = System.getProperties();
    for (var name : all.stringPropertyNames()) {
      if (name.startsWith(PROPERTY_PREFIX)) {
        properties.put(name, all.getProperty(name, ""));
      }
    }
    return new Surroundings(System.getenv(), properties);
  }

  /** A variable that is set; an empty one counts as not set, since scripts cannot unset them. */
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
