package dev.larder.spi;

import java.util.Set;

/**
 * What few entries carry.
 *
 * @param contentType the form of the bytes of the value, empty where values are objects
 * @param schema the schema version the value was written under
 * @param weight the weight the writer gave it
 * @param tags the tags it can be invalidated by
 */
public record Meta(String contentType, int schema, int weight, Set<String> tags) {
  /** Of an entry that carries nothing of its own. */
  public static final Meta NONE = new Meta("", 0, 1, Set.of());

  /** Copies the tags. */
  public Meta {
    tags = Set.copyOf(tags);
  }
}
