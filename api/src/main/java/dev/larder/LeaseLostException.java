package dev.larder;

import org.jspecify.annotations.Nullable;

/** A grant on a key ran out before the change was applied; nothing was changed. */
public final class LeaseLostException extends StoreException {
  private static final long serialVersionUID = 1L;

  /** With a message and, where there is one, a cause. */
  public LeaseLostException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** With a message alone. */
  public LeaseLostException(String message) {
    super(message, null);
  }
}
