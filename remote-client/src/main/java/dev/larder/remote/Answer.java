package dev.larder.remote;

import dev.larder.Life;
import dev.larder.MissCause;
import dev.larder.spi.Payload;
import org.jspecify.annotations.Nullable;

/**
 * What became of one {@link Op}, as the server said it.
 *
 * @param status the status of docs/wire-protocol.md
 * @param version of the entry in force, 0 where none was said
 * @param ttl what is left of its life in milliseconds, {@link Life#FOREVER} for an entry that does
 *     not expire
 * @param value the value, where one came
 * @param previous the value before, where it was asked for and there was one
 * @param token the fill token, 0 for none
 * @param missing why there is no entry, null where nothing was said
 * @param left for how long at most a lease, or a load of somebody else, goes on, in milliseconds
 * @param error what failed at the server, null where nothing did
 * @param unknown whether it may have happened although it failed
 * @param sentAt when the request left, by {@link dev.larder.Clock#exact}: an instant that is made
 *     of this one and {@link #ttl} is never later than the server's
 */
record Answer(
    int status,
    long version,
    long ttl,
    @Nullable Payload value,
    @Nullable Payload previous,
    long token,
    @Nullable MissCause missing,
    long left,
    @Nullable String error,
    boolean unknown,
    long sentAt) {

  static final int OK = 200;
  static final int CREATED = 201;
  static final int NOTHING_KEPT = 204;
  static final int NOT_FOUND = 404;
  static final int OUTDATED = 409;

  /** A condition does not hold. */
  static final int CHANGED = 412;

  /** The answer to a batch was full: this operation was not done. */
  static final int FULL = 413;

  /** Somebody has a lease on the key: not done. */
  static final int LEASED = 423;

  static final int FAILED = 500;

  /** Whether a value was written. */
  boolean stored() {
    return status == OK || status == CREATED;
  }

  /** When the entry expires, in milliseconds since the epoch. */
  long deadline() {
    return Life.deadline(sentAt, ttl);
  }
}
