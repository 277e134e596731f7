package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * The expiry of a cache: data, or a function that takes its place, with a jitter.
 *
 * @param life the rule as data, used where {@code custom} is null
 * @param custom the rule as user code, or null
 * @param jitter the largest share by which a life is shortened, spread evenly over entries so that
 *     they do not all expire at once; 0 to 1
 */
public record ExpiryRule<K, V>(
    Life life, @Nullable Expiry<? super K, ? super V> custom, double jitter) {

  /** Checks the jitter; throws {@link IllegalArgumentException} when it is outside 0 to 1. */
  public ExpiryRule {
    Checks.notNull(life, "life");
    if (!(jitter >= 0 && jitter <= 1)) {
      throw new IllegalArgumentException("jitter must be between 0 and 1 but is " + jitter);
    }
  }

  /** A rule as data without jitter. */
  public static <K, V> ExpiryRule<K, V> of(Life life) {
    return new ExpiryRule<>(life, null, 0);
  }
}
