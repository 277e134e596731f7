package dev.larder;

import org.jspecify.annotations.Nullable;

/**
 * A loader took longer than the load timeout of the cache. The loader is interrupted; what it still
 * gives is dropped.
 */
public final class LoadTimeoutException extends CacheLoadException {
  private static final long serialVersionUID = 1L;

  /** With a message and, where there is one, a cause. */
  public LoadTimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With a message alone. */
  public LoadTimeoutException(String message) {
    super(message, null);
  }
}
