package dev.larder.server.http.v1;

import dev.larder.Bounds;
import dev.larder.CacheSpec;
import dev.larder.Life;
import dev.larder.server.core.Databases;
import dev.larder.spi.Bytes;
import dev.larder.spi.Payload;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client says of a cache: each setting by its name in the API, with a value that can be
 * compared. Immutable.
 */
final class CacheSettings {
  private static final Pattern CAPITAL = Pattern.compile("[A-Z]");

  private final Map<String, Object> given;
  private final Map<String, Object> whenCreated;

  /**
   * What was said.
   *
   * @param given what a cache is to be like in any case
   * @param whenCreated what is to hold besides if it has to be created
   */
  CacheSettings(Map<String, Object> given, Map<String, Object> whenCreated) {
    this.given = given;
    this.whenCreated = whenCreated;
  }

  /** The setting, or null when nothing was said of it. */
  @Nullable Object get(String name) {
    return given.get(name);
  }

  /**
   * A description of a new cache of that name. What is to hold when it is created gives way to the
   * server's own configuration.
   *
   * @param complete adds that configuration to a description
   */
  CacheSpec<Bytes, Payload> created(
      String name, UnaryOperator<CacheSpec<Bytes, Payload>> complete) {
    var completed = complete.apply(spec(name));
    var spec = completed.toBuilder();
    whenCreated.forEach(
        (setting, value) -> {
          if (!completed.chosen().contains(key(setting))) {
            set(spec, setting, value);
          }
        });
    return spec.build();
  }

  /** A description by what was given alone. */
  private CacheSpec<Bytes, Payload> spec(String name) {
    var spec = Databases.spec(name);
    given.forEach((setting, value) -> set(spec, setting, value));
    return spec.build();
  }

  /** The key of a setting in a configuration. */
  private static String key(String setting) {
    return switch (setting) {
      case "timeToLive", "life" -> "expire-after-write";
      case "timeToIdle" -> "expire-after-access";
      default -> CAPITAL.matcher(setting).replaceAll("-$0").toLowerCase(Locale.ROOT);
    };
  }

  private static void set(CacheSpec.Builder<Bytes, Payload> spec, String setting, Object value) {
    switch (setting) {
      case "maximumEntries" -> spec.maximumEntries((Long) value);
      case "maximumBytes" -> spec.maximumBytes((Long) value);
      case "maximumWeight" -> weighing(spec, (Long) value);
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

  /** Weighers of users are not here: values bring their weight. */
  private static void weighing(CacheSpec.Builder<Bytes, Payload> spec, long most) {
    spec.maximumWeight(most);
    if (most != Bounds.NONE) {
      spec.weigher((key, value) -> value.meta().weight());
    }
  }

  /** What differs between what is asked for and a description: by setting, what is in force. */
  Map<String, Object> different(CacheSpec<?, ?> known) {
    var differs = new TreeMap<String, Object>();
    var asked = spec(known.name());
    for (var setting : given.keySet()) {
      var force = SettingsText.inForce(setting, known);
      if (!SettingsText.inForce(setting, asked).equals(force)
          && !(setting.equals("life") && nobodyChoseOne(asked, known))) {
        differs.put(setting, force);
      }
    }
    return differs;
  }

  /** A rule by which nothing expires asks for no other than the one of which nobody spoke. */
  private static boolean nobodyChoseOne(CacheSpec<?, ?> asked, CacheSpec<?, ?> known) {
    return asked.expiry().life().equals(Life.ETERNAL) && Databases.leftOpen(known);
  }
}
