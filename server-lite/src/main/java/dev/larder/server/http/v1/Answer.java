package dev.larder.server.http.v1;

import dev.larder.Life;
import dev.larder.MissCause;
import dev.larder.spi.Payload;
import dev.larder.spi.Stored;
import org.jspecify.annotations.Nullable;

/**
 * What became of one operation of a batch.
 *
 * @param status as the statuses of HTTP
 * @param version of the entry found, written, or in the way; {@link #NONE} where it says nothing
 * @param entry found by a read
 * @param previous the entry before a change
 * @param deadline of the entry in force, {@link Life#FOREVER} for none or where it is not known
 * @param token to fill with, 0 for none
 * @param number after an increment
 * @param left milliseconds of a lease, or of a load of somebody else
 * @param missing why there is no entry
 * @param error what went wrong, in words
 * @param unknown whether what failed may have happened
 */
record Answer(
    int status,
    long version,
    @Nullable Stored<Payload> entry,
    @Nullable Stored<Payload> previous,
    long deadline,
    long token,
    @Nullable Long number,
    long left,
    @Nullable MissCause missing,
    @Nullable String error,
    boolean unknown) {
  /** No version to tell. */
  static final long NONE = -1;

  static final int OK = 200;
  static final int NOT_MODIFIED = 304;
  static final int NOT_FOUND = 404;
  static final int FULL = 413;
  static final int NO_NUMBER = 422;
  static final int LEASED = 423;
  static final int FAILED = 500;

  /** Nothing was done, since there is no room to tell of it. */
  static final Answer NO_ROOM = plain(FULL, NONE);

  private static Answer plain(int status, long version) {
    return new Answer(status, version, null, null, Life.FOREVER, 0, null, 0, null, null, false);
  }

  /** A read found this. */
  static Answer found(Stored<Payload> entry, long token) {
    return new Answer(
        OK, entry.version(), entry, null, entry.deadline(), token, null, 0, null, null, false);
  }

  /** A read found the version that the client has. */
  static Answer notModified(Stored<Payload> entry, long token) {
    return new Answer(
        NOT_MODIFIED,
        entry.version(),
        null,
        null,
        entry.deadline(),
        token,
        null,
        0,
        null,
        null,
        false);
  }

  /** A read found nothing. */
  static Answer missing(MissCause why, long token) {
    return new Answer(NOT_FOUND, NONE, null, null, Life.FOREVER, token, null, 0, why, null, false);
  }

  /** A read found nothing, and somebody else loads it for so many milliseconds at most. */
  static Answer loading(MissCause why, long left) {
    return new Answer(NOT_FOUND, NONE, null, null, Life.FOREVER, 0, null, left, why, null, false);
  }

  /** A change did this. */
  static Answer of(Edit edit, Outcome outcome, long written, long deadline) {
    var did = outcome.did();
    var wrote = did.wrote() && edit.kind() != Edit.Kind.REMOVE;
    // Of a removal too, and of an entry that left because the new value lives no time: who made the
    // change knows its event by the version.
    var made = written != 0 && (did.wrote() || did == Outcome.Did.NOTHING_KEPT);
    var version = made ? written : outcome.version();
    return new Answer(
        did.status(),
        wrote || made || did == Outcome.Did.REFUSED ? version : NONE,
        null,
        outcome.before(),
        deadline,
        0,
        edit.kind() == Edit.Kind.INCREMENT && did.wrote() ? outcome.number() : null,
        0,
        null,
        did == Outcome.Did.NO_NUMBER
            ? "the value, or the sum, is not a decimal whole number of 64 bits"
            : null,
        false);
  }

  /** Nothing was done: somebody has a lease. */
  static Answer leased(long left) {
    return new Answer(LEASED, NONE, null, null, Life.FOREVER, 0, null, left, null, null, false);
  }

  /** It failed. */
  static Answer failed(String error, boolean unknown) {
    return new Answer(FAILED, NONE, null, null, Life.FOREVER, 0, null, 0, null, error, unknown);
  }

  /** About how many bytes it takes to tell, rather more than less: what is too little is copied. */
  long size() {
    return SMALL + size(entry) + size(previous);
  }

  /** Names of members and numbers of one result. */
  private static final int SMALL = 64;

  private static long size(@Nullable Stored<Payload> stored) {
    var value = stored == null ? null : stored.value();
    return value == null ? 0 : (long) value.array().length + value.meta().contentType().length();
  }
}
