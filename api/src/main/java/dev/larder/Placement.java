package dev.larder;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Where the entries of a cache are kept.
 *
 * @param topology the word of the place: {@code memory}, {@code disk}, {@code remote}, {@code
 *     cluster}, or one of a store on the class path
 * @param options what that place wants to know, by the key path of the configuration file, such as
 *     {@code disk.path}
 * @param schemaVersion the version of the shape of values; entries written under another are misses
 * @param onFailure what reads do when the place fails
 */
public record Placement(
    String topology, Map<String, String> options, int schemaVersion, FailurePolicy onFailure) {

  private static final String SECRET = "password";
  private static final String HIDDEN = "***";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");
  private static final Pattern SEMANTIC =
      Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})\\.([0-9]{1,4})");
  private static final int MAJOR_SHIFT = 20;
  private static final int MINOR_SHIFT = 10;
  private static final int MOST_MAJOR = (1 << (31 - MAJOR_SHIFT)) - 1;
  private static final int MOST_MINOR = (1 << MINOR_SHIFT) - 1;

  /** In this process's memory. */
  public static final Placement MEMORY = new Placement("memory", Map.of(), 0, FailurePolicy.FAIL);

  /**
   * Copies the map; throws {@link IllegalArgumentException} when the schema version is negative.
   */
  public Placement {
    Checks.notNull(topology, "topology");
    Checks.notNull(onFailure, "onFailure");
    options = Map.copyOf(options);
    Checks.notNegative(schemaVersion, "schemaVersion");
  }

  /** Without the values of options that are secret: those whose name ends in {@code password}. */
  @Override
  public String toString() {
    var shown = new TreeMap<String, String>();
    options.forEach((name, value) -> shown.put(name, name.endsWith(SECRET) ? HIDDEN : value));
    return "Placement[topology="
        + topology
        + ", options="
        + shown
        + ", schemaVersion="
        + schemaVersion
        + ", onFailure="
        + onFailure
        + "]";
  }

  /**
   * The number of a schema version: a whole number is itself, a semantic version is {@code major *
   * 2^20 + minor * 2^10 + patch}, so that {@code 1.4.2} is 1,052,674 and later versions are larger.
   *
   * @throws IllegalArgumentException when the text is neither, or out of range
   */
  public static int versionNumber(String text) {
    if (NUMBER.matcher(text).matches()) {
      var number = Long.parseLong(text);
      if (number <= Integer.MAX_VALUE) {
        return (int) number;
      }
    }
    var parts = SEMANTIC.matcher(text);
    if (parts.matches()) {
      var major = Integer.parseInt(parts.group(1));
      var minor = Integer.parseInt(parts.group(2));
      var patch = Integer.parseInt(parts.group(3));
      if (major <= MOST_MAJOR && minor <= MOST_MINOR && patch <= MOST_MINOR) {
        return major << MAJOR_SHIFT | minor << MINOR_SHIFT | patch;
      }
    }
    throw new IllegalArgumentException(
        "schemaVersion must be a whole number from 0 to 2147483647, or a semantic version from"
            + " 0.0.0 to 2047.1023.1023, but is '"
            + text
            + "'");
  }
}
