package dev.larder;

import java.time.Duration;

/**
 * How a cache looks after itself.
 *
 * @param policy the name of the eviction policy
 * @param statistics whether operations are counted from the start
 * @param cleanupInterval the time between two runs of the background cleaner; zero for no cleaner
 * @param exactClock whether expiry reads the exact clock on every operation instead of the coarse
 *     one
 * @param versions whether the store keeps a version with every entry
 */
public record Tuning(
    String policy,
    boolean statistics,
    Duration cleanupInterval,
    boolean exactClock,
    boolean versions) {

  /** What a plain builder gives. */
  public static final Tuning DEFAULT =
      new Tuning("adaptive", true, Duration.ofSeconds(60), false, false);

  /** Throws {@link IllegalArgumentException} when the interval is negative. */
  public Tuning {
    Checks.notNull(policy, "policy");
    Checks.notNegative(cleanupInterval, "cleanupInterval");
  }
}
