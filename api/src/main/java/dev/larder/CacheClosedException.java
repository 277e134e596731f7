package dev.larder;

import org.jspecify.annotations.Nullable;

/** The cache or its manager was closed before the call. */
public final class CacheClosedException extends CacheException {
  private static final long serialVersionUID = 1L;

  /** With a message and, where there is one, a cause. */
  public CacheClosedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With a message alone. */
  public CacheClosedException(String message) {
    super(message, null);
  }
}
