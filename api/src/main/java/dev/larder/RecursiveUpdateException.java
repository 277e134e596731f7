package dev.larder;

import org.jspecify.annotations.Nullable;

/** An update function or writer used its own key through the cache, which would wait for itself. */
public final class RecursiveUpdateException extends CacheException {
  private static final long serialVersionUID = 1L;

  /** With a message and, where there is one, a cause. */
  public RecursiveUpdateException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With a message alone. */
  public RecursiveUpdateException(String message) {
    super(message, null);
  }
}
