package dev.larder.server.http.v1;

import dev.larder.Bounds;
import dev.larder.Life;
import dev.larder.server.http.ProblemException;
import dev.larder.spi.Settings;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the settings of a cache from a body. */
final class SettingsReader {
  /** What may be said of a running cache. */
  static final Set<String> CHANGEABLE =
      Set.of("maximumEntries", "maximumBytes", "maximumWeight", "statistics");

  /** The settings there are. */
  private static final Set<String> KNOWN =
      Set.of(
          "maximumEntries",
          "maximumBytes",
          "maximumWeight",
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

  /** Settings that hold for a cache which is not there yet, as a member beside the others. */
  private static final String WHEN_CREATED = "whenCreated";

  private static final int MOST_OPTIONS = 50;

  private SettingsReader() {}

  /**
   * Those in a body; none in an empty one.
   *
   * @throws ProblemException naming what is not known or out of range
   */
  static CacheSettings read(Formats format, byte[] body, boolean running) {
    var given = new LinkedHashMap<String, Object>();
    var whenCreated = new LinkedHashMap<String, Object>();
    if (body.length == 0) {
      return new CacheSettings(given, whenCreated);
    }
    try (var parser = format.parser(body)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw Refusals.malformed("settings are an object");
      }
      for (var name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        if (name.equals(WHEN_CREATED) && !running) {
          members(parser, whenCreated);
        } else {
          given.put(name, value(parser, name, running));
        }
      }
      if (parser.currentToken() != JsonToken.END_OBJECT || parser.nextToken() != null) {
        throw Refusals.malformed("settings are one object");
      }
    } catch (JacksonException e) {
      throw Formats.malformed(e);
    }
    return new CacheSettings(given, whenCreated);
  }

  private static void members(JsonParser parser, Map<String, Object> settings) {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw Refusals.setting("the setting '" + WHEN_CREATED + "': it is not an object");
    }
    for (var name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      settings.put(name, value(parser, name, false));
    }
  }

  private static Object value(JsonParser parser, String name, boolean running) {
    var allowed = running ? CHANGEABLE : KNOWN;
    if (!allowed.contains(name)) {
      throw Refusals.setting(
          "the setting "
              + Settings.quote(name)
              + (running ? " cannot be changed" : " is not known")
              + "; allowed: "
              + String.join(", ", new java.util.TreeSet<>(allowed))
              + (running ? "" : ", and " + WHEN_CREATED + " with such"));
    }
    try {
      return switch (name) {
        case "maximumEntries", "maximumBytes", "maximumWeight" -> bound(parser);
        case "timeToLive", "timeToIdle" -> time(parser, Duration.ofMillis(1));
        case "cleanupInterval" -> time(parser, Duration.ZERO);
        case "life" -> life(parser);
        case "jitter" -> share(parser);
        case "statistics" -> flag(parser);
        case "schemaVersion" -> (int) count(parser, Integer.MAX_VALUE);
        case "options" -> options(parser);
        default -> text(parser);
      };
    } catch (IllegalArgumentException | JacksonException e) {
      throw Refusals.setting("the setting '" + name + "': " + e.getMessage());
    }
  }

  private static double share(JsonParser parser) {
    if (!parser.currentToken().isNumeric()) {
      throw new IllegalArgumentException("it is not a number");
    }
    return parser.getDoubleValue();
  }

  private static boolean flag(JsonParser parser) {
    if (!parser.currentToken().isBoolean()) {
      throw new IllegalArgumentException("it is not true or false");
    }
    return parser.getBooleanValue();
  }

  private static String text(JsonParser parser) {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      throw new IllegalArgumentException("it is not text");
    }
    return parser.getString();
  }

  /** A number, or that there is none. */
  private static long bound(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      if (parser.getString().equals(SettingsText.NONE)) {
        return Bounds.NONE;
      }
      throw new IllegalArgumentException("it is not a whole number, or \"none\"");
    }
    return count(parser, Long.MAX_VALUE);
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
      if (!SettingsText.free(name)) {
        throw new IllegalArgumentException(
            Settings.quote(name)
                + " can only be set in the server's own configuration; allowed here: "
                + String.join(", ", new java.util.TreeSet<>(SettingsText.OPTIONS))
                + ", and what begins with memory.");
      }
      options.put(name, text(parser));
      if (options.size() > MOST_OPTIONS) {
        throw new IllegalArgumentException("there are more than " + MOST_OPTIONS);
      }
    }
    return options;
  }
}
