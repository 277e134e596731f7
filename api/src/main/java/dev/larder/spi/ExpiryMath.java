package dev.larder.spi;

import dev.larder.Life;

/**
 * Turns lives into deadlines for a cache whose rule is data, the same in every store that holds
 * entries itself. Immutable.
 */
public final class ExpiryMath {
  private final Life life;
  private final double jitter;

  /**
   * For a rule.
   *
   * @param life the rule
   * @param jitter the largest share by which a life is shortened, 0 to 1
   */
  public ExpiryMath(Life life, double jitter) {
    this.life = life;
    this.jitter = jitter;
  }

  /** The rule. */
  public Life life() {
    return life;
  }

  /** The deadline of a new entry. */
  public long onCreate(int hash, long now) {
    return Life.deadline(now, shortened(life.onCreate(), hash, now));
  }

  /** The deadline after an update of an entry with this deadline. */
  public long onUpdate(long deadline, int hash, long now) {
    return life.onUpdate() == Life.UNCHANGED
        ? deadline
        : Life.deadline(now, shortened(life.onUpdate(), hash, now));
  }

  /** The deadline after a read. */
  public long onAccess(long deadline, long limit, long now) {
    return life.onAccess() == Life.UNCHANGED
        ? deadline
        : Math.min(limit, Life.deadline(now, life.onAccess()));
  }

  /** The instant no read may move a deadline past, after a write. */
  public long limit(long now) {
    return Life.deadline(now, life.limit());
  }

  /** The longest life that the rule gives at once. */
  public long longest() {
    return Math.max(life.onCreate(), Math.max(life.onUpdate(), life.onAccess()));
  }

  /**
   * The life less a share of at most the jitter. The share comes from key and time, not from a
   * source of randomness, so that tests repeat; it is even over keys.
   */
  public long shortened(long span, int hash, long now) {
    if (jitter == 0 || span == Life.FOREVER || span <= 1) {
      return span;
    }
    var mixed = (hash * 0x9E3779B97F4A7C15L) ^ (now * 0xC2B2AE3D27D4EB4FL);
    mixed ^= mixed >>> 32;
    var share = ((mixed * 0x9E3779B97F4A7C15L) >>> 11) * 0x1.0p-53;
    return Math.max(1, span - (long) (span * jitter * share));
  }
}
