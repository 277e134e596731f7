package dev.larder.server.http.v1;

import dev.larder.spi.Payload;
import dev.larder.spi.Stored;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Edit} did.
 *
 * @param did what became of it
 * @param version of the entry that was there before, 0 for none
 * @param before that entry, where it was asked for
 * @param number the number after an increment
 */
record Outcome(Did did, long version, @Nullable Stored<Payload> before, long number) {

  /** What can become of it. */
  enum Did {
    /** A value was written where there was none. */
    CREATED(201),
    /** The entry was changed or removed. */
    CHANGED(200),
    /** The entry is as it was, and expires earlier than it would have. */
    SHORTENED(200),
    /** There is nothing to keep: the life is zero, or a load brought nothing. */
    NOTHING_KEPT(204),
    /** There was no entry to do it to. */
    ABSENT(404),
    /** The fill token holds no longer. */
    OUTDATED(409),
    /** The condition does not hold. */
    REFUSED(412),
    /** The value is no number, or the sum would be none. */
    NO_NUMBER(422);

    private final int status;

    Did(int status) {
      this.status = status;
    }

    /** The status of HTTP that says so. */
    int status() {
      return status;
    }

    /** Whether the entry, or its life, is another now. */
    boolean wrote() {
      return this == CREATED || this == CHANGED || this == SHORTENED;
    }
  }
}
