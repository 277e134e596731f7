package dev.larder.spi;

import dev.larder.Life;
import dev.larder.RemovalCause;
import org.jspecify.annotations.Nullable;

/**
 * The entry of one key while an update has it to itself. Valid only inside {@link Update#apply}, or
 * until the lease it came with ends, and on one thread. At most one of the changing methods is
 * called; none of them keeps the entry as it is. A change is seen by readers when the update
 * returns.
 */
public interface Slot<V> {

  /** The live entry, null when there is none; an expired one does not show. */
  @Nullable Stored<V> current();

  /** The time by which this update happens, in milliseconds since the epoch. */
  long now();

  /**
   * Writes under the expiry of the cache: that of a new entry when {@link #current} is null, else
   * that of an update.
   *
   * @return whether the value is now stored; false when its life is zero, in which case a current
   *     entry leaves as expired
   */
  boolean write(V value);

  /**
   * As {@link #write(Object)} with a deadline and tags of its own; a deadline that is not after
   * {@link #now} stores nothing.
   */
  boolean write(V value, long deadline, Meta meta);

  /**
   * Writes a value that is put back, with what was left of its life. A store that does not tell
   * lives of an entry's own from the rule of the cache, as here, gives it a life of its own.
   *
   * @return whether the value is now stored; false when nothing is left
   */
  default boolean write(V value, Remainder left) {
    return write(value, Life.deadline(now(), left.life()), Meta.NONE);
  }

  /**
   * Moves the deadline as a read does under the expiry of the cache; an entry whose new life is
   * zero leaves as expired.
   */
  void touch();

  /** Moves the deadline. */
  void touch(long deadline);

  /**
   * Removes the entry; does nothing when there is none. Outdates fill tokens of the key either way.
   */
  void remove(RemovalCause cause);

  /** Takes back a fill token; false when it was outdated, in which case nothing may be written. */
  boolean redeem(long fillToken);
}
