package dev.larder;

import org.jspecify.annotations.Nullable;

/** A loader failed; the cause is what it threw, if it threw. */
public sealed class CacheLoadException extends CacheException
    permits LoadTimeoutException, RecursiveLoadException {
  private static final long serialVersionUID = 1L;

  /** With a message and, where there is one, a cause. */
  public CacheLoadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With a message alone. */
  public CacheLoadException(String message) {
    super(message, null);
  }
}
