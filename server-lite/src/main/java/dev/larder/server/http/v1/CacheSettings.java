package dev.larder.server.http.v1;

import dev.larder.Bounds;
import dev.larder.CacheSpec;
import dev.larder.Life;
import dev.larder.server.core.Databases;
import dev.larder.server.http.ProblemException;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import dev.larder.spi.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * What a client says of a cache: each setting by its name in the API, with a value that can be
 * compared. Immutable.
 */
final class CacheSettings {
  /** What may be said of a running cache. */
  static final Set<String> CHANGEABLE = Set.of("maximumEntries", "maximumBytes", "statistics");

  /** The settings there are. */
  private static final Set<String> KNOWN =
      Set.of(
          "maximumEntries",
          "maximumBytes",
          "timeToLive",
          "timeToIdle",
          "life",
          "jitter",
          "policy",
          "statistics",
          "cleanupInterval",
          "schemaVersion",
          "topology",
          "options");

  /** Options that name no place: whoever may create a cache may not choose files and hosts. */
  private static final Set<String> OPTIONS =
      Set.of("disk.durability", "disk.interval", "disk.access-times", "disk.compress-above");

  private static final String MEMORY = "memory.";
  private static final int MOST_OPTIONS = 50;

  private final Map<String, Object> given;

  private CacheSettings(Map<String, Object> given) {
    this.given = given;
  }

  /**
   * Those in a body; none in an empty one.
   *
   * @throws ProblemException naming what is not known or out of range
   */
  static CacheSettings read(Formats format, byte[] body, boolean running) {
    var given = new LinkedHashMap<String, Object>();
    if (body.length == 0) {
      return new CacheSettings(given);
    }
    try (var parser = format.parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Refusals.malformed("settings are an object");
      }
      for (var name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        given.put(name, value(parser, name, running));
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw Refusals.malformed("settings are one object");
      }
    } catch (JacksonException e) {
      throw Formats.malformed(e);
    }
    return new CacheSettings(given);
  }

  private static Object value(JsonParser parser, String name, boolean running) {
    var allowed = running ? CHANGEABLE : KNOWN;
    if (!allowed.contains(name)) {
      throw Refusals.setting(
          "the setting "
              + Settings.quote(name)
              + (running ? " cannot be changed" : " is not known")
              + "; allowed: "
              + String.join(", ", new java.util.TreeSet<>(allowed)));
    }
    try {
      return switch (name) {
        case "maximumEntries", "maximumBytes" -> count(parser, Long.MAX_VALUE);
        case "timeToLive", "timeToIdle" -> time(parser, Duration.ofMillis(1));
        case "cleanupInterval" -> time(parser, Duration.ZERO);
        case "life" -> life(parser);
        case "jitter" -> parser.getDoubleValue();
        case "statistics" -> parser.getBooleanValue();
        case "schemaVersion" -> (int) count(parser, Integer.MAX_VALUE);
        case "options" -> options(parser);
        default -> text(parser);
      };
    } catch (IllegalArgumentException | JacksonException e) {
      throw Refusals.setting("the setting '" + name + "': " + e.getMessage());
    }
  }

  private static String text(JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException("it is not text");
    }
    return parser.getString();
  }

  private static long count(JsonParser parser, long most) {
    var whole =
        parser.currentToken() == JsonToken.VALUE_NUMBER_INT
            && parser.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
    if (!whole || parser.getLongValue() < 0 || parser.getLongValue() > most) {
      throw new IllegalArgumentException("it is not a whole number from 0 to " + most);
    }
    return parser.getLongValue();
  }

  private static Duration time(JsonParser parser, Duration least) {
    return Settings.time(text(parser), least);
  }

  private static Life life(JsonParser parser) {
    var parts = new TreeMap<String, Long>();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("it is not an object");
    }
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      if (!Set.of("onCreate", "onUpdate", "onAccess", "limit", "staleFor").contains(name)) {
        throw new IllegalArgumentException(
            Settings.quote(name)
                + " is not known; allowed: onCreate, onUpdate, onAccess, limit, staleFor");
      }
      parser.nextToken();
      parts.put(name, millis(parser));
    }
    return new Life(
        parts.getOrDefault("onCreate", Life.FOREVER),
        parts.getOrDefault("onUpdate", Life.UNCHANGED),
        parts.getOrDefault("onAccess", Life.UNCHANGED),
        parts.getOrDefault("limit", Life.FOREVER),
        parts.getOrDefault("staleFor", 0L));
  }

  private static long millis(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_STRING && parser.getString().equals("forever")) {
      return Life.FOREVER;
    }
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      throw new IllegalArgumentException("it is not milliseconds or \"forever\"");
    }
    return parser.getLongValue();
  }

  private static Map<String, String> options(JsonParser parser) {
    var options = new TreeMap<String, String>();
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new IllegalArgumentException("it is not an object");
    }
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      if (!OPTIONS.contains(name) && !name.startsWith(MEMORY)) {
        throw new IllegalArgumentException(
            Settings.quote(name)
                + " can only be set in the server's own configuration; allowed here: "
                + String.join(", ", new java.util.TreeSet<>(OPTIONS))
                + ", and what begins with memory.");
      }
      options.put(name, text(parser));
      if (options.size() > MOST_OPTIONS) {
        throw new IllegalArgumentException("there are more than " + MOST_OPTIONS);
      }
    }
    return options;
  }

  /** The setting, or null when nothing was said of it. */
  @Nullable Object get(String name) {
    return given.get(name);
  }

  /** A description of a cache of that name. */
  CacheSpec<Bytes, Payload> spec(String name) {
    var spec = Databases.spec(name);
    given.forEach((setting, value) -> set(spec, setting, value));
    return spec.build();
  }

  private static void set(CacheSpec.Builder<Bytes, Payload> spec, String setting, Object value) {
    switch (setting) {
      case "maximumEntries" -> spec.maximumEntries((Long) value);
      case "maximumBytes" -> spec.maximumBytes((Long) value);
      case "timeToLive" -> spec.expireAfterWrite((Duration) value);
      case "timeToIdle" -> spec.expireAfterAccess((Duration) value);
      case "cleanupInterval" -> spec.cleanupInterval((Duration) value);
      case "life" -> spec.expiry((Life) value);
      case "jitter" -> spec.jitter((Double) value);
      case "policy" -> spec.policy((String) value);
      case "statistics" -> spec.statistics((Boolean) value);
      case "schemaVersion" -> spec.schemaVersion((Integer) value);
      case "topology" -> spec.topology((String) value);
      default ->
          ((Map<?, ?>) value).forEach((key, text) -> spec.option((String) key, (String) text));
    }
  }

  /** What differs between what is asked for and a description: by setting, what is in force. */
  Map<String, Object> different(CacheSpec<?, ?> known) {
    var differs = new TreeMap<String, Object>();
    var asked = spec(known.name());
    for (var setting : given.keySet()) {
      var force = inForce(setting, known);
      if (!inForce(setting, asked).equals(force)) {
        differs.put(setting, force);
      }
    }
    return differs;
  }

  /** A setting as it is written in an answer. */
  static Object inForce(String setting, CacheSpec<?, ?> spec) {
    return switch (setting) {
      case "maximumEntries" -> bound(spec.bounds().entries());
      case "maximumBytes" -> bound(spec.bounds().bytes());
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
          if (OPTIONS.contains(name) || name.startsWith(MEMORY)) {
            shown.put(name, value);
          }
        });
    return shown;
  }

  private static Object bound(long bound) {
    return bound == Bounds.NONE ? "none" : bound;
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
