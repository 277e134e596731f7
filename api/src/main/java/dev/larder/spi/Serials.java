package dev.larder.spi;

import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Numbers that grow and begin anywhere: what somebody still holds of an earlier cache of the same
 * name, such as the version in an {@code If-Match}, is none of the next one's. They stay below
 * 2<sup>53</sup>, which JSON can carry (RFC 8259, section 6).
 */
public final class Serials {
  private static final long FIRST = 1L << 52;

  private Serials() {}

  /** The number before the first, at random and above 0. */
  public static AtomicLong anywhere() {
    return new AtomicLong(new SplittableRandom().nextLong(1, FIRST));
  }
}
