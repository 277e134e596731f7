package dev.larder.server.http.v1;

import dev.larder.Bounds;
import dev.larder.CacheSpec;
import dev.larder.Life;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The settings of a cache as they are written in an answer, and compared. */
final class SettingsText {
  /** Options that name no place: whoever may create a cache may not choose files and hosts. */
  static final Set<String> OPTIONS =
      Set.of("disk.durability", "disk.interval", "disk.access-times", "disk.compress-above");

  /** For a bound that there is not. */
  static final String NONE = "none";

  private static final String MEMORY = "memory.";

  private SettingsText() {}

  /** Whether an option may be chosen and seen by clients. */
  static boolean free(String option) {
    return OPTIONS.contains(option) || option.startsWith(MEMORY);
  }

  /** A setting as it is written in an answer. */
  static Object inForce(String setting, CacheSpec<?, ?> spec) {
    return switch (setting) {
      case "maximumEntries" -> bound(spec.bounds().entries());
      case "maximumBytes" -> bound(spec.bounds().bytes());
      case "maximumWeight" -> bound(spec.bounds().weight());
      case "timeToLive", "timeToIdle", "life" -> life(spec.expiry().life());
      case "cleanupInterval" -> spec.tuning().cleanupInterval().toMillis() + "ms";
      case "jitter" -> spec.expiry().jitter();
      case "policy" -> spec.tuning().policy();
      case "statistics" -> spec.tuning().statistics();
      case "schemaVersion" -> spec.placement().schemaVersion();
      case "topology" -> spec.placement().topology();
      default -> shown(spec.placement().options());
    };
  }

  /** What names places stays here. */
  private static Map<String, String> shown(Map<String, String> options) {
    var shown = new TreeMap<String, String>();
    options.forEach(
        (name, value) -> {
          if (free(name)) {
            shown.put(name, value);
          }
        });
    return shown;
  }

  private static Object bound(long bound) {
    return bound == Bounds.NONE ? NONE : bound;
  }

  private static Map<String, Object> life(Life life) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("onCreate", millis(life.onCreate()));
    shown.put("onUpdate", millis(life.onUpdate()));
    shown.put("onAccess", millis(life.onAccess()));
    shown.put("limit", millis(life.limit()));
    shown.put("staleFor", life.staleFor());
    return shown;
  }

  private static Object millis(long millis) {
    return millis == Life.FOREVER ? "forever" : millis;
  }

  /** All settings in force. */
  static Map<String, Object> all(CacheSpec<?, ?> spec) {
    var all = new LinkedHashMap<String, Object>();
    for (var setting :
        new String[] {
          "topology",
          "maximumEntries",
          "maximumBytes",
          "maximumWeight",
          "life",
          "jitter",
          "policy",
          "statistics",
          "cleanupInterval",
          "schemaVersion",
          "options"
        }) {
      all.put(setting, inForce(setting, spec));
    }
    return all;
  }
}
