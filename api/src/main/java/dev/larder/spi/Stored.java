package dev.larder.spi;

import org.jspecify.annotations.Nullable;

/**
 * An entry as a store shows it. In memory it may be the live entry itself, whose parts change while
 * they are read.
 */
public interface Stored<V> {

  /** The value, or null when the entry has left since it was found. */
  @Nullable V value();

  /**
   * When it expires, in milliseconds since the epoch by the store's clock, {@link
   * dev.larder.Life#FOREVER} for never.
   */
  long deadline();

  /** Grows with every write of the key where the store keeps versions, 0 where it does not. */
  long version();

  /** What else it carries. */
  default Meta meta() {
    return Meta.NONE;
  }

  /**
   * An entry as it was at one moment.
   *
   * @param value the value, never null
   * @param deadline when it expires
   * @param version its version
   * @param meta what else it carries
   */
  record Snapshot<V>(V value, long deadline, long version, Meta meta) implements Stored<V> {}
}
