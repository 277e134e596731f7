package dev.larder;

import org.jspecify.annotations.Nullable;

/** A writer failed; the cause is what it threw. The cache is unchanged for the keys concerned. */
public final class CacheWriteException extends CacheException {
  private static final long serialVersionUID = 1L;

  /** With a message and, where there is one, a cause. */
  public CacheWriteException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With a message alone. */
  public CacheWriteException(String message) {
    super(message, null);
  }
}
