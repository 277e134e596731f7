package dev.larder.spi;

/** What an invalidation concerns. */
public sealed interface Selection {

  /** Every entry. */
  record All() implements Selection {}

  /**
   * The entries with a tag.
   *
   * @param name the tag
   */
  record Tag(String name) implements Selection {}

  /** Every entry. */
  Selection ALL = new All();
}
