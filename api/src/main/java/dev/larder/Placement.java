package dev.larder;

import java.util.Map;

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
}
