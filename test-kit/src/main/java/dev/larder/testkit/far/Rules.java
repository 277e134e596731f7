package dev.larder.testkit.far;

import dev.larder.Life;
import dev.larder.spi.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Expiry as data, at the owner and at whoever holds a lease.
 *
 * @param life the rule
 * @param jitter the largest share by which a life is shortened
 */
record Rules(Life life, double jitter) {

  /** The deadline of a value written without one of its own. */
  long written(Bytes key, @Nullable FarEntry before, long now) {
    // An entry that lived by terms of its own returns to the rule of the cache as if it were new.
    if (before == null || before.own()) {
      return within(key, life.onCreate(), now, now);
    }
    return life.onUpdate() == Life.UNCHANGED
        ? before.deadline()
        : within(key, life.onUpdate(), now, now);
  }

  /** The deadline after a read. */
  long read(Bytes key, FarEntry entry, long now) {
    return life.onAccess() == Life.UNCHANGED || entry.own()
        ? entry.deadline()
        : within(key, life.onAccess(), now, entry.writtenAt());
  }

  /** From when on an entry with that deadline is stale. */
  long soft(long deadline) {
    return deadline == Life.FOREVER ? deadline : deadline - life.staleFor();
  }

  private long within(Bytes key, long span, long now, long writtenAt) {
    return Math.min(
        Life.deadline(now, shortened(key, span)),
        Life.deadline(writtenAt, shortened(key, life.limit())));
  }

  /**
   * The same key always loses the same share, so that a read does not shorten what a write gave.
   */
  private long shortened(Bytes key, long span) {
    if (jitter == 0 || span == Life.FOREVER || span == 0) {
      return span;
    }
    var spread = (key.hashCode() * 0x9E3779B9) >>> 8;
    var share = jitter * spread / (1 << 24);
    return Math.max(1, span - (long) (span * share));
  }
}
