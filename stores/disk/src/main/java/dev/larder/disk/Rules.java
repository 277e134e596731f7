package dev.larder.disk;

import dev.larder.CacheSpec;
import dev.larder.Life;
import dev.larder.spi.Bytes;
import dev.larder.spi.ExpiryMath;
import org.jspecify.annotations.Nullable;

/** When entries of one cache expire, and which accesses are worth keeping. Immutable. */
final class Rules {
  /** Access times are kept to this, unless they are kept exactly. */
  static final long COARSE_MILLIS = 1_000;

  private final ExpiryMath math;
  private final boolean sliding;
  private final boolean exact;
  private final long resolution;

  /**
   * For a cache.
   *
   * @param exact whether the time of every access is kept
   * @param resolution a sliding deadline is not moved by less than this many milliseconds
   */
  Rules(CacheSpec<?, ?> spec, boolean exact, long resolution) {
    this.math = new ExpiryMath(spec.expiry().life(), spec.expiry().jitter());
    this.sliding = math.life().sliding();
    this.exact = exact;
    this.resolution = resolution;
  }

  /** Whether reads move deadlines. */
  boolean sliding() {
    return sliding;
  }

  ExpiryMath math() {
    return math;
  }

  /** The deadline of a row after what happened to it since. */
  long deadline(Row row, @Nullable Access since) {
    if (since == null) {
      return row.deadline();
    }
    var known = since.of(row);
    var deadline = known && since.deadline() != Access.KEEP ? since.deadline() : row.deadline();
    var last = known ? since.at() : row.accessedAt();
    return since.told() >= last ? read(row, deadline, since.told()) : deadline;
  }

  /** When a row was accessed last. */
  static long accessedAt(Row row, @Nullable Access since) {
    if (since == null) {
      return row.accessedAt();
    }
    var known = since.of(row) ? since.at() : row.accessedAt();
    return Math.max(known, since.told());
  }

  /** The deadline after a read; lives of an entry's own are not moved. */
  long read(Row row, long deadline, long now) {
    return !sliding || row.own() ? deadline : math.onAccess(deadline, limit(row), now);
  }

  /** The instant that no read moves the deadline past. */
  long limit(Row row) {
    return math.limit(row.writtenAt());
  }

  /** The deadline of a value written under the rule, over an entry with that deadline, if any. */
  long written(Bytes key, @Nullable Row over, long deadline, long now) {
    // An entry that lived by terms of its own returns to the rule as if it were new.
    var fresh = over == null || over.own();
    var moved =
        fresh ? math.onCreate(key.hashCode(), now) : math.onUpdate(deadline, key.hashCode(), now);
    return Math.min(moved, math.limit(now));
  }

  /**
   * When a value that is put back counts as written, so that its limit is what was left of it.
   *
   * @param left the milliseconds to the limit
   */
  long writtenAt(long left, long now) {
    var longest = math.life().limit();
    return longest == Life.FOREVER || left >= longest ? now : now - (longest - left);
  }

  /**
   * Whether a read is worth noting: it moves the deadline, or the access time by more than is kept.
   *
   * @param moved the deadline after it
   */
  boolean worthNoting(long deadline, long moved, long accessedAt, long now) {
    if (moved < deadline || moved - deadline > resolution) {
      return true;
    }
    return exact ? now > accessedAt : now - accessedAt >= COARSE_MILLIS;
  }
}
