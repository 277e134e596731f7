package dev.larder.spi;

import dev.larder.Bounds;

/** Work that an operator or the cleaner asks a store for. */
public sealed interface Upkeep {

  /** Remove what has expired; the result is how many. */
  record Purge() implements Upkeep {}

  /**
   * Evict the coldest entries; the result is how many.
   *
   * @param entries how many at most
   */
  record Evict(int entries) implements Upkeep {}

  /**
   * Live by other bounds; the result is how many entries had to leave.
   *
   * @param bounds the new bounds
   */
  record Resize(Bounds bounds) implements Upkeep {}

  /** Remove what has expired. */
  Upkeep PURGE = new Purge();
}
