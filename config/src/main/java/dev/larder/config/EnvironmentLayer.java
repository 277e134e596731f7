package dev.larder.config;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Lays environment variables into a draft. A name loses the difference between a dot and a dash, so
 * it is looked up among the names of known key paths, never taken apart; only below a group of
 * options, whose keys are not known, is the rest taken as one word with dashes.
 */
final class EnvironmentLayer {
  /** The short names; a bare number gets the unit they are named after. */
  static final List<Alias> ALIASES =
      List.of(
          new Alias("LARDER_MAX_SIZE", "defaults.maximum-entries", ""),
          new Alias("LARDER_MAX_MEMORY_MB", "defaults.maximum-bytes", "MB"),
          new Alias("LARDER_TTL", "defaults.expire-after-write", "s"),
          new Alias("LARDER_CLEANUP_INTERVAL", "defaults.cleanup-interval", "s"),
          new Alias("LARDER_NODE_ID", "server.node-id", ""),
          new Alias("LARDER_HOST", "server.host", ""),
          new Alias("LARDER_PORT", "server.port", ""),
          new Alias("LARDER_RESP_PORT", "server.resp-port", ""),
          new Alias("LARDER_LOG_LEVEL", "server.log-level", ""),
          new Alias("LARDER_PROFILE", "server.profile", ""),
          new Alias("LARDER_PASSWORD", "server.password", ""),
          new Alias("LARDER_PASSWORD_FILE", "server.password-file", ""),
          new Alias("LARDER_INSECURE", "server.insecure", ""),
          new Alias("LARDER_TLS_CERTIFICATE", "server.tls.certificate", ""),
          new Alias("LARDER_TLS_KEY", "server.tls.key", ""),
          new Alias("LARDER_TLS_CLIENT_AUTHORITY", "server.tls.client-authority", ""),
          new Alias("LARDER_TLS_CLIENT_CERTIFICATES", "server.tls.client-certificates", ""),
          new Alias("LARDER_TLS_PROTOCOLS", "server.tls.protocols", ""),
          new Alias("LARDER_EVENT_LOOPS", "server.event-loops", ""),
          new Alias("LARDER_TRANSPORT", "server.transport", ""),
          new Alias("LARDER_SNAPSHOT", "server.snapshot", ""),
          new Alias("LARDER_LOAD_TEST", "server.load-test", ""),
          new Alias("LARDER_DATABASES", "server.databases", ""),
          new Alias("LARDER_LOG_FORMAT", "server.log-format", ""),
          new Alias("LARDER_SHUTDOWN_TIMEOUT", "server.shutdown-timeout", "s"));

  /** What the file finder and the scripts of the project read. */
  private static final Set<String> OTHERS = Set.of("LARDER_CONFIG", "LARDER_JAVA_OPTS");

  private static final Pattern JDK = Pattern.compile("LARDER_JDK_[0-9]+");

  /** What Kubernetes sets in every pod next to a service that is called larder. */
  private static final Pattern SERVICE_LINK =
      Pattern.compile("LARDER_(SERVICE_(HOST|PORT.*)|PORT_[0-9]+_(TCP|UDP).*)");

  private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp)://.*");

  private final Schema schema;
  private final Draft draft;
  private final Consumer<String> warnings;

  /** A short name of a key path. */
  record Alias(String variable, String path, String unit) {
    String text(String value) {
      var number = !value.isBlank() && value.strip().chars().allMatch(Character::isDigit);
      return number ? value.strip() + unit : value;
    }
  }

  EnvironmentLayer(Schema schema, Draft draft, Consumer<String> warnings) {
    this.schema = schema;
    this.draft = draft;
    this.warnings = warnings;
  }

  /** The variable of a key path. */
  static String variable(String path) {
    return Surroundings.VARIABLE_PREFIX
        + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
  }

  /** Reads all variables; short names first, so that the full name of a path wins. */
  void read(Surroundings surroundings) {
    var left = new TreeSet<String>();
    for (var name : surroundings.environment().keySet()) {
      if (name.startsWith(Surroundings.VARIABLE_PREFIX)
          && surroundings.variable(name).isPresent()
          && !belongsToOthers(name, surroundings.environment().getOrDefault(name, ""))) {
        left.add(name);
      }
    }
    for (var alias : ALIASES) {
      if (left.remove(alias.variable())) {
        var value = surroundings.environment().getOrDefault(alias.variable(), "");
        put(alias.path(), alias.text(value), alias.variable());
      }
    }
    var paths = known();
    for (var name : left) {
      var value = surroundings.environment().getOrDefault(name, "");
      path(name, paths)
          .ifPresentOrElse(path -> put(path, value, name), () -> warn(name, paths.keySet()));
    }
  }

  private static boolean belongsToOthers(String name, String value) {
    return OTHERS.contains(name)
        || JDK.matcher(name).matches()
        || SERVICE_LINK.matcher(name).matches()
        || (name.equals("LARDER_PORT") && SERVICE_ADDRESS.matcher(value).matches());
  }

  private void put(String path, String value, String variable) {
    var spot = PropertyLayer.plainSpot(path);
    schema
        .find(spot.area(), spot.key())
        .ifPresent(key -> draft.put(spot, key, value, Layer.ENVIRONMENT.place(variable)));
  }

  /** Every key path of the table, and of the file, by its variable. */
  private Map<String, String> known() {
    var known = new TreeMap<String, String>();
    PropertyLayer.tablePaths().forEach(path -> known.put(variable(path), path));
    draft.paths().forEach(path -> known.putIfAbsent(variable(path), path));
    return known;
  }

  private Optional<String> path(String name, Map<String, String> known) {
    return Optional.ofNullable(known.get(name)).or(() -> option(name));
  }

  private Optional<String> option(String name) {
    for (var group : schema.openGroups()) {
      var prefix = variable(group) + "_";
      if (name.startsWith(prefix) && name.length() > prefix.length()) {
        var rest = name.substring(prefix.length()).toLowerCase(Locale.ROOT).replace('_', '-');
        return Optional.of(group + "." + rest);
      }
    }
    return Optional.empty();
  }

  private void warn(String name, Collection<String> known) {
    var why =
        name.startsWith("LARDER_CACHES_")
            ? "; the keys of one cache come from the file or from system properties"
            : Suggestions.ask(name, known);
    warnings.accept("unknown environment variable " + name + " is ignored" + why);
  }
}
