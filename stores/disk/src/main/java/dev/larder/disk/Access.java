package dev.larder.disk;

import org.jspecify.annotations.Nullable;

/**
 * What happened to an entry since its row was written, other than a write. It holds for one version
 * of the row only, but for what a tier in front told, which holds for a row not accessed later.
 *
 * @param row the row accessed, without its value, or null when only {@code told} is known
 * @param at when it was accessed last
 * @param deadline the deadline then, or {@link #KEEP}
 * @param told when a tier in front says that a copy was read last, or {@link #NEVER}
 */
record Access(@Nullable Row row, long at, long deadline, long told) {
  /** The deadline stays that of the row. */
  static final long KEEP = Long.MIN_VALUE;

  /** No instant. */
  static final long NEVER = Long.MIN_VALUE;

  /** A copy was read in a tier in front. */
  static Access told(long instant) {
    return new Access(null, NEVER, KEEP, instant);
  }

  /** Whether it happened to that row, and is not in it already. */
  boolean of(Row other) {
    return row != null && row.version() == other.version() && at >= other.accessedAt();
  }

  /** What both make together, this one having come later. */
  Access after(@Nullable Access earlier) {
    if (earlier == null) {
      return this;
    }
    var heard = Math.max(told, earlier.told);
    if (row == null) {
      return new Access(earlier.row, earlier.at, earlier.deadline, heard);
    }
    if (earlier.row == null || earlier.row.version() != row.version()) {
      return new Access(row, at, deadline, heard);
    }
    if (deadline == KEEP) {
      return new Access(row, Math.max(at, earlier.at), earlier.deadline, heard);
    }
    var newer = at >= earlier.at ? this : earlier;
    return new Access(row, newer.at, newer.deadline, heard);
  }
}
