package dev.larder;

import org.jspecify.annotations.Nullable;

/** A load waits, directly or through others, for itself. Nothing is stored. */
public final class RecursiveLoadException extends CacheLoadException {
  private static final long serialVersionUID = 1L;

  /** With a message and, where there is one, a cause. */
  public RecursiveLoadException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With a message alone. */
  public RecursiveLoadException(String message) {
    super(message, null);
  }
}
