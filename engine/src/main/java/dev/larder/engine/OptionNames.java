package dev.larder.engine;

import dev.larder.CacheSpec;
import dev.larder.ConfigurationException;
import java.util.Set;
import java.util.TreeSet;

/** The names that options of a description may have. What a group holds its store checks. */
final class OptionNames {
  private static final Set<String> PLAIN =
      Set.of(
          "codec", "copied-classes", "immutable-classes", LarderEngine.NAMESPACE, "serial-allow");
  private static final Set<String> GROUPS = Set.of("cluster", "disk", "memory", "near", "remote");

  private OptionNames() {}

  /** Throws {@link ConfigurationException} for a name that nobody would look at. */
  static void check(CacheSpec<?, ?> spec) {
    var placement = spec.placement();
    for (var name : placement.options().keySet()) {
      var dot = name.indexOf('.');
      var group = name.substring(0, Math.max(0, dot));
      if (!PLAIN.contains(name) && !GROUPS.contains(group) && !group.equals(placement.topology())) {
        var groups = new TreeSet<>(GROUPS);
        groups.add(placement.topology());
        throw new ConfigurationException(
            "cache '"
                + spec.name()
                + "': unknown option "
                + name
                + "; allowed: "
                + String.join(", ", new TreeSet<>(PLAIN))
                + ", and what begins with "
                + String.join("., ", groups)
                + ".");
      }
    }
  }
}
