package dev.larder;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Argument checks whose messages name the argument and what is allowed. Shared by the builders and
 * by the implementations of this project.
 */
public final class Checks {
  private Checks() {}

  /**
   * Returns the value; throws {@link NullPointerException} "{@code name} must not be null" when it
   * is null.
   */
  public static <T> T notNull(@Nullable T value, String name) {
    if (value == null) {
      throw new NullPointerException(name + " must not be null");
    }
    return value;
  }

  /** Returns the value; throws {@link IllegalArgumentException} when it is negative. */
  public static long notNegative(long value, String name) {
    if (value < 0) {
      throw new IllegalArgumentException(name + " must be 0 or more but is " + value);
    }
    return value;
  }

  /** Returns the value; throws {@link IllegalArgumentException} when it is not positive. */
  public static long positive(long value, String name) {
    if (value <= 0) {
      throw new IllegalArgumentException(name + " must be 1 or more but is " + value);
    }
    return value;
  }

  /** Returns the duration; throws {@link IllegalArgumentException} when it is zero or negative. */
  public static Duration positive(@Nullable Duration value, String name) {
    var duration = notNull(value, name);
    if (duration.isZero() || duration.isNegative()) {
      throw new IllegalArgumentException(name + " must be longer than zero but is " + duration);
    }
    return duration;
  }

  /** Returns the duration; throws {@link IllegalArgumentException} when it is negative. */
  public static Duration notNegative(@Nullable Duration value, String name) {
    var duration = notNull(value, name);
    if (duration.isNegative()) {
      throw new IllegalArgumentException(name + " must be zero or longer but is " + duration);
    }
    return duration;
  }
}
