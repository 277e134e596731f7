package dev.larder;

import org.jspecify.annotations.Nullable;

/** A store failed: its disk, its connection, its cluster. */
public sealed class StoreException extends CacheException
    permits LeaseLostException, OutcomeUnknownException {
  private static final long serialVersionUID = 1L;

  /** With a message and, where there is one, a cause. */
  public StoreException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With a message alone. */
  public StoreException(String message) {
    super(message, null);
  }
}
